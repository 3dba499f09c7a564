private import Contacts

extension ServerProfile {
  func contactName(in body: RequestBody) throws(Complaints) -> Input<[UInt8]> {
    switch dialect {
    case .rapidpro:
      return try TextRules(takesNull: true, atMost: api.nameLimit)
        .read(body.text("name", takesNull: true))
    case .weni:
      let name = try TextRules(takesNull: true, takesBlank: true)
        .read(body.text("name", takesNull: true, takesBlank: true))
      guard case .value(let text) = name else { return name }
      if text.isEmpty { throw .message("Contact name cannot be empty.") }
      if WideText.length(text) > api.nameLimit {
        throw .message("Contact name cannot exceed \(api.nameLimit) characters.")
      }
      return name
    }
  }

  /// Reads one item of `urns`.
  func addressItem(_ item: JSONValue, country: [UInt8]?) throws(Complaints) -> Address {
    if item == .null { throw .message("This field may not be null.") }
    if case .string(let text) = item, WideText.isBlank(text) {
      throw .message("This field may not be blank.")
    }
    switch dialect {
    case .weni:
      guard case .string(let text) = item else { throw .message("Not a valid string.") }
      let address = try address(text, country: country)
      try checkCharacters(of: address)
      return address
    case .rapidpro:
      let address = try address(PythonText.of(item), country: country)
      if WideText.length(address.text) > api.urnLimit {
        throw .message("Ensure this field has no more than \(api.urnLimit) characters.")
      }
      try checkCharacters(of: address)
      return address
    }
  }

  private func checkCharacters(of address: Address) throws(Complaints) {
    let complaints = TextRules.characterComplaints(address.text)
    if !complaints.isEmpty { throw .messages(complaints.map { Array($0.utf8) }) }
  }

  /// Whether the API's first half names a URN that somebody has, before the service is asked.
  var namesOwnedAddress: Bool {
    switch dialect {
    case .weni: true
    case .rapidpro: false
    }
  }
}
