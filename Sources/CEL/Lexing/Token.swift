/// A word of the source text.
struct Token {
  enum Kind {
    case end
    /// A name, also a keyword or reserved word.
    case name(String)
    /// A name between backticks, which only a field may have.
    case quotedName(String)
    /// A whole number without sign or suffix; -9223372036854775808 needs all 64 bits.
    case integer(UInt64)
    case literal(Literal)
    case symbol(Symbol)
  }

  /// Operators and punctuation, the longer ones first.
  enum Symbol: String, CaseIterable {
    case equal = "==", notEqual = "!=", lessOrEqual = "<=", greaterOrEqual = ">="
    case and = "&&", or = "||"
    case openParenthesis = "(", closeParenthesis = ")", openBracket = "[", closeBracket = "]"
    case openBrace = "{", closeBrace = "}"
    case dot = ".", comma = ",", question = "?", colon = ":"
    case plus = "+", minus = "-", star = "*", slash = "/", percent = "%"
    case not = "!", less = "<", greater = ">"

    /// The longest symbol that begins with a byte.
    init?(_ first: UInt8, followedBy second: UInt8) {
      let long = Symbol.spellings.first { $0.first == first && $0.second == second }
      let short = Symbol.spellings.first { $0.first == first && $0.second == nil }
      guard let found = long ?? short else { return nil }
      self = found.symbol
    }

    private static let spellings: [(first: UInt8, second: UInt8?, symbol: Symbol)] =
      allCases.map { symbol in
        let bytes = Array(symbol.rawValue.utf8)
        return (bytes[0], bytes.count > 1 ? bytes[1] : nil, symbol)
      }
  }

  var kind: Kind
  var range: Range<Int>

  /// What stands for the token in a message.
  func text(in source: [UInt8]) -> String {
    if case .end = kind { return "the end" }
    return "`" + String(decoding: source[range], as: UTF8.self) + "`"
  }
}
