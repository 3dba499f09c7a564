import CEL
package import Contacts
package import Knowledge
import Rulesets
import Simulator

/// A workspace in which rules are rehearsed: who is there when the first event comes, and when that is.
///
/// Make it once; rehearsals copy it.
package struct RehearsalScene: Sendable {
  /// Contacts or an inventory that cannot be read.
  package struct Failure: Error, Sendable, Equatable {
    /// A sentence for people, without a full stop.
    package var sentence: String
    /// The line of the contacts; absent for the inventory.
    package var line: Int?

    package init(sentence: String, line: Int? = nil) {
      self.sentence = sentence
      self.line = line
    }
  }

  package let dialect: Dialect
  /// Nanoseconds since 1970.
  package let now: Int64
  /// The same contacts, as planning is told of them.
  package let snapshot: ContactSnapshot
  /// How many contacts there are.
  package var contactCount: Int { snapshot.contactCount }
  private let workspace: Workspace
  /// Names of the groups that contacts are in.
  private let groupNames: [String]

  /// A span that no rehearsal or test outlasts: what is known of contacts does not age in one.
  package static let freshSeconds: Int64 = 1_000_000_000_000

  /// A scene from the API's objects.
  ///
  /// - Parameters:
  ///   - contacts: NDJSON as `contacts.json` lists them: everybody there is; absent: nobody.
  ///   - inventory: an object of `groups`, `fields` and `workspace`; absent: the workspace has what
  ///     contacts and rules name.
  ///   - dialect: that of the workspace.
  ///   - now: when the first event comes, nanoseconds since 1970.
  /// - Throws: what of them cannot be read.
  package init(
    contacts: [UInt8]? = nil, inventory: [UInt8]? = nil, dialect: Dialect = .weni, now: Int64
  ) throws(Failure) {
    self.dialect = dialect
    self.now = now
    var state = SceneState()
    var snapshot = ContactSnapshot(APIProfile(dialect))
    var reader = SnapshotReader()
    let second = now / 1_000_000_000
    snapshot.freshSince = second - Self.freshSeconds
    if contacts != nil { snapshot.completeAt = second }
    if let inventory {
      do throws(SnapshotReader.Failure) {
        try reader.setInventory(inventory, of: &snapshot)
      } catch {
        throw Failure(sentence: error.sentence)
      }
      state.read(inventory: inventory)
    }
    for (number, line) in Self.lines(of: contacts ?? []) {
      do throws(SnapshotReader.Failure) {
        try Self.add(line, to: &snapshot, by: &reader, at: second)
      } catch {
        throw Failure(sentence: error.sentence, line: number)
      }
      state.read(contact: line, at: number)
    }
    workspace = try state.workspace(dialect, at: Timestamp(microseconds: now / 1_000))
    self.snapshot = snapshot
    groupNames = snapshot.inventory.groups.map(\.name)
  }

  private static func add(
    _ line: ArraySlice<UInt8>, to snapshot: inout ContactSnapshot,
    by reader: inout SnapshotReader, at second: Int64
  ) throws(SnapshotReader.Failure) {
    let result = line.withUnsafeBytes { bytes in
      Result { () throws(SnapshotReader.Failure) in
        try reader.addContact(bytes, readAt: second, to: &snapshot)
      }
    }
    try result.get()
  }

  private static func lines(of text: [UInt8]) -> [(number: Int, line: ArraySlice<UInt8>)] {
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } ? nil : (index + 1, line)
    }
  }

  /// The server, with the fields and groups that the rules name where nobody knows which there are.
  func server(for ruleset: Ruleset) -> Workspace {
    guard !snapshot.inventory.isKnown else { return workspace }
    var state = SceneState(knowing: groupNames)
    for field in ruleset.ensure.fields {
      state.add(field: field.key, label: field.label, type: field.type)
    }
    for field in ruleset.named.fields {
      state.add(field: field.key, label: field.key, type: ruleset.fieldTypes[field.key] ?? .text)
    }
    for group in ruleset.ensure.groups where !group.isUUID { state.add(group: group.name) }
    for group in ruleset.named.groups where !group.isUUID { state.add(group: group.reference) }
    return state.added(to: workspace, at: Timestamp(microseconds: now / 1_000))
  }
}
