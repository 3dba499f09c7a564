private import Contacts

/// What the service behind the API does, which alone writes contacts.
extension ServerProfile {
  func rejection(ofUnknown asset: String) -> Rejection {
    switch dialect {
    case .weni: .service("unknown \(asset)")
    case .rapidpro: .failure
    }
  }

  /// Whether a new contact may name one URN twice.
  var foldsRepeatedAddresses: Bool {
    switch dialect {
    case .weni: false
    case .rapidpro: true
    }
  }

  /// Whether URNs that are there already, in this order, are no change.
  var comparesAddresses: Bool {
    switch dialect {
    case .weni: false
    case .rapidpro: true
    }
  }

  /// What becomes of the URNs of an update; nothing where the update is dropped.
  func replacementList(_ wanted: [Address]) -> [Address]? {
    let identities = wanted.map(\.identity)
    switch dialect {
    case .weni:
      // Whether anything changed is asked of the last one alone, and a repeated one changes nothing.
      if let last = identities.last, identities.dropLast().contains(last) { return nil }
      return wanted.indices.filter { !identities[..<$0].contains(identities[$0]) }
        .map { wanted[$0] }
    case .rapidpro:
      // The place of the last one counts.
      return wanted.indices.filter { !identities[($0 + 1)...].contains(identities[$0]) }
        .map { wanted[$0] }
    }
  }

  /// A new contact's language; updates keep it as it was given.
  func stored(_ language: LanguageTag) -> LanguageTag {
    switch dialect {
    case .weni: LanguageTag(WideText.lowercased(language.text ?? []))
    case .rapidpro: language
    }
  }

  var acceptsImpossibleDays: Bool {
    switch dialect {
    case .weni: true
    case .rapidpro: false
    }
  }

  /// The first code points of a value; more is cut off without a word.
  func cut(_ text: [UInt8]) -> [UInt8] {
    guard text.count > api.valueLimit, WideText.length(text) > api.valueLimit else { return text }
    var count = 0
    let end = text.firstIndex { byte in
      if byte & 0xC0 != 0x80 { count += 1 }
      return count > api.valueLimit
    }
    return Array(text[..<(end ?? text.endIndex)])
  }
}
