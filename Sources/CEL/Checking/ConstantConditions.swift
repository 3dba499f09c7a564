/// Finds conditions whose outcome does not depend on the event, though they look as if it did.
///
/// What holds of values holds of unknowns too: such a condition may still be unknown, but it is
/// never the other of true and false.
struct ConstantConditions {
  let environment: Environment
  /// What is said already: a condition around it follows from it.
  private var said: [Range<Int>]
  private(set) var issues: [Issue] = []

  init(_ environment: Environment, beside issues: [Issue]) {
    self.environment = environment
    said = issues.map(\.range)
  }

  /// Looks at a tree from the leaves up, so that the smallest part is named.
  ///
  /// `outer` is the operator of the chain that the node belongs to.
  ///
  /// - Returns: whether the node reads something from outside, so that it is no constant.
  @discardableResult
  mutating func visit(
    _ expression: Expression, within outer: Expression.BinaryOperator? = nil
  ) -> Bool {
    let operation = expression.binaryOperator
    var reads = expression.isReading
    expression.forEachChild { if visit($0, within: operation) { reads = true } }
    switch expression.kind {
    case .binary(.and, _, _), .binary(.or, _, _):
      if operation != outer { visitChain(expression) }
    case .binary(_, let left, let right): visitComparison(expression, left, right)
    case .presence(let operand, let field, _):
      if operand.alwaysHas(field, in: environment) {
        report(.alwaysThere(field, at: expression.range))
      }
    default: break
    }
    if !reads { visitConstant(expression) }
    return reads
  }

  private mutating func report(_ issue: Issue) {
    guard issues.count < Checker.issueLimit, !says(within: issue.range) else { return }
    said.append(issue.range)
    issues.append(issue)
  }

  private func says(within range: Range<Int>) -> Bool {
    said.contains { $0.lowerBound >= range.lowerBound && $0.upperBound <= range.upperBound }
  }

  /// `size("a") > 0`.
  private mutating func visitConstant(_ expression: Expression) {
    guard case .bool = expression.type, !expression.isLiteral, !says(within: expression.range),
      case .bool(let value) = ConstantValue(of: expression, in: environment)?.literal
    else { return }
    report(.alwaysSame(value, at: expression.range))
  }

  private mutating func visitComparison(
    _ expression: Expression, _ left: Expression, _ right: Expression
  ) {
    guard let binary = expression.binaryOperator, binary.isComparison else { return }
    if binary == .isIn {
      if case .list(let elements) = right.kind, elements.isEmpty {
        report(.alwaysSame(false, at: expression.range))
      } else if case .literal(.list(let elements)) = right.kind, elements.isEmpty {
        report(.alwaysSame(false, at: expression.range))
      }
      return
    }
    if !left.isLiteral, !right.isPlainLiteral, left.isSeparate(from: right),
      left.description == right.description
    {
      report(.sameSides(at: expression.range))
    }
    guard left.isSize || right.isSize,
      let constraint = Constraint(expression, in: environment), constraint.isOfSize
    else { return }
    if !constraint.agrees(with: .notNegative) {
      report(.alwaysSame(false, at: expression.range))
    } else if !constraint.negated.agrees(with: .notNegative) {
      report(.alwaysSame(true, at: expression.range))
    }
  }
}

extension ConstantConditions {
  /// The most operands of a chain that are compared with each other.
  private static let operandLimit = 200

  /// `a && b && …`: parts that stand twice, and parts that exclude each other.
  private mutating func visitChain(_ expression: Expression) {
    guard case .binary(let binary, _, _) = expression.kind else { return }
    var operands: [Expression] = []
    expression.collectOperands(of: binary, into: &operands)
    // What a host builds from one text stands at one place, and nothing in it is compared.
    guard operands.count <= ConstantConditions.operandLimit,
      let firstEnd = operands.map(\.range.upperBound).min(),
      let lastStart = operands.map(\.range.lowerBound).max(), firstEnd <= lastStart
    else { return }
    var texts: [String: Expression] = [:]
    var constraints: [(constraint: Constraint, operand: Expression)] = []
    for operand in operands {
      let text = operand.description
      if let first = texts[text], first.isSeparate(from: operand) {
        report(.standsTwice(at: operand.range))
        continue
      }
      texts[text] = texts[text] ?? operand
      let opposite = texts[operand.negatedText(text)]
      if let opposite, opposite.isSeparate(from: operand) {
        report(.excludes(opposite, binary, at: operand.range))
        continue
      }
      guard var constraint = Constraint(operand, in: environment) else { continue }
      if binary == .or { constraint = constraint.negated }
      let clash = constraints.first { before in
        before.constraint.subject == constraint.subject
          && before.operand.isSeparate(from: operand)
          && !constraint.agrees(with: before.constraint, acrossTypes: binary == .and)
      }
      if let clash { report(.excludes(clash.operand, binary, at: operand.range)) }
      constraints.append((constraint, operand))
    }
  }
}

extension Expression {
  /// See ``ConstantConditions``.
  func constantConditions(in environment: Environment, beside issues: [Issue]) -> [Issue] {
    var finder = ConstantConditions(environment, beside: issues)
    finder.visit(self)
    return finder.issues
  }

  fileprivate var binaryOperator: BinaryOperator? {
    if case .binary(let binary, _, _) = kind { binary } else { nil }
  }

  /// Whether both were written: what a host builds from one text has one place.
  fileprivate func isSeparate(from other: Expression) -> Bool {
    range.upperBound <= other.range.lowerBound || other.range.upperBound <= range.lowerBound
  }

  /// Whether the node itself reads something, whatever stands below it.
  fileprivate var isReading: Bool {
    switch kind {
    case .identifier, .reference(.variable), .reference(.computed), .reference(.unbound), .message:
      true
    case .literal, .reference(.local), .select, .optionalSelect, .presence, .index, .optionalIndex,
      .call, .unary, .binary, .conditional, .list, .map, .macro:
      false
    }
  }

  fileprivate var isSize: Bool { if case .call("size", _, _) = kind { true } else { false } }

  /// Whether it is a literal of which the text is that of no other expression.
  fileprivate var isPlainLiteral: Bool {
    switch kind {
    case .literal(.string), .literal(.int), .literal(.uint), .literal(.bool), .literal(.null): true
    default: false
    }
  }

  /// The text of the opposite; `text` is that of the expression.
  fileprivate func negatedText(_ text: String) -> String {
    if case .unary(.not, let operand) = kind { return operand.description }
    return Expression(.unary(.not, self), range).description
  }

  /// Whether a map has a field wherever there is an event at all.
  fileprivate func alwaysHas(_ field: String, in environment: Environment) -> Bool {
    guard case .record(let record) = type, record.field(field)?.presence == .always else {
      return false
    }
    switch kind {
    case .reference(.variable): return true
    case .select(let operand, let own): return operand.alwaysHas(own, in: environment)
    default: return false
    }
  }
}

extension Expression.BinaryOperator {
  fileprivate var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn: true
    case .or, .and, .add, .subtract, .multiply, .divide, .modulo: false
    }
  }
}

extension Issue {
  fileprivate static func alwaysSame(_ value: Bool, at range: Range<Int>) -> Issue {
    Issue(.constantCondition, "this part of the condition is always \(value)", at: range)
  }

  fileprivate static func alwaysThere(_ field: String, at range: Range<Int>) -> Issue {
    Issue(.constantCondition, "`\(field)` is always there", at: range)
  }

  fileprivate static func sameSides(at range: Range<Int>) -> Issue {
    Issue(
      .constantCondition, "both sides are the same, so the outcome is too", at: range,
      help: "compare with something else")
  }

  fileprivate static func standsTwice(at range: Range<Int>) -> Issue {
    Issue(.constantCondition, "this part of the condition stands there twice", at: range)
  }

  fileprivate static func excludes(
    _ other: Expression, _ binary: Expression.BinaryOperator, at range: Range<Int>
  ) -> Issue {
    let text = other.description
    let name = text.utf8.count <= 40 ? "`\(text)`" : "a part before it"
    return binary == .and
      ? Issue(
        .constantCondition, "this never holds together with \(name)", at: range,
        label: "the whole is never true")
      : Issue(
        .constantCondition, "this always holds where \(name) does not", at: range,
        label: "the whole is never false", help: "to exclude both use `&&`")
  }
}
