/// What a comparison with constants says of the thing that it compares.
struct Constraint {
  /// A constant that has an order with others of its kind, or at least equality.
  enum Constant: Equatable {
    case number(Double)
    case text([UInt8])
    case bool(Bool)
    case null
  }

  enum Meaning {
    case among([Constant])
    case notAmong([Constant])
    /// Above (below) a number or a text, which itself may be allowed.
    case above(Constant, orEqual: Bool)
    case below(Constant, orEqual: Bool)
  }

  /// The source text of the thing.
  var subject: String
  var meaning: Meaning
  /// Whether the thing is a `size(…)`.
  var isOfSize = false

  /// Absent for anything but comparisons of something with constants.
  init?(_ expression: Expression, in environment: Environment) {
    switch expression.kind {
    case .unary(.not, let operand):
      guard let positive = Constraint(operand, in: environment) else { return nil }
      self = positive.negated
    case .binary(let binary, let left, let right):
      let constants = (Constant.all(in: right, environment), Constant.all(in: left, environment))
      if let constants = constants.0, constants.isList == (binary == .isIn) {
        self.init(left, binary, constants.items)
      } else if let constants = constants.1, !constants.isList, let mirrored = binary.mirrored {
        self.init(right, mirrored, constants.items)
      } else {
        return nil
      }
    default: return nil
    }
  }

  private init?(
    _ thing: Expression, _ binary: Expression.BinaryOperator, _ constants: [Constant]
  ) {
    guard !thing.isLiteral else { return nil }
    subject = thing.description
    if case .call("size", _, _) = thing.kind { isOfSize = true }
    switch binary {
    case .isIn, .equal: meaning = .among(constants)
    case .notEqual: meaning = .notAmong(constants)
    case .less: meaning = .below(constants[0], orEqual: false)
    case .lessOrEqual: meaning = .below(constants[0], orEqual: true)
    case .greater: meaning = .above(constants[0], orEqual: false)
    case .greaterOrEqual: meaning = .above(constants[0], orEqual: true)
    case .or, .and, .add, .subtract, .multiply, .divide, .modulo: return nil
    }
  }

  private init(subject: String, _ meaning: Meaning) {
    self.subject = subject
    self.meaning = meaning
  }

  /// What every size is.
  static let notNegative = Constraint(subject: "", .above(.number(0), orEqual: true))

  /// What holds where this does not.
  var negated: Constraint {
    var result = self
    switch meaning {
    case .among(let constants): result.meaning = .notAmong(constants)
    case .notAmong(let constants): result.meaning = .among(constants)
    case .above(let constant, let orEqual):
      result.meaning = .below(constant, orEqual: !orEqual)
    case .below(let constant, let orEqual):
      result.meaning = .above(constant, orEqual: !orEqual)
    }
    return result
  }

  /// Whether some value may meet both.
  ///
  /// `acrossTypes` says whether a text and a number exclude each other, too: that holds where
  /// both must be true, but not where both must be false.
  func agrees(with other: Constraint, acrossTypes: Bool = true) -> Bool {
    switch (meaning, other.meaning) {
    case (.among(let constants), _):
      constants.contains { other.allows($0, acrossTypes: acrossTypes) }
    case (_, .among(let constants)):
      constants.contains { allows($0, acrossTypes: acrossTypes) }
    case (.above(let low, let one), .below(let high, let two)),
      (.below(let high, let two), .above(let low, let one)):
      low.precedes(high).map { $0 || low == high && one && two } ?? !acrossTypes
    case (.above(let low, _), .above(let other, _)), (.below(let low, _), .below(let other, _)):
      low.precedes(other) != nil || !acrossTypes
    case (.notAmong, _), (_, .notAmong): true
    }
  }

  private func allows(_ constant: Constant, acrossTypes: Bool) -> Bool {
    switch meaning {
    case .among(let constants):
      constants.contains(constant)
        || !acrossTypes && !constants.contains { $0.precedes(constant) != nil }
    case .notAmong(let constants): !constants.contains(constant)
    case .above(let low, let orEqual):
      low.precedes(constant).map { $0 || orEqual && low == constant } ?? !acrossTypes
    case .below(let high, let orEqual):
      constant.precedes(high).map { $0 || orEqual && high == constant } ?? !acrossTypes
    }
  }
}

extension Constraint.Constant {
  /// Absent for what is neither, for NaN, and for numbers so large that unequal ones may count
  /// as equal.
  private init?(_ literal: Literal) {
    switch literal {
    case .int(let value) where value.magnitude <= 1 << 53: self = .number(Double(value))
    case .uint(let value) where value <= 1 << 53: self = .number(Double(value))
    case .double(let value) where value.magnitude <= 0x1p53: self = .number(value)
    case .string(let text): self = .text(Array(text.utf8))
    case .bool(let value): self = .bool(value)
    case .null: self = .null
    default: return nil
    }
  }

  /// The constants that an expression is, or that a list of them holds.
  fileprivate static func all(
    in expression: Expression, _ environment: Environment
  ) -> (items: [Self], isList: Bool)? {
    guard let literal = ConstantValue(of: expression, in: environment)?.literal else { return nil }
    guard case .list(let elements) = literal else {
      return Self(literal).map { ([$0], false) }
    }
    let items = elements.compactMap { Self($0) }
    return items.count == elements.count && items.count <= itemLimit ? (items, true) : nil
  }

  /// Longer lists are not compared.
  private static let itemLimit = 100

  /// Whether it comes before another of its kind; absent for two kinds.
  fileprivate func precedes(_ other: Self) -> Bool? {
    switch (self, other) {
    case (.number(let one), .number(let two)): one < two
    case (.text(let one), .text(let two)): one.lexicographicallyPrecedes(two)
    case (.bool(let one), .bool(let two)): !one && two
    case (.null, .null): false
    case (.number, _), (.text, _), (.bool, _), (.null, _): nil
    }
  }
}

extension Expression.BinaryOperator {
  /// The operator with its sides swapped; absent where they are not alike.
  fileprivate var mirrored: Self? {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .or, .and, .isIn, .add, .subtract, .multiply, .divide, .modulo: nil
    }
  }
}
