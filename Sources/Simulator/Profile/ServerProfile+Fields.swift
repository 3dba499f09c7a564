internal import Contacts

extension ServerProfile {
  /// The words for the types of fields.
  enum TypeWords {
    /// `numeric`.
    case older
    /// `number`.
    case newer

    func type(_ word: String) -> FieldType? {
      switch (self, word) {
      case (.older, "numeric"): .number
      case (.older, "number"): nil
      default: FieldType(rawValue: word)
      }
    }
  }

  /// The keys of a body that name a field and its type, in the order of preference.
  struct FieldKeys {
    var labels: [StaticString]
    var types: [(key: StaticString, words: TypeWords)]
    var areRequired: Bool
  }

  var fieldKeys: FieldKeys {
    switch dialect {
    case .weni:
      FieldKeys(labels: ["label"], types: [("value_type", .older)], areRequired: true)
    case .rapidpro:
      FieldKeys(
        labels: ["name", "label"], types: [("type", .newer), ("value_type", .older)],
        areRequired: false)
    }
  }

  func allowsLabel(_ label: [UInt8]) -> Bool {
    let marks: [UInt8] =
      switch dialect {
      case .weni: Array(" -_".utf8)
      case .rapidpro: Array(" -".utf8)
      }
    return label.allSatisfy { $0.isDigit || $0.isLetter || marks.contains($0) }
  }

  var labelRefusal: String {
    switch dialect {
    case .weni: "Can only contain letters, numbers, hyphens and underscores."
    // The server's own spelling.
    case .rapidpro: "Can only contain letters, numbers and hypens."
    }
  }

  /// The key the server makes of a label: words in lower case with `_` between them.
  func key(of label: [UInt8]) -> [UInt8] {
    let words = label.split { !$0.isDigit && !$0.isLetter }
    return WideText.lowercased(Array(words.joined(separator: [UInt8(ascii: "_")])))
  }

  func allowsKey(_ key: [UInt8]) -> Bool {
    api.refusal(ofFieldKey: String(decoding: key, as: UTF8.self)) == nil
  }

  /// Whether a key that is taken is a complaint about the label.
  var complainsOfKeys: Bool {
    switch dialect {
    case .weni: true
    case .rapidpro: false
    }
  }

  /// Whether a campaign that needs a date is a complaint about the type.
  var complainsOfCampaigns: Bool {
    switch dialect {
    case .weni: false
    case .rapidpro: true
    }
  }

  /// Labels in capitals that the server's own fields have.
  var systemFieldLabels: [String] {
    switch dialect {
    case .weni: []
    case .rapidpro: ["CREATED ON", "LAST SEEN ON"]
    }
  }
}
