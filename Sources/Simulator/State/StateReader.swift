private import Contacts

/// Brings what a state file says into a workspace.
struct StateReader {
  var workspace: Workspace
  /// What has no time of its own was made now.
  var now: Timestamp
  /// How many contacts were there before the file: only those can be meant by a name.
  private let knownContacts: Int

  init(workspace: Workspace, now: Timestamp) {
    self.workspace = workspace
    self.now = now
    knownContacts = workspace.contacts.rows.count
  }

  /// A contact from before the file.
  func knownContact(named name: [UInt8]) -> Int? {
    workspace.contacts.rows[..<knownContacts].firstIndex { !$0.isDeleted && $0.name == name }
  }

  mutating func read(_ root: StateNode) throws(StateFailure) {
    if let node = root["workspace"] { try readSettings(node) }
    for node in try root["users"]?.items() ?? [] { try readUser(node) }
    for node in try root["fields"]?.items() ?? [] { try readField(node) }
    for node in try root["groups"]?.items() ?? [] { try readGroup(node) }
    for node in try root["dependents"]?.items() ?? [] { try readDependent(node) }
    for node in try root["contacts"]?.items() ?? [] { try readContact(node) }
    for node in try root["orphans"]?.items() ?? [] {
      _ = workspace.addresses.give(try address(node), to: nil)
    }
    for node in try root["logs"]?.items() ?? [] { try readLog(node) }
  }

  private mutating func readUser(_ node: StateNode) throws(StateFailure) {
    try node.checkKeys(["email", "name", "role", "active", "tokens", "released_tokens"])
    let email = try required("email", of: node).string()
    let row = workspace.users.firstIndex { $0.email == email }
    var user =
      row.map { workspace.users[$0] } ?? User(email: email, name: email, role: .administrator)
    if let name = try node["name"]?.string() { user.name = name }
    if let role = try node["role"]?.choice(Role.self) { user.role = role }
    if let isActive = try node["active"]?.flag() { user.isActive = isActive }
    let place = row ?? workspace.users.count
    if row == nil { workspace.users.append(user) } else { workspace.users[place] = user }
    if node.has("tokens") { workspace.tokens = workspace.tokens.filter { $0.value.user != place } }
    for token in try node["tokens"]?.items() ?? [] {
      workspace.tokens[try token.string()] = Token(user: place)
    }
    for token in try node["released_tokens"]?.items() ?? [] {
      workspace.tokens[try token.string()] = Token(user: place, isReleased: true)
    }
  }

  private mutating func readField(_ node: StateNode) throws(StateFailure) {
    try node.checkKeys([
      "key", "label", "type", "featured", "priority", "agent_access", "created_on",
    ])
    let key = try required("key", of: node).text()
    let row = workspace.fields.row(of: key)
    var field =
      row.map { workspace.fields[$0] } ?? Field(key: key, label: key, type: .text, createdOn: now)
    if let label = try node["label"]?.text() { field.label = label }
    if let type = try node["type"]?.choice(FieldType.self) { field.type = type }
    if let isFeatured = try node["featured"]?.flag() { field.isFeatured = isFeatured }
    if let priority = try node["priority"]?.integer() { field.priority = priority }
    if let access = try node["agent_access"]?.choice(Field.Access.self) {
      field.agentAccess = access
    }
    if let time = try node["created_on"]?.time() { field.createdOn = time }
    if let row { workspace.fields[row] = field } else { workspace.fields.append(field) }
  }

  private mutating func readGroup(_ node: StateNode) throws(StateFailure) {
    try node.checkKeys([
      "uuid", "name", "query", "status", "system", "deleted", "created_on",
    ])
    let uuid = try node["uuid"]?.uuid()
    let name = try node["name"]?.text()
    let row =
      uuid.flatMap { uuid in workspace.groups.rows.firstIndex { $0.uuid == uuid } }
      ?? name.flatMap { name in workspace.groups.first { $0.name == name } }
    var group: Group
    if let row {
      group = workspace.groups[row]
    } else {
      let name = try required("name", of: node).text()
      group = Group(
        uuid: uuid ?? ServerUUID(from: &workspace.generator), name: name, createdOn: now)
    }
    if let uuid { group.uuid = uuid }
    if let name { group.name = name }
    if let query = try node["query"]?.text() { group.query = query }
    if let status = try node["status"]?.choice(Group.Status.self) { group.status = status }
    if let isSystem = try node["system"]?.flag() { group.isSystem = isSystem }
    if let isDeleted = try node["deleted"]?.flag() { group.isDeleted = isDeleted }
    if let time = try node["created_on"]?.time() { group.createdOn = time }
    if let row { workspace.groups[row] = group } else { workspace.groups.append(group) }
  }

  private mutating func readDependent(_ node: StateNode) throws(StateFailure) {
    try node.checkKeys(["kind", "id", "name", "archived", "groups", "fields"])
    let kind = try required("kind", of: node).choice(Dependent.Kind.self)
    let id = try required("id", of: node).string()
    let row = workspace.dependents.firstIndex { $0.kind == kind && $0.id == id }
    var dependent = row.map { workspace.dependents[$0] } ?? Dependent(kind: kind, id: id, name: id)
    if let name = try node["name"]?.string() { dependent.name = name }
    if let isArchived = try node["archived"]?.flag() { dependent.isArchived = isArchived }
    if let groups = try node["groups"]?.items() {
      dependent.groups = try groups.map { node throws(StateFailure) in try group(node) }
    }
    if let fields = try node["fields"]?.items() {
      dependent.fields = try fields.map { node throws(StateFailure) in try field(node) }
    }
    if let row {
      workspace.dependents[row] = dependent
    } else {
      workspace.dependents.append(dependent)
    }
  }

  private mutating func readLog(_ node: StateNode) throws(StateFailure) {
    try node.checkKeys(["scope", "user", "times", "count", "ago"])
    let scope = try required("scope", of: node).choice(ThrottleScope.self)
    var user: Int?
    if let email = try node["user"]?.string() {
      user = workspace.users.firstIndex { $0.email == email }
    } else if workspace.profile.countsByUser {
      user = 0
    }
    var times: [Timestamp] = []
    for time in try node["times"]?.items() ?? [] { times.append(try time.time()) }
    if let count = try node["count"]?.integer(), count > 0 {
      guard count <= 1_000_000 else { throw node.failure("a log has at most 1,000,000 requests") }
      let ago = try node["ago"]?.duration() ?? .zero
      times += Array(repeating: now.advanced(by: .zero - ago), count: count)
    }
    workspace.logs[Workspace.LogKey(scope: scope, user: user)] = RequestLog(times)
  }

  func required(_ key: StaticString, of node: StateNode) throws(StateFailure) -> StateNode {
    guard let value = node[key] else { throw node.failure("lacks `\(key)`") }
    return value
  }

  /// Finds a group by uuid or name.
  func group(_ node: StateNode) throws(StateFailure) -> Int {
    let text = try node.text()
    let uuid = ServerUUID(text)
    let row =
      workspace.groups.rows.firstIndex { $0.uuid == uuid }
      ?? workspace.groups.first { $0.name == text }
    guard let row else { throw node.failure("no such group") }
    return row
  }

  func field(_ node: StateNode) throws(StateFailure) -> Int {
    guard let row = workspace.fields.row(of: try node.text()) else {
      throw node.failure("no such field")
    }
    return row
  }

  func address(_ node: StateNode) throws(StateFailure) -> Address {
    let country = workspace.settings.country
    guard
      let address = Address(parsing: try node.text(), in: workspace.profile)?
        .normalized(country: country)
    else { throw node.failure("no URN of this dialect") }
    return address
  }
}
