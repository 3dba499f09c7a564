private import Contacts

extension StateReader {
  mutating func readContact(_ node: StateNode) throws(StateFailure) {
    try node.checkKeys([
      "uuid", "name", "language", "status", "deleted", "created_on", "modified_on",
      "last_seen_on", "urns", "groups", "fields", "notes", "flow",
    ])
    let row: Int
    if let known = try existing(node) { row = known } else { row = try append(node) }
    if let status = try node["status"]?.choice(Contact.Status.self) {
      workspace.setStatusAlone(status, of: row)
    }
    if let name = try node["name"]?.text() { workspace.contacts[row].name = name }
    if let language = try node["language"]?.text() {
      workspace.contacts[row].language = LanguageTag(language)
    }
    if let time = try node["modified_on"]?.time() { workspace.contacts.touch(row, at: time) }
    if let time = try node["last_seen_on"]?.time() { workspace.contacts[row].lastSeenOn = time }
    if let urns = try node["urns"]?.items() { try setAddresses(urns, of: row) }
    if let groups = try node["groups"]?.items() {
      let wanted = try groups.map { node throws(StateFailure) in try group(node) }
      for group in workspace.contacts[row].groups where !wanted.contains(Int(group)) {
        workspace.leave(Int(group), row)
      }
      for group in wanted { workspace.join(group, row) }
    }
    for (key, value) in try node["fields"]?.entries() ?? [] {
      guard let field = workspace.fields.row(of: key) else { throw value.failure("no such field") }
      try set(field, of: row, to: value)
    }
    if let notes = try node["notes"]?.items() {
      workspace.contacts[row].notes = try notes.map { node throws(StateFailure) in try note(node) }
    }
    if let flow = node["flow"] { workspace.contacts[row].flow = try self.flow(flow) }
    if try node["deleted"]?.flag() == true {
      workspace.delete(row, at: workspace.contacts[row].modifiedOn)
    }
  }

  /// A contact with this uuid, one of these URNs, or, where neither is given, this name.
  private func existing(_ node: StateNode) throws(StateFailure) -> Int? {
    if let uuid = try node["uuid"]?.uuid() { return workspace.contacts.row(of: uuid) }
    if let urns = try node["urns"]?.items() {
      for urn in urns {
        if let row = workspace.addresses.owner(of: try address(urn).identity) { return row }
      }
      return nil
    }
    guard let name = try node["name"]?.text() else { return nil }
    return knownContact(named: name)
  }

  private mutating func append(_ node: StateNode) throws(StateFailure) -> Int {
    let created = try node["created_on"]?.time() ?? now
    let modified = try node["modified_on"]?.time() ?? created
    let uuid = try node["uuid"]?.uuid() ?? ServerUUID(from: &workspace.generator)
    return workspace.contacts.append(
      Contact(uuid: uuid, createdOn: created, modifiedOn: modified))
  }

  private mutating func setAddresses(_ nodes: [StateNode], of row: Int) throws(StateFailure) {
    var rows: [Int32] = []
    for node in nodes {
      let (entry, former) = workspace.addresses.give(try address(node), to: row)
      if let former, former != row { throw node.failure("another contact has this URN") }
      rows.append(entry)
    }
    for entry in workspace.contacts[row].addresses where !rows.contains(entry) {
      workspace.addresses.orphan(entry)
    }
    workspace.contacts[row].addresses = rows
  }

  private mutating func set(
    _ field: Int, of row: Int, to node: StateNode
  ) throws(StateFailure) {
    if node.isText || node.isNull {
      let text = node.isNull ? [] : try node.text()
      workspace.set(field, of: row, to: text, at: workspace.contacts[row].modifiedOn)
      return
    }
    try node.checkKeys(["text", "moment", "place"])
    let text = try required("text", of: node).text()
    var value = FieldValue(field: Int32(field), text: text)
    value.place = try node["place"]?.text() ?? []
    if let moment = node["moment"] {
      guard let exact = WrittenMoment(exact: try moment.text()) else {
        throw moment.failure("must be a time with an offset")
      }
      value.moment = exact
    }
    workspace.contacts[row].values.removeAll { Int($0.field) == field }
    workspace.contacts[row].values.append(value)
  }

  private func note(_ node: StateNode) throws(StateFailure) -> Note {
    try node.checkKeys(["text", "created_on", "created_by"])
    let email = try node["created_by"]?.string()
    let user = workspace.users.firstIndex { $0.email == email } ?? 0
    return Note(
      text: try required("text", of: node).text(),
      createdOn: try node["created_on"]?.time() ?? now, user: Int32(user))
  }

  private func flow(_ node: StateNode) throws(StateFailure) -> Int32 {
    let id = try node.string()
    let row = workspace.dependents.firstIndex { $0.kind == .flow && $0.id == id }
    guard let row else { throw node.failure("no such flow") }
    return Int32(row)
  }
}
