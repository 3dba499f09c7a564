private import Contacts

extension Workspace {
  /// Reads the body of a POST; all keys are looked at, then what concerns several of them.
  func contactInput(
    _ body: RequestBody, for target: ContactTarget
  ) throws(Rejection) -> ContactInput {
    var collector = ComplaintCollector()
    var input = ContactInput()
    input.name =
      collector.read("name") { () throws(Complaints) in
        try profile.contactName(in: body)
      } ?? .absent
    input.language =
      collector.read("language") { () throws(Complaints) in
        try language(body.text("language", takesNull: true))
      } ?? .absent
    if profile.hasNotes {
      input.note =
        collector.read("note") { () throws(Complaints) in
          try TextRules(takesBlank: true, atMost: 10_000).read(body.text("note", takesBlank: true))
        } ?? .absent
    }
    input.addresses =
      collector.read("urns") { () throws(Complaints) in
        try addresses(body.list("urns"), for: target)
      } ?? nil
    input.groups =
      collector.read("groups") { () throws(Complaints) in
        try groups(body.references("groups"), for: target)
      } ?? nil
    input.fields =
      collector.read("fields") { () throws(Complaints) in try fieldTexts(body.pairs("fields")) }
      ?? nil
    try collector.finish()
    try complete(&input, for: target)
    return input
  }

  private func complete(
    _ input: inout ContactInput, for target: ContactTarget
  ) throws(Rejection) {
    if let row = target.row, contacts[row].isDeleted {
      throw .invalid(.whole(profile.deletedRefusal))
    }
    guard case .address(let address) = target else { return }
    do throws(Complaints) {
      // Here the server has forgotten the country.
      input.addresses = [try profile.address(address.identity, country: nil)]
    } catch {
      throw .invalid(.entry("non_field_errors", error))
    }
  }

  private func language(_ value: JSONValue?) throws(Complaints) -> Input<LanguageTag> {
    let rules = TextRules(takesNull: true, atMost: 3, atLeast: 3)
    switch try rules.read(value) {
    case .absent: return .absent
    case .null: return .null
    case .value(let text):
      guard text.withUnsafeBytes({ APIProfile.hasLanguage($0) }) else {
        throw .message("Not a valid ISO639-3 language code.")
      }
      return .value(LanguageTag(text))
    }
  }

  private func addresses(
    _ value: JSONValue?, for target: ContactTarget
  ) throws(Complaints) -> [Address]? {
    guard let value else { return nil }
    if value == .null { throw .message("This field may not be null.") }
    if profile.sizeCheck == .first { try profile.checkSize(of: value) }
    guard case .list(let items) = value else {
      throw .message("Expected a list of items but got type \"\(value.pythonType)\".")
    }
    var addresses: [Address] = []
    var wrong: [(key: [UInt8], complaints: Complaints)] = []
    for (index, item) in items.enumerated() {
      do throws(Complaints) {
        addresses.append(try profile.addressItem(item, country: settings.country))
      } catch {
        wrong.append((Array(String(index).utf8), error))
      }
    }
    if !wrong.isEmpty { throw .parts(wrong) }
    if profile.sizeCheck == .last { try profile.checkSize(of: value) }
    if target.isByAddress { throw .message("Field not allowed when using URN in URL") }
    if settings.isAnonymous, target.row != nil {
      throw .message("Updating URNs not allowed for anonymous organizations")
    }
    if target == .none, profile.namesOwnedAddress {
      for address in addresses where isOwned(address) {
        throw .message("URN belongs to another contact: ", address.text)
      }
    }
    return addresses
  }

  /// Whether a contact has a URN, or the id that a Twitter handle belongs to.
  private func isOwned(_ address: Address) -> Bool {
    if addresses.owner(of: address.identity) != nil { return true }
    return address.scheme == .twitter && addresses.hasOwner(ofTwitterHandle: address.path)
  }

  private func groups(
    _ value: JSONValue?, for target: ContactTarget
  ) throws(Complaints) -> [Int]? {
    guard let items = try profile.references(value) else { return nil }
    var groups: [Int] = []
    for item in items {
      let group = try staticGroup(item)
      if !groups.contains(group) { groups.append(group) }
    }
    if let row = target.row, contacts[row].status != .active, !groups.isEmpty {
      throw .message("Non-active contacts can't be added to groups")
    }
    return groups
  }

  private func fieldTexts(_ value: JSONValue?) throws(Complaints) -> [(row: Int, text: [UInt8])]? {
    guard let value else { return nil }
    if value == .null { throw .message("This field may not be null.") }
    if profile.sizeCheck == .first { try profile.checkSize(of: value) }
    guard case .object(let object) = value else {
      throw .message("Expected a dictionary of items but got type \"\(value.pythonType)\".")
    }
    var texts: [(key: [UInt8], text: [UInt8])] = []
    var wrong: [(key: [UInt8], complaints: Complaints)] = []
    let rules = TextRules(takesNull: true, takesBlank: true)
    for (key, item) in object.entries {
      do throws(Complaints) {
        texts.append((key, try rules.read(item).value ?? []))
      } catch {
        wrong.append((key, error))
      }
    }
    if !wrong.isEmpty { throw .parts(wrong) }
    if profile.sizeCheck == .last { try profile.checkSize(of: value) }
    return try texts.map { key, text throws(Complaints) in
      guard let row = fields.row(of: key) else {
        throw .message("Invalid contact field key: ", key)
      }
      return (row, text)
    }
  }

  /// Finds a group by its uuid, or by its name in any case; smart groups cannot be joined.
  func staticGroup(_ value: JSONValue) throws(Complaints) -> Int {
    let text = PythonText.of(value)
    switch value {
    case .string: break
    case .integer, .bool:
      switch profile.numberReference {
      case .failure: throw .failure
      case .unknown: throw .message("No such object: ", text)
      }
    case .null, .float, .list, .object: throw .message("Must be a string or integer")
    }
    guard WideText.isStorable(text) else { throw .failure }
    let uuid = ServerUUID(text)
    let name = WideText.uppercased(text)
    let found = groups.first { $0.uuid == uuid || $0.folded == name }
    guard let row = found else { throw .message("No such object: ", text) }
    if groups[row].isSmart { throw .message(profile.smartGroupRefusal, text) }
    return row
  }
}

extension ServerProfile {
  /// Refuses more items than one body may carry.
  func checkSize(of value: JSONValue) throws(Complaints) {
    if let length = value.length, length > api.itemLimit { throw .message(tooManyItems) }
  }

  /// The items of a key that refers to many objects; an object's keys count as its items.
  func references(_ value: JSONValue?) throws(Complaints) -> [JSONValue]? {
    guard let value else { return nil }
    try checkSize(of: value)
    switch value {
    case .null: throw .message("This field may not be null.")
    case .list(let items): return items
    case .object(let object): return object.entries.map { .string($0.key) }
    case .string, .bool, .integer, .float:
      throw .message("Expected a list of items but got type \"\(value.pythonType)\".")
    }
  }
}
