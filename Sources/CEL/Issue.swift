/// A mistake in an expression, found while parsing or checking.
public struct Issue: Sendable {
  /// What kind of mistake; hosts give each their own code.
  public enum Kind: String, Sendable, CaseIterable {
    case syntax
    /// `=` where `==` is meant.
    case assignment
    /// `and`, `or`, `not`, `e`, `ou`: operators of other languages.
    case wordOperator
    /// `“` or `‘` instead of `"` or `'`.
    case curlyQuotes
    /// A text without its closing quote.
    case unclosedText
    case badEscape
    case numberOutOfRange
    /// Nested deeper, or longer, than any text that a person writes.
    case tooDeep
    case unknownName
    /// A field that a record's type does not list.
    case unknownField
    case unknownFunction
    case wrongArgumentCount
    case wrongType
    /// Operands that can never be equal, or a condition that is always the same.
    case constantCondition
    /// A quotient of whole numbers that is rarely whole.
    case droppedFraction
    /// Constants of two numeric types in one calculation.
    case mixedConstants
    case badPattern
    /// `event.order-id`: a minus between a path and an unknown name.
    case minusInName

    /// Whether the expression can be evaluated all the same: rather not what is meant.
    public var isWarning: Bool {
      switch self {
      case .constantCondition, .droppedFraction, .mixedConstants: true
      case .syntax, .assignment, .wordOperator, .curlyQuotes, .unclosedText, .badEscape,
        .numberOutOfRange, .tooDeep, .unknownName, .unknownField, .unknownFunction,
        .wrongArgumentCount, .wrongType, .badPattern, .minusInName:
        false
      }
    }
  }

  /// What kind of mistake it is.
  public var kind: Kind
  /// What is wrong, without a full stop.
  public var message: String
  /// In the coordinates of the expression's ranges.
  public var range: Range<Int>
  /// What is wrong with just this text.
  public var label: String
  /// How to repair it.
  public var help: String?
  /// A text for `range` that repairs it, where that is safe.
  public var replacement: String?

  /// A mistake at a place.
  public init(
    _ kind: Kind, _ message: String, at range: Range<Int>, label: String = "",
    help: String? = nil, replacement: String? = nil
  ) {
    self.kind = kind
    self.message = message
    self.range = range
    self.label = label
    self.help = help
    self.replacement = replacement
  }
}
