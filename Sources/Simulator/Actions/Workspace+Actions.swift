private import Contacts

/// What can be done to many contacts at once.
enum ContactAction: String, CaseIterable {
  case add, remove, block, unblock, interrupt, archive_messages, delete
  /// An older word for `archive_messages`.
  case archive

  var takesGroup: Bool {
    switch self {
    case .add, .remove: true
    case .block, .unblock, .interrupt, .archive_messages, .delete, .archive: false
    }
  }
}

extension Workspace {
  mutating func act(_ call: Call) throws(Rejection) -> Outcome {
    let body = try body(of: call)
    var collector = ComplaintCollector()
    let rows = collector.read("contacts") { () throws(Complaints) in
      try actedContacts(body.references("contacts"))
    }
    let action = collector.read("action") { () throws(Complaints) in
      try ChoiceRules.read(body.text("action", isRequired: true), isRequired: true) {
        ContactAction(rawValue: $0)
      }
    }
    let group = collector.read("group") { () throws(Complaints) in
      try actedGroup(body.text("group"))
    }
    try collector.finish()
    guard let rows, let action = action?.value else { throw .failure }
    try check(action, on: rows, group: group ?? nil)
    try apply(action, to: rows, group: group ?? nil, at: call.now)
    return profile.actionOutcome
  }

  /// All contacts of the list; the first that is unknown refuses the whole call.
  private func actedContacts(_ value: JSONValue?) throws(Complaints) -> [Int] {
    guard let items = try profile.references(value) else {
      throw .message("This field is required.")
    }
    let rows = try items.map { item throws(Complaints) in
      switch item {
      case .string, .integer, .bool: break
      case .null, .float, .list, .object: throw .message("Must be a string or integer")
      }
      let text = PythonText.of(item)
      guard WideText.isStorable(text) else { throw .failure }
      guard let row = actedContact(text) else { throw .message("No such object: ", text) }
      return row
    }
    if rows.isEmpty { throw .message("Contacts can't be empty.") }
    return rows
  }

  /// Found by uuid, or by a URN that names its country.
  private func actedContact(_ text: [UInt8]) -> Int? {
    if let uuid = ServerUUID(text) {
      return contacts.row(of: uuid).flatMap { contacts[$0].isDeleted ? nil : $0 }
    }
    guard let address = Address(parsing: text, in: profile)?.normalized(country: nil) else {
      return nil
    }
    return addresses.owner(of: address.identity)
  }

  private func actedGroup(_ value: JSONValue?) throws(Complaints) -> Int? {
    guard let value else { return nil }
    if value == .null || value == .string([]) { throw .message("This field may not be null.") }
    return try staticGroup(value)
  }

  private func check(
    _ action: ContactAction, on rows: [Int], group: Int?
  ) throws(Rejection) {
    if action.takesGroup != (group != nil) {
      let word = action.takesGroup ? "also specify" : "not specify"
      throw .invalid(.whole(#"For action "\#(action.rawValue)" you should \#(word) a group"#))
    }
    guard action == .add else { return }
    var inactive: [Int] = []
    for row in rows where contacts[row].status != .active && !inactive.contains(row) {
      inactive.append(row)
    }
    if inactive.isEmpty { return }
    let uuids = inactive.map { String(decoding: contacts[$0].uuid.text, as: UTF8.self) }
    throw .invalid(
      .whole("Non-active contacts cannot be added to groups: \(uuids.joined(separator: ", "))"))
  }

  private mutating func apply(
    _ action: ContactAction, to rows: [Int], group: Int?, at now: Timestamp
  ) throws(Rejection) {
    if let group, !isKnown(since: groups[group].createdOn, at: now) { throw .failure }
    switch action {
    case .add:
      guard let group else { throw .failure }
      for row in rows where join(group, row) || settings.touchesUnchanged {
        finishChange(of: row, at: now)
      }
    case .remove:
      guard let group else { throw .failure }
      for row in rows where profile.canLeaveGroups(contacts[row].status) {
        if leave(group, row) || settings.touchesUnchanged { finishChange(of: row, at: now) }
      }
    case .block: for row in rows { setStatus(.blocked, of: row, at: now) }
    case .unblock: for row in rows { setStatus(.active, of: row, at: now) }
    case .interrupt: for row in rows { contacts[row].flow = nil }
    case .archive, .archive_messages: return
    case .delete: try delete(rows, at: now)
    }
  }

  /// One contact after the other: what fails midway leaves the first ones deleted.
  private mutating func delete(_ rows: [Int], at now: Timestamp) throws(Rejection) {
    for (index, row) in rows.enumerated() {
      if let limit = deletionLimit, index == limit {
        deletionLimit = nil
        throw .failure
      }
      delete(row, at: now)
    }
  }
}

extension ServerProfile {
  var actionOutcome: Outcome {
    switch shape {
    case .older: .empty
    case .newer: .emptyText
    }
  }
}
