extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let comma = UInt8(ascii: ",")
  static let colon = UInt8(ascii: ":")
  static let openingBrace = UInt8(ascii: "{")
  static let closingBrace = UInt8(ascii: "}")
  static let openingBracket = UInt8(ascii: "[")
  static let closingBracket = UInt8(ascii: "]")

  /// Whether JSON ignores the byte between tokens.
  var isBlank: Bool {
    self == .space || self == .newline || self == .carriageReturn || self == .tab
  }

  /// Whether a number or literal ends before the byte.
  var endsScalar: Bool {
    switch self {
    case .comma, .colon, .openingBrace, .closingBrace, .openingBracket, .closingBracket, .quote:
      true
    default: isBlank
    }
  }

  /// The byte as people read it: `x`, or its number where it has no shape.
  var shown: String {
    self > 0x20 && self < 0x7F ? "`\(Character(Unicode.Scalar(self)))`" : "byte \(self)"
  }
}
