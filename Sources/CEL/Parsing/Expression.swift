/// A node of a CEL syntax tree: what was written, and where.
///
/// ``range`` counts UTF-8 offsets in the parsed text, until ``mapRanges(_:)`` moves it into
/// other coordinates, such as those of the file that the text stands in. Checking returns the
/// same tree with every name resolved to a ``Reference``.
public struct Expression: Sendable {
  /// What the node is.
  public indirect enum Kind: Sendable {
    /// `null`, `true`, `1`, `2u`, `1.5`, `'x'`, `b'x'`; and constants put in by the checker.
    case literal(Literal)
    /// A name as written, also `.name`; only before checking.
    case identifier(String)
    /// A name the checker resolved; `a.b` is one reference if a variable `a.b` is declared.
    case reference(Reference)
    /// `a.b`.
    case select(Expression, field: String)
    /// `a.?b`.
    case optionalSelect(Expression, field: String)
    /// `has(a.b)`: `a` and `b`; `isOptional` for `has(a.?b)`.
    case presence(Expression, field: String, isOptional: Bool)
    /// `a[b]`.
    case index(Expression, Expression)
    /// `a[?b]`.
    case optionalIndex(Expression, Expression)
    /// `f(x)` and `a.f(x)`.
    case call(String, target: Expression?, arguments: [Expression])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `condition ? a : b`.
    case conditional(Expression, Expression, Expression)
    /// `[a, ?b]`.
    case list([ListElement])
    /// `{a: b, ?c: d}`.
    case map([MapEntry])
    /// `type.Name{field: value}`.
    case message(String, fields: [MessageField])
    /// A macro over a range, or `cel.bind`.
    case macro(Macro)
  }

  /// What the node is.
  public var kind: Kind
  /// What the checker deduced; ``Type/dynamic`` before.
  public var type: Type
  private var place: Place
  private var namePlace: Place

  /// A range in half the room: many rules have hundreds of thousands of nodes.
  private struct Place: Sendable {
    var start: Int32
    var end: Int32

    /// Of what stands nowhere.
    static let none = Place(-1..<(-1))

    init(_ range: Range<Int>) {
      start = Int32(clamping: range.lowerBound)
      end = Int32(clamping: range.upperBound)
    }

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// Where it was written; what lies behind 2 GiB counts as there.
  public var range: Range<Int> {
    get { place.range }
    set { place = Place(newValue) }
  }

  /// Where the name of the field, function or macro stands that the node is about; absent for
  /// nodes without one, and for trees that were not parsed.
  public var nameRange: Range<Int>? {
    get { namePlace.start < 0 ? nil : namePlace.range }
    set { namePlace = newValue.map { Place($0) } ?? .none }
  }

  /// A node whose type is not known yet.
  public init(
    _ kind: Kind, _ range: Range<Int>, nameRange: Range<Int>? = nil, type: Type = .dynamic
  ) {
    self.kind = kind
    self.type = type
    place = Place(range)
    namePlace = nameRange.map { Place($0) } ?? .none
  }

  /// What a name stands for.
  public enum Reference: Sendable, Hashable {
    /// A declared variable, read from a slot; its full name.
    case variable(String)
    /// A named expression of the environment (`let`); its name.
    case computed(String)
    /// A variable of an enclosing macro; its name.
    case local(String)
    /// A name nobody declares: fails when it is evaluated.
    case unbound(String)
  }

  /// `!a`, `-a`.
  public enum UnaryOperator: String, Sendable { case not = "!", negate = "-" }

  /// Operators between two operands, as written.
  public enum BinaryOperator: String, Sendable, CaseIterable {
    case or = "||", and = "&&"
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<="
    case greater = ">", greaterOrEqual = ">=", isIn = "in"
    case add = "+", subtract = "-", multiply = "*", divide = "/", modulo = "%"
  }

  /// An element of a list literal; `?x` leaves an empty optional out.
  public struct ListElement: Sendable {
    /// The item.
    public var value: Expression
    /// Whether it was written with `?`.
    public var isOptional: Bool
    /// An item.
    public init(_ value: Expression, isOptional: Bool = false) {
      self.value = value
      self.isOptional = isOptional
    }
  }

  /// An entry of a map literal.
  public struct MapEntry: Sendable {
    /// What the value is found by.
    public var key: Expression
    /// What is found.
    public var value: Expression
    /// Whether it was written with `?`.
    public var isOptional: Bool
    /// An entry.
    public init(_ key: Expression, _ value: Expression, isOptional: Bool = false) {
      self.key = key
      self.value = value
      self.isOptional = isOptional
    }
  }

  /// A field of a message literal.
  public struct MessageField: Sendable {
    /// The field.
    public var name: String
    /// Its value.
    public var value: Expression
    /// Whether it was written with `?`.
    public var isOptional: Bool
    /// A field.
    public init(_ name: String, _ value: Expression, isOptional: Bool = false) {
      self.name = name
      self.value = value
      self.isOptional = isOptional
    }
  }

  /// A macro: `operand.all(variables…, arguments…)`, `cel.bind(v, operand, body)`.
  public struct Macro: Sendable {
    /// Which macro; the two-variable forms have two names in `variables`.
    public enum Name: String, Sendable, CaseIterable {
      case all, exists, existsOne = "exists_one", map, filter
      case transformList, transformMap, transformMapEntry
      case bind, optMap, optFlatMap
    }
    /// Which macro.
    public var name: Name
    /// The range; of `bind`, the value.
    public var operand: Expression
    /// The names it introduces.
    public var variables: [String]
    /// The predicate, or an optional filter and then the result.
    public var arguments: [Expression]
    /// A macro with its parts.
    public init(
      _ name: Name, operand: Expression, variables: [String], arguments: [Expression]
    ) {
      self.name = name
      self.operand = operand
      self.variables = variables
      self.arguments = arguments
    }
  }
}
