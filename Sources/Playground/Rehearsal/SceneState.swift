import CEL
import Contacts
import Simulator

/// Turns the API's objects into a workspace of the simulator.
struct SceneState: ~Copyable {
  private var coder = JSONCoder()
  private var workspace: Literal?
  private var groups: [Literal] = []
  private var fields: [Literal] = []
  private var contacts: [(line: Int, contact: Literal)] = []
  private var knownGroups: Set<String> = []
  /// Names of groups, in lower case: the server tells none of another case apart.
  private var groupNames: Set<String>
  private var types: [String: FieldType] = [:]

  /// Nothing; groups of these names need not be added.
  init(knowing groupNames: [String] = []) {
    self.groupNames = Set(groupNames.map { $0.lowercased() })
  }

  /// Takes over what an inventory says; the snapshot has read it before, so it can be read.
  mutating func read(inventory: [UInt8]) {
    guard let root = value(of: inventory[...]) else { return }
    for group in root["groups"]?.items ?? [] { add(group) }
    for field in root["fields"]?.items ?? [] {
      guard let key = field["key"]?.text else { continue }
      let word = field["value_type"]?.text ?? field["type"]?.text ?? "text"
      add(
        field: key, label: field["label"]?.text ?? field["name"]?.text ?? key,
        type: FieldType(word: word) ?? .text)
    }
    guard let described = root["workspace"] else { return }
    let keys = ["uuid", "name", "country", "languages", "timezone", "date_style"]
    workspace = .object(
      keys.compactMap { key in
        guard let value = described[key], !value.isNull else { return nil }
        return (key, value)
      })
  }

  private mutating func add(_ group: Literal) {
    guard let uuid = group["uuid"]?.text, let name = group["name"]?.text,
      knownGroups.insert(uuid).inserted
    else { return }
    groupNames.insert(name.lowercased())
    groups.append(
      .object([
        ("uuid", .string(uuid)), ("name", .string(name)), ("query", group["query"] ?? .null),
      ]))
  }

  mutating func add(group name: String) {
    guard groupNames.insert(name.lowercased()).inserted else { return }
    groups.append(.object([("name", .string(name))]))
  }

  mutating func add(field key: String, label: String, type: FieldType) {
    guard types[key] == nil else { return }
    types[key] = type
    fields.append(
      .object([
        ("key", .string(key)), ("label", .string(label)), ("type", .string(type.rawValue)),
      ]))
  }

  mutating func read(contact line: ArraySlice<UInt8>, at number: Int) {
    guard let contact = value(of: line) else { return }
    let memberships = contact["groups"]?.items ?? []
    for group in memberships { add(group) }
    let values = (contact["fields"]?.entries ?? []).filter { !$0.value.isNull }
    for (key, _) in values { add(field: key, label: key, type: .text) }
    var entries: [(key: String, value: Literal)] = []
    for key in ["uuid", "name", "language", "urns", "created_on", "modified_on"] {
      if let value = contact[key], !value.isNull { entries.append((key, value)) }
    }
    entries += [
      ("status", .string(status(of: contact))),
      ("groups", .list(memberships.compactMap { $0["uuid"] })),
      ("fields", .object(values.map { ($0.key, state(of: $0.value, in: $0.key)) })),
    ]
    contacts.append((number, .object(entries)))
  }

  private func status(of contact: Literal) -> String {
    if let word = contact["status"]?.text { return word }
    if case .bool(true)? = contact["blocked"] { return "blocked" }
    if case .bool(true)? = contact["stopped"] { return "stopped" }
    return "active"
  }

  /// A place is kept as it was found when it was written.
  private func state(of value: Literal, in key: String) -> Literal {
    switch types[key] ?? .text {
    case .state, .district, .ward: .object([("text", value), ("place", value)])
    case .text, .number, .datetime: value
    }
  }

  private mutating func value(of text: ArraySlice<UInt8>) -> Literal? {
    text.withUnsafeBytes { try? coder.value(of: $0) }
  }

  /// The workspace that has all this.
  mutating func workspace(
    _ dialect: Dialect, at now: Timestamp
  ) throws(RehearsalScene.Failure) -> Workspace {
    do throws(StateFailure) {
      return try StateFile.read(text(with: contacts.map(\.contact)), dialect: dialect, at: now)
    } catch {
      let index = error.path.split { "[]".contains($0) }.dropFirst().first.flatMap { Int($0) }
      let line = error.path.hasPrefix("contacts[") ? index.map { contacts[$0].line } : nil
      throw RehearsalScene.Failure(
        sentence: error.path.isEmpty ? error.reason : "`\(error.path)`: \(error.reason)",
        line: line)
    }
  }

  /// The workspace with these fields and groups too.
  mutating func added(to workspace: Workspace, at now: Timestamp) -> Workspace {
    var result = workspace
    let parts = fields.map { ("fields", $0) } + groups.map { ("groups", $0) }
    for (key, item) in parts {
      // A name that a workspace cannot have is refused when a call uses it.
      try? StateFile.apply(
        coder.bytes(of: .object([(key, .list([item]))])), to: &result, at: now)
    }
    return result
  }

  private mutating func text(with contacts: [Literal]) -> [UInt8] {
    var entries: [(key: String, value: Literal)] = [
      ("fields", .list(fields)), ("groups", .list(groups)), ("contacts", .list(contacts)),
    ]
    if let workspace { entries.append(("workspace", workspace)) }
    return coder.bytes(of: .object(entries))
  }
}

extension Literal {
  fileprivate var isNull: Bool {
    if case .null = self { true } else { false }
  }
}
