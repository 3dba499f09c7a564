import Contacts
import Knowledge
import Playground
import StateStore
import Streams

/// The workspace in which rulesets are compared: from files or a state directory, all contacts there are.
struct ComparedWorkspace {
  let scene: RehearsalScene
  /// What is known of contacts, in words.
  let words: String

  /// Reads what there is.
  ///
  /// - Parameters:
  ///   - contacts: a file of API objects.
  ///   - places: a file of groups and fields, or a state directory.
  ///   - dialect: that of the workspace.
  ///   - now: when the first event comes, nanoseconds since 1970.
  /// - Throws: what of it cannot be read.
  init(
    contacts: String?, _ places: InventoryOptions, dialect: Dialect, now: Int64
  ) throws {
    func contents(_ path: String?) throws -> (path: String, bytes: [UInt8])? {
      guard let path else { return nil }
      return (path, try FileTree.contents(of: path))
    }
    guard contacts == nil, places.inventory == nil, let directory = places.directory else {
      scene = try .read(
        contacts: try contents(contacts), inventory: try contents(places.inventory),
        dialect: dialect, now: now)
      words = contacts.map { "contacts from \($0)" } ?? WorkspaceKnowledge.none.words
      return
    }
    let state = try KnownContacts(of: directory, dialect: dialect)
    scene = try .read(
      contacts: state.lines.map { (directory, $0) },
      inventory: state.inventory.map { (directory, $0) },
      dialect: dialect, now: now)
    words =
      state.knownAt.map { WorkspaceKnowledge.words(since: $0, now / 1_000_000_000) }
      ?? WorkspaceKnowledge.none.words
  }
}

/// What a state directory knows, as the files that say the same.
private struct KnownContacts {
  /// NDJSON; absent where no contact is known.
  var lines: [UInt8]?
  var inventory: [UInt8]?
  /// When the oldest contact was known to be as it is, in seconds since 1970.
  var knownAt: Int64?

  init(of directory: String, dialect: Dialect) throws {
    do {
      self = try ContactStore(directory, for: .reading).reading { reading in
        _ = try reading.workspace(of: dialect, in: directory)
        return try KnownContacts(reading)
      }
    } catch let failure as StoreFailure {
      throw CommandFailure(failure)
    }
  }

  private init(_ reading: StoreReading) throws {
    inventory = try reading.inventory
    var text: [UInt8] = []
    var oldest = Int64.max
    try reading.forEachContact { contact in
      // Between the parts of an object a line end is a blank.
      text += contact.body.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
      text.append(UInt8(ascii: "\n"))
      if let known = contact.knownAt { oldest = min(oldest, known.microseconds / 1_000_000) }
    }
    if !text.isEmpty { lines = text }
    if oldest < .max { knownAt = oldest }
  }
}
