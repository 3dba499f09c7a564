private import Contacts

extension Workspace {
  func listGroups(_ call: Call) throws(Rejection) -> Outcome {
    let name = call.query.nonEmpty("name").map(WideText.uppercased)
    if name != nil, call.query.nonEmpty("uuid") != nil {
      throw .detail(400, "You may only specify one of the uuid, name parameters")
    }
    let uuid = try listedUUID(call.query)
    if let name, !WideText.isStorable(name) { throw .failure }
    let page = try newestFirst(call, groups.rows.map(\.createdOn)) { row in
      let group = groups[row]
      return !group.isDeleted && group.status != .initializing
        && (uuid.map { $0 == group.uuid } ?? true) && (name.map { $0 == group.folded } ?? true)
    }
    return page.written(for: call) { row, writer in writeGroup(row, to: &writer) }
  }

  mutating func postGroup(_ call: Call) throws(Rejection) -> Outcome {
    let row = try namedGroup(call)
    if let row, groups[row].isSystem { throw .detail(403, "Cannot modify system object.") }
    if row == nil, profile.limitCheck == .first, groups.userCount >= settings.groupLimit {
      throw .limitReached
    }
    let body = try body(of: call)
    var collector = ComplaintCollector()
    let name = collector.read("name") { () throws(Complaints) in
      try groupName(body.text("name", isRequired: true), for: row)
    }
    try collector.finish()
    guard let name else { throw .failure }
    if profile.limitCheck == .last, groups.userCount >= settings.groupLimit {
      throw .limitReached(groups.userCount, of: settings.groupLimit, "groups")
    }
    if let row {
      groups[row].name = name
      return .written { writer in writeGroup(row, to: &writer) }
    }
    groups.append(Group(uuid: ServerUUID(from: &generator), name: name, createdOn: call.now))
    return .written(201) { writer in writeGroup(groups.rows.count - 1, to: &writer) }
  }

  mutating func deleteGroup(_ call: Call) throws(Rejection) -> Outcome {
    guard let row = try namedGroup(call) else {
      throw .detail(400, "URL must contain one of the following parameters: uuid")
    }
    if groups[row].isSystem { throw .detail(403, "Cannot delete system object.") }
    if let refusal = profile.refusal(ofDeleting: dependents.filter { $0.groups.contains(row) }) {
      throw refusal
    }
    groups[row].isDeleted = true
    return .empty
  }

  /// The group that `?uuid=` names.
  private func namedGroup(_ call: Call) throws(Rejection) -> Int? {
    guard let text = call.query["uuid"] else { return nil }
    let uuid = try uuid(text)
    guard let row = groups.first({ $0.uuid == uuid }) else {
      throw .detail(404, profile.notFound(.group))
    }
    return row
  }

  private func groupName(_ value: JSONValue?, for row: Int?) throws(Complaints) -> [UInt8] {
    var rules = TextRules(isRequired: true, atMost: profile.api.groupNameLimit)
    rules.first = { name in
      var complaints = profile.complaints(ofGroupName: name)
      if isTaken(name, apartFrom: row) { complaints.append("This field must be unique.") }
      return complaints
    }
    guard case .value(let name) = try rules.read(value) else { throw .failure }
    guard profile.allowsGroupName(name) else { throw .message("Name contains illegal characters.") }
    return name
  }

  private func isTaken(_ name: [UInt8], apartFrom row: Int?) -> Bool {
    let folded = WideText.uppercased(name)
    if profile.hiddenGroupNames.contains(where: { folded.elementsEqual($0.utf8) }) { return true }
    return groups.rows.indices.contains {
      $0 != row && !groups[$0].isDeleted && groups[$0].folded == folded
    }
  }

  private func writeGroup(_ row: Int, to writer: inout JSONWriter) {
    let group = groups[row]
    writer.beginObject()
    writer.member("uuid", group.uuid.text)
    writer.member("name", group.name)
    writer.member("query", group.query)
    writer.member("status", group.status.rawValue)
    if profile.shape == .newer {
      writer.member("system", group.isSystem)
    }
    writer.member("count", group.count)
    writer.endObject()
  }
}
