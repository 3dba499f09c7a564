private import Contacts

extension ServerProfile {
  func knows(_ scheme: AddressScheme) -> Bool {
    switch (scheme, dialect) {
    case (.webchat, .weni), (.discord, .rapidpro): false
    default: true
    }
  }

  /// Whether the service that stores addresses knows `teams`.
  var keepsTeams: Bool {
    switch dialect {
    case .weni: true
    case .rapidpro: false
    }
  }

  /// What a Viber path may hold besides letters, digits and `_`.
  var viberMarks: [UInt8] {
    switch dialect {
    case .weni: Array("=".utf8)
    case .rapidpro: Array("=+/".utf8)
    }
  }

  var mailTopLevel: MailPath.TopLevel {
    switch dialect {
    case .weni: .anyLabel
    case .rapidpro: .lettersAlone
    }
  }

  /// Whether the path is an id that WhatsApp gives instead of a number: `BR.123abc`.
  func isBusinessScoped(_ path: [UInt8]) -> Bool {
    switch dialect {
    case .rapidpro: return false
    case .weni:
      guard path.count > 3, path[2] == UInt8(ascii: "."), (0x41...0x5A).contains(path[0]),
        (0x41...0x5A).contains(path[1])
      else { return false }
      let rest = path[3...]
      let id = rest.starts(with: "ENT.".utf8) ? rest.dropFirst(4) : rest
      return !id.isEmpty && id.allSatisfy { $0.isDigit || $0.isLetter }
    }
  }

  /// The text as it is read: trimmed and, if it is a bare phone number, with its scheme.
  func addressText(_ text: [UInt8]) -> [UInt8] {
    switch dialect {
    case .rapidpro: return text
    case .weni:
      let trimmed = WideText.trimmed(text)
      let digits = trimmed.first == UInt8(ascii: "+") ? trimmed.dropFirst() : trimmed[...]
      let isPhone = digits.count >= 8 && digits.count <= 15 && digits.allSatisfy(\.isDigit)
      return isPhone ? Array("whatsapp:".utf8) + digits : trimmed
    }
  }

  /// Reads an address of a body or of an address line as the API's first half does.
  func address(_ text: [UInt8], country: [UInt8]?) throws(Complaints) -> Address {
    let text = addressText(text)
    guard let address = Address(parsing: text, in: self)?.normalized(country: country),
      address.isValid(country: country, in: self)
    else { throw invalidAddress(text) }
    if let refusal = lengthRefusal(of: address) { throw .message(refusal) }
    return address
  }

  /// Phone numbers of `weni` have 8 to 15 digits.
  private func lengthRefusal(of address: Address) -> String? {
    switch (dialect, address.scheme) {
    case (.weni, .tel), (.weni, .whatsapp):
      if isBusinessScoped(address.path) { return nil }
      let count = address.path.count(where: \.isDigit)
      if count < 8 { return "Phone number must have at least 8 digits." }
      if count > 15 { return "Phone number cannot exceed 15 digits." }
      return nil
    case (.weni, _), (.rapidpro, _): return nil
    }
  }

  private func invalidAddress(_ text: [UInt8]) -> Complaints {
    let advice = " Ensure phone numbers contain country codes."
    switch dialect {
    case .rapidpro: break
    case .weni:
      if text.starts(with: "whatsapp:".utf8), !looksLikePhone(text.dropFirst(9)) {
        return .message("Invalid WhatsApp identifier: ", text, ".")
      }
      if isBusinessScoped(text) {
        return .message(
          "Invalid URN: ", text,
          ". WhatsApp BSUID identifiers must include the whatsapp: scheme.")
      }
    }
    return .message("Invalid URN: ", text, "." + advice)
  }

  /// Digits with what people put between them.
  private func looksLikePhone(_ text: ArraySlice<UInt8>) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isDigit || "+- ().".utf8.contains($0) }
  }

  /// What the service that stores addresses says to a creation it refuses, if it says anything.
  enum CreationRefusal {
    case taken(index: Int)
    case invalid(index: Int, text: [UInt8])
    case database(String)
  }

  func rejection(of refusal: CreationRefusal) -> Rejection {
    switch (dialect, refusal) {
    case (.weni, .taken): .service("URNs in use by other contacts")
    case (.weni, .invalid(_, let text)):
      .service("can't insert invalid URN '\(String(decoding: text, as: UTF8.self))'")
    case (.weni, .database(let reason)): .service("pq: \(reason)")
    case (.rapidpro, .taken(let index)):
      .invalid(.entry("urns", .entry(index, .message("URN is in use by another contact."))))
    case (.rapidpro, .invalid(let index, _)):
      .invalid(.entry("urns", .entry(index, .message("URN is not valid."))))
    case (.rapidpro, .database): .failure
    }
  }
}
