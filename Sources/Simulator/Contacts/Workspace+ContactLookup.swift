private import Contacts

/// Whom a request's address line names.
enum ContactTarget: Equatable {
  case none
  case existing(Int)
  /// Nobody has this URN yet.
  case address(Address)
  case existingByAddress(Int)

  /// A row of the contacts.
  var row: Int? {
    switch self {
    case .existing(let row), .existingByAddress(let row): row
    case .none, .address: nil
    }
  }

  var isByAddress: Bool {
    switch self {
    case .address, .existingByAddress: true
    case .none, .existing: false
    }
  }
}

extension Workspace {
  /// Reads `?uuid=`, `?urn=` or, where there is such a thing, `?name=`.
  func target(of call: Call) throws(Rejection) -> ContactTarget {
    let words = profile.hasNameLookup ? "name, urn, uuid" : "urn, uuid"
    let uuid = call.query["uuid"]
    let written = call.query["urn"]
    let name = profile.hasNameLookup ? call.query["name"] : nil
    let address = try written.map { text throws(Rejection) in try lookupAddress(text) }
    if [uuid, written, name].count(where: { $0 != nil }) > 1 {
      throw .detail(400, "URL can only contain one of the following parameters: \(words)")
    }
    if let address { return try target(at: address, call) }
    if let uuid { return .existing(try row(ofUUID: uuid)) }
    if let name { return .existing(try row(ofName: name)) }
    if call.method == .delete {
      throw .detail(400, "URL must contain one of the following parameters: \(words)")
    }
    return .none
  }

  /// A URN of an address line in the form that is looked up, without query and display.
  func lookupAddress(_ text: [UInt8]) throws(Rejection) -> Address {
    if settings.isAnonymous {
      throw .detail(400, "URN lookups not allowed for anonymous organizations")
    }
    guard
      var address = Address(parsing: profile.addressText(text), in: profile)?
        .normalized(country: settings.country)
    else { throw .detail(400, Array("Invalid URN: ".utf8) + text) }
    guard WideText.isStorable(address.path) else { throw .failure }
    (address.query, address.display) = ([], [])
    return address
  }

  private func target(at address: Address, _ call: Call) throws(Rejection) -> ContactTarget {
    if let row = addresses.owner(of: address.identity) { return .existingByAddress(row) }
    guard call.method == .post else { throw .detail(404, profile.notFound(.contact)) }
    if settings.verifiesNinthDigit, let row = owner(ofOtherSpelling: address) {
      return .existingByAddress(row)
    }
    return .address(address)
  }

  /// Who has a Brazilian WhatsApp number with its ninth digit or without it, whichever it is not.
  func owner(ofOtherSpelling address: Address) -> Int? {
    guard address.scheme == .whatsapp, address.path.starts(with: "55".utf8),
      address.path.count > 4
    else { return nil }
    var other = address
    if other.path.count == 13, other.path[4] == UInt8(ascii: "9") {
      other.path.remove(at: 4)
    } else {
      other.path.insert(UInt8(ascii: "9"), at: 4)
    }
    return addresses.owner(of: other.identity)
  }

  /// Deleted contacts keep their uuid.
  private func row(ofUUID text: [UInt8]) throws(Rejection) -> Int {
    guard let uuid = try self.uuid(text), let row = contacts.row(of: uuid) else {
      throw .detail(404, profile.notFound(.contact))
    }
    return row
  }

  private func row(ofName name: [UInt8]) throws(Rejection) -> Int {
    guard WideText.isStorable(name) else { throw .failure }
    let rows = contacts.rows.indices.filter { contacts[$0].name == name && !name.isEmpty }
    guard let row = rows.first else { throw .detail(404, profile.notFound(.contact)) }
    if rows.count > 1 { throw .failure }
    return row
  }

  /// The uuid that a list asks for; the inner absence matches nothing.
  func listedUUID(_ query: QueryValues) throws(Rejection) -> ServerUUID?? {
    switch profile.uuidParameter {
    case .anyText:
      return try query.nonEmpty("uuid").map { text throws(Rejection) in try uuid(text) }
    case .checked:
      let texts = query.all("uuid")
      if texts.count > 100 { throw .detail(400, "Param 'uuid' can have a maximum of 100 values.") }
      return try texts.map { text throws(Rejection) in try uuid(text) }.first
    }
  }

  /// Reads the uuid of an address line; absent where nothing can have it.
  func uuid(_ text: [UInt8]) throws(Rejection) -> ServerUUID? {
    switch profile.uuidParameter {
    case .anyText:
      guard WideText.isStorable(text) else { throw .failure }
      return ServerUUID(text)
    case .checked:
      if let uuid = ServerUUID(lenient: text) { return uuid }
      throw .detail(400, Array("Param 'uuid': ".utf8) + text + Array(" is not a valid UUID.".utf8))
    }
  }
}
