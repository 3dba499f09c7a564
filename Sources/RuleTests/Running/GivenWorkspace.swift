internal import CEL
internal import Contacts
internal import Engine
internal import Execution
internal import Knowledge
internal import Playground
internal import Rulesets
internal import Simulator

/// The server before a test's first event, and what the planner knows of it.
///
/// The server has every group and field that the rules name, but for what they make themselves; the
/// planner knows the workspace as behind a full pull, unless contacts are hidden from it.
struct GivenWorkspace: Sendable {
  let server: Workspace
  let snapshot: ContactSnapshot

  /// Why there is no such workspace, in a sentence.
  struct Failure: Error {
    var sentence: String
  }

  static let headers = [APIHeader("Authorization", "Token \(Workspace.firstToken)")]

  init(
    _ contacts: [GivenContact], of ruleset: Ruleset, profile: APIProfile, at now: Int64
  ) throws(Failure) {
    let time = Timestamp(microseconds: now / 1_000)
    var state = StateText(ruleset, profile: profile)
    for contact in contacts { state.note(contact) }
    do throws(StateFailure) {
      server = try StateFile.read(
        Array(state.text(of: contacts).utf8), dialect: profile.dialect, at: time)
    } catch {
      throw Failure(sentence: error.path.isEmpty ? error.reason : "\(error.path): \(error.reason)")
    }
    let hidden = Set(contacts.filter(\.isHidden).map(\.uuid))
    var listing = Listing(server: server, time: time)
    var snapshot = ContactSnapshot(profile)
    var reader = SnapshotReader(byteLimit: 1 << 20)
    do {
      try reader.setInventory(listing.inventory(), of: &snapshot)
      snapshot.freshSince = -RehearsalScene.freshSeconds
      if hidden.isEmpty { snapshot.completeAt = 1 }
      for contact in try listing.contacts() where !hidden.contains(contact.uuid) {
        try contact.text.withUnsafeBytes { text throws in
          try reader.addContact(text, readAt: 1, to: &snapshot)
        }
      }
    } catch {
      throw Failure(sentence: "the workspace cannot be listed: \(error)")
    }
    self.snapshot = snapshot
  }
}

/// What the server's own lists say, as a pull reads them.
private struct Listing: ~Copyable {
  var server: Workspace
  let time: Timestamp
  private var coder = JSONCoder()

  init(server: Workspace, time: Timestamp) {
    self.server = server
    self.time = time
  }

  mutating func inventory() throws -> [UInt8] {
    let groups = try items(of: "groups")
    let fields = try items(of: "fields")
    return coder.bytes(of: .object([("groups", .list(groups)), ("fields", .list(fields))]))
  }

  mutating func contacts() throws -> [(uuid: String, text: [UInt8])] {
    try items(of: "contacts").map { ($0["uuid"]?.text ?? "", coder.bytes(of: $0)) }
  }

  private mutating func items(of list: String) throws -> [Literal] {
    var items: [Literal] = []
    var target: String? = "/api/v2/\(list).json"
    while let next = target {
      let answer = server.answer(
        APIRequest(method: "GET", target: next, headers: GivenWorkspace.headers), at: time)
      let page = try answer.body.withUnsafeBytes { try coder.value(of: $0) }
      items += page["results"]?.items ?? []
      // The address of the next page is absolute.
      target = page["next"]?.text.flatMap { link in
        link.firstRange(of: "/api/v2/").map { String(link[$0.lowerBound...]) }
      }
    }
    return items
  }
}

/// The workspace as a state file.
private struct StateText {
  private let profile: APIProfile
  private let zone: String?
  private var fields: [(key: String, type: FieldType)] = []
  private var groups: [String] = []
  private var knownFields: Set<String> = []
  private var knownGroups: Set<String> = []

  init(_ ruleset: Ruleset, profile: APIProfile) {
    self.profile = profile
    zone = ruleset.files.lazy.compactMap(\.zone).first
    for field in ruleset.ensure.fields { add(field: field.key, field.type) }
    for field in ruleset.named.fields { add(field: field.key, ruleset.fieldTypes[field.key]) }
    for group in ruleset.ensure.groups { add(group: group.name) }
    for group in ruleset.named.groups { add(group: group.reference) }
    for action in ruleset.rules.flatMap(\.actions) {
      switch action.kind {
      case .renameGroup(let group, _), .deleteGroup(let group):
        if let name = group.constant { add(group: name) }
      default: continue
      }
    }
  }

  mutating func note(_ contact: GivenContact) {
    for (key, _) in contact.fields { add(field: key.text, nil) }
    for group in contact.groups { add(group: group.text) }
  }

  private mutating func add(field key: String, _ type: FieldType?) {
    if knownFields.insert(key).inserted { fields.append((key, type ?? .text)) }
  }

  private mutating func add(group name: String) {
    if knownGroups.insert(profile.foldedGroup(name)).inserted { groups.append(name) }
  }

  func text(of contacts: [GivenContact]) -> String {
    let fields = fields.map { key, type in
      "{\"key\":\(jsonText(key)),\"label\":\(jsonText(profile.label(forKey: key) ?? key)),"
        + "\"type\":\"\(type.rawValue)\"}"
    }
    let groups = groups.map { name in
      let uuid = name.isUUID ? "\"uuid\":\(jsonText(name))," : ""
      return "{\(uuid)\"name\":\(jsonText(name))}"
    }
    let zone = zone.map { ",\"timezone\":\(jsonText($0))" } ?? ""
    return "{\"workspace\":{\"country\":\"BR\"\(zone),"
      + "\"rates\":{\"v2\":null,\"v2.contacts\":null}},"
      + "\"fields\":[\(fields.joined(separator: ","))],"
      + "\"groups\":[\(groups.joined(separator: ","))],"
      + "\"contacts\":[\(contacts.map(text(of:)).joined(separator: ","))]}"
  }

  private func text(of contact: GivenContact) -> String {
    var parts = ["\"uuid\":\(jsonText(contact.uuid))"]
    if let name = contact.fullName { parts.append("\"name\":\(jsonText(name))") }
    if let language = contact.language { parts.append("\"language\":\(jsonText(language))") }
    if let status = contact.status { parts.append("\"status\":\(jsonText(status))") }
    parts.append("\"urns\":\(list(contact.urns.map(\.text)))")
    let names = contact.groups.map { group in
      groups.first { profile.foldedGroup($0) == profile.foldedGroup(group.text) } ?? group.text
    }
    parts.append("\"groups\":\(list(names))")
    let fields = contact.fields.map { "\(jsonText($0.key.text)):\(jsonText($0.value))" }
    parts.append("\"fields\":{\(fields.joined(separator: ","))}")
    return "{\(parts.joined(separator: ","))}"
  }

  private func list(_ texts: [String]) -> String {
    "[\(texts.map(jsonText).joined(separator: ","))]"
  }
}
