private import Contacts

extension Workspace {
  func listFields(_ call: Call) throws(Rejection) -> Outcome {
    let key = call.query.nonEmpty("key")
    if let key, !WideText.isStorable(key) { throw .failure }
    let page = try newestFirst(call, fields.rows.map(\.createdOn)) { row in
      key.map { $0 == fields[row].key } ?? true
    }
    return page.written(for: call) { row, writer in writeField(row, to: &writer) }
  }

  mutating func postField(_ call: Call) throws(Rejection) -> Outcome {
    let row = try call.query["key"].map { key throws(Rejection) in try existingField(key) }
    if row == nil, profile.limitCheck == .first, fields.rows.count >= settings.fieldLimit {
      throw .limitReached
    }
    let input = try fieldInput(try body(of: call), for: row)
    if let row {
      fields[row].label = input.label
      fields[row].type = input.type
      return .written { writer in writeField(row, to: &writer) }
    }
    fields.append(
      Field(
        key: profile.key(of: input.label), label: input.label, type: input.type,
        createdOn: call.now))
    return .written(201) { writer in writeField(fields.rows.count - 1, to: &writer) }
  }

  private func existingField(_ key: [UInt8]) throws(Rejection) -> Int {
    guard WideText.isStorable(key) else { throw .failure }
    guard let row = fields.row(of: key) else { throw .detail(404, profile.notFound(.field)) }
    return row
  }

  private func fieldInput(
    _ body: RequestBody, for row: Int?
  ) throws(Rejection) -> (label: [UInt8], type: FieldType) {
    var collector = ComplaintCollector()
    var label: [UInt8]?
    var type: FieldType?
    let keys = profile.fieldKeys
    // Both pairs of keys are checked, and the first one given counts.
    for key in keys.labels {
      let input = collector.read(key) { () throws(Complaints) in
        try self.label(body.text(key, isRequired: keys.areRequired), for: row)
      }
      label = label ?? input?.value
    }
    for (key, words) in keys.types {
      let input = collector.read(key) { () throws(Complaints) in
        try self.type(body.text(key, isRequired: keys.areRequired), words, for: row)
      }
      type = type ?? input?.value
    }
    try collector.finish()
    guard let label else { throw .invalid(.whole("Field 'name' is required.")) }
    guard let type else { throw .invalid(.whole("Field 'type' is required.")) }
    try checkField(label, type, for: row)
    return (label, type)
  }

  private func label(_ value: JSONValue?, for row: Int?) throws(Complaints) -> Input<[UInt8]> {
    var rules = TextRules(isRequired: profile.fieldKeys.areRequired, atMost: profile.api.labelLimit)
    rules.first = { label in
      hasOtherField(labelled: label, than: row) ? ["This field must be unique."] : []
    }
    let input = try rules.read(value)
    guard case .value(let label) = input else { return input }
    guard profile.allowsLabel(label) else { throw .message(profile.labelRefusal) }
    let key = profile.key(of: label)
    guard profile.allowsKey(key) else {
      throw .message("Generated key \"", key, "\" is invalid or a reserved name.")
    }
    if row == nil, profile.complainsOfKeys, fields.row(of: key) != nil {
      throw .message("Generated key \"", key, "\" conflicts with an existing contact field.")
    }
    return input
  }

  private func hasOtherField(labelled label: [UInt8], than row: Int?) -> Bool {
    let folded = WideText.uppercased(label)
    if profile.systemFieldLabels.contains(where: { folded.elementsEqual($0.utf8) }) { return true }
    return fields.rows.indices.contains {
      $0 != row && WideText.uppercased(fields[$0].label) == folded
    }
  }

  private func type(
    _ value: JSONValue?, _ words: ServerProfile.TypeWords, for row: Int?
  ) throws(Complaints) -> Input<FieldType> {
    let input = try ChoiceRules.read(value, isRequired: profile.fieldKeys.areRequired) {
      words.type($0)
    }
    if case .value(let type) = input, type != .datetime, profile.complainsOfCampaigns,
      isUsedByCampaign(row)
    {
      throw .message("Can't change type of date field being used by campaign events.")
    }
    return input
  }

  private func isUsedByCampaign(_ row: Int?) -> Bool {
    row.map { usage(of: $0, by: .campaign) > 0 } ?? false
  }

  private func usage(of field: Int, by kind: Dependent.Kind) -> Int {
    dependents.count { $0.kind == kind && $0.fields.contains(field) }
  }

  /// What is asked once all keys are right.
  private func checkField(
    _ label: [UInt8], _ type: FieldType, for row: Int?
  ) throws(Rejection) {
    guard let row else {
      if profile.limitCheck == .last, fields.rows.count >= settings.fieldLimit {
        throw .limitReached(
          fields.rows.count, of: settings.fieldLimit, "contact fields")
      }
      // Another label with the same key passes every check and then trips an assertion.
      if fields.row(of: profile.key(of: label)) != nil { throw .failure }
      return
    }
    if type != .datetime, isUsedByCampaign(row) { throw .failure }
  }

  private func writeField(_ row: Int, to writer: inout JSONWriter) {
    let field = fields[row]
    writer.beginObject()
    writer.member("key", field.key)
    if profile.shape == .newer { writeNewer(field, row, to: &writer) }
    writer.member("label", field.label)
    writer.member("value_type", field.type == .number ? "numeric" : field.type.rawValue)
    if profile.shape == .older {
      writer.member("pinned", field.isFeatured)
    }
    writer.endObject()
  }

  private func writeNewer(_ field: Field, _ row: Int, to writer: inout JSONWriter) {
    writer.member("name", field.label)
    writer.member("type", field.type.rawValue)
    writer.member("featured", field.isFeatured)
    writer.member("priority", field.priority)
    writer.key("usages")
    writer.beginObject()
    writer.member("flows", usage(of: row, by: .flow))
    writer.member("groups", 0)
    writer.member("campaign_events", usage(of: row, by: .campaign))
    writer.endObject()
    writer.member("agent_access", field.agentAccess.rawValue)
  }

  /// One page of a short list, the latest first.
  func newestFirst(
    _ call: Call, _ times: [Timestamp], _ passes: (Int) -> Bool
  ) throws(Rejection) -> Pager.Page {
    var index = OrderedIndex()
    for (row, time) in times.enumerated() where passes(row) {
      index.insert(OrderedIndex.Key(time: time.microseconds, row: Int32(row)))
    }
    let pager = Pager(
      cursor: try call.query["cursor"].map { text throws(Rejection) in try PageCursor(text) },
      direction: .descending, size: 250)
    return pager.page { direction, time, visit in index.walk(direction, behind: time, visit) }
  }
}

extension Rejection {
  static let limitReached = Rejection.detail(
    409, "Cannot create object because workspace has reached limit.")

  static func limitReached(_ count: Int, of limit: Int, _ things: String) -> Rejection {
    .invalid(
      .whole(
        "This org has \(count) \(things) and the limit is \(limit). You must delete existing ones "
          + "before you can create new ones."))
  }
}
