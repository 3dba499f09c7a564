extension Checker {
  /// An operand that must be true or false.
  mutating func checkTruth(_ expression: Expression, of user: String) -> Expression {
    let checked = check(expression)
    switch type(of: checked) {
    case .bool, .dynamic, .parameter, .unknown, .wrapper(.bool): break
    case let type: report(.notTruth(type, user: user, at: checked.range))
    }
    if environment.profile == .regra, case .literal(.bool(let value)) = checked.kind {
      report(.constantPart(value, at: checked.range))
    }
    return checked
  }

  mutating func checkUnary(
    _ expression: Expression, _ unary: Expression.UnaryOperator, _ operand: Expression
  ) -> Expression {
    switch unary {
    case .not:
      return expression.checked(.unary(.not, checkTruth(operand, of: "!")), as: .bool)
    case .negate:
      let operand = check(operand)
      let type = self.type(of: operand)
      switch type {
      case .int, .double, .dynamic, .parameter, .unknown, .wrapper:
        return expression.checked(
          .unary(.negate, operand), as: type.isOpen ? .dynamic : type.unwrapped)
      default:
        report(.notNegatable(type, at: expression.range))
        return expression.checked(.unary(.negate, operand), as: .unknown)
      }
    }
  }

  mutating func checkBinary(
    _ expression: Expression, _ binary: Expression.BinaryOperator, _ left: Expression,
    _ right: Expression
  ) -> Expression {
    if binary == .subtract, let repaired = checkMinusInName(expression) { return repaired }
    switch binary {
    case .and, .or:
      let left = checkTruth(left, of: binary.rawValue)
      let right = checkTruth(right, of: binary.rawValue)
      return expression.checked(.binary(binary, left, right), as: .bool)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn:
      let checked = expression.checked(.binary(binary, check(left), check(right)), as: .bool)
      checkComparison(checked)
      return checked
    case .add, .subtract, .multiply, .divide, .modulo:
      let left = check(left)
      let right = check(right)
      let types = (type(of: left), type(of: right))
      var result = arithmeticType(binary, types.0, types.1)
      if result == nil {
        report(.wrongOperands(binary, types.0, types.1, at: expression.range))
        result = .unknown
      } else if environment.profile == .regra {
        if binary == .divide, types.0.isNumeric, types.1.isNumeric, isRead(left) || isRead(right) {
          result = .double
        }
        checkNumbers(binary, left, right, as: result ?? .unknown, at: expression.range)
      }
      return expression.checked(.binary(binary, left, right), as: result ?? .unknown)
    }
  }

  /// Whether a number is host data; see ``Environment/isRead(_:isReadLocal:)``.
  func isRead(_ expression: Expression) -> Bool {
    environment.isRead(expression) { local($0)?.isRead ?? false }
  }

  private mutating func checkComparison(_ expression: Expression) {
    guard case .binary(let binary, let left, let right) = expression.kind else { return }
    let types = (type(of: left), type(of: right))
    switch binary {
    case .equal, .notEqual:
      if !canBeEqual(types.0, types.1) {
        report(.neverEqual(expression, types.0, types.1))
      } else if environment.profile == .regra, left.isLiteral, right.isLiteral {
        report(.constantComparison(at: expression.range))
      }
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      if !haveOrder(types.0, types.1) {
        report(.noOrder(expression, types.0, types.1))
      } else if environment.profile == .regra, left.isLiteral, right.isLiteral {
        report(.constantComparison(at: expression.range))
      }
    case .isIn: checkMembership(left, types.0, in: right, types.1)
    case .or, .and, .add, .subtract, .multiply, .divide, .modulo: break
    }
  }

  private mutating func checkMembership(
    _ item: Expression, _ itemType: Type, in container: Expression, _ containerType: Type
  ) {
    switch containerType {
    case .list(let element):
      if !canBeEqual(itemType, element) { report(.neverIn(itemType, element, at: item.range)) }
    case .map(let key, _):
      if !canBeEqual(itemType, key) { report(.neverIn(itemType, key, at: item.range)) }
    case .record(let record): checkMembership(item, itemType, in: record, container)
    case .dynamic, .parameter, .unknown, .named: break
    default: report(.noContainer(containerType, at: container.range))
    }
  }

  /// Whether `==` between the types has more than one outcome.
  func canBeEqual(_ first: Type, _ second: Type) -> Bool {
    switch (substitution.apply(to: first), substitution.apply(to: second)) {
    case (.dynamic, _), (_, .dynamic), (.unknown, _), (_, .unknown), (.parameter, _),
      (_, .parameter), (.null, _), (_, .null):
      true
    case (.wrapper(let inner), let other), (let other, .wrapper(let inner)):
      canBeEqual(inner, other)
    case (.list(let element), .list(let other)): canBeEqual(element, other)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      canBeEqual(key, otherKey) && canBeEqual(value, otherValue)
    case (.record(let record), .record(let other)): canBeEqual(record, other)
    case (.record(let record), .map(let key, let value)),
      (.map(let key, let value), .record(let record)):
      canBeEqual(record, key: key, value: value)
    case (.optional(let inner), .optional(let other)): canBeEqual(inner, other)
    case (.type, .type): true
    case (.named(let name, _), .named(let other, _)): name == other
    case (let one, let other): one == other || one.isNumeric && other.isNumeric
    }
  }

  private func haveOrder(_ first: Type, _ second: Type) -> Bool {
    guard first.hasOrder, second.hasOrder else { return false }
    return first.isOpen || second.isOpen || first.unwrapped == second.unwrapped
      || first.isNumeric && second.isNumeric
  }

  /// The type of an arithmetic result; absent if there is none.
  private mutating func arithmeticType(
    _ binary: Expression.BinaryOperator, _ first: Type, _ second: Type
  ) -> Type? {
    if first.isOpen || second.isOpen {
      let known = first.isOpen ? second : first
      return known.isOpen || known.takesPart(in: binary) ? .dynamic : nil
    }
    switch (first.unwrapped, second.unwrapped) {
    case (.int, .int), (.uint, .uint): return first.unwrapped
    case (.double, .double): return binary == .modulo ? nil : .double
    case (let one, let other) where one.isNumeric && other.isNumeric:
      return environment.profile == .regra && binary != .modulo ? .double : nil
    case (.string, .string), (.bytes, .bytes): return binary == .add ? first.unwrapped : nil
    case (.list(let element), .list(let other)):
      return binary == .add ? .list(substitution.join(element, other)) : nil
    case (.timestamp, .duration): return binary == .add || binary == .subtract ? .timestamp : nil
    case (.duration, .timestamp): return binary == .add ? .timestamp : nil
    case (.timestamp, .timestamp): return binary == .subtract ? .duration : nil
    case (.duration, .duration): return binary == .add || binary == .subtract ? .duration : nil
    default: return nil
    }
  }
}

extension Type {
  /// The type that a wrapper wraps, or itself.
  var unwrapped: Type { if case .wrapper(let inner) = self { inner } else { self } }

  fileprivate var hasOrder: Bool {
    switch unwrapped {
    case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .dynamic,
      .parameter, .unknown:
      true
    default: false
    }
  }

  /// Whether an operator has some overload for the type.
  fileprivate func takesPart(in binary: Expression.BinaryOperator) -> Bool {
    switch unwrapped {
    case .int, .uint: true
    case .double: binary != .modulo
    case .string, .bytes, .list: binary == .add
    case .timestamp, .duration: binary == .add || binary == .subtract
    default: false
    }
  }
}

extension Expression {
  var isLiteral: Bool { if case .literal = kind { true } else { false } }

  /// The number that a text constant spells.
  fileprivate var spelledNumber: String? {
    guard case .literal(.string(let text)) = kind, let parsed = Expression.parse(text).expression
    else { return nil }
    switch parsed.kind {
    case .literal(.int), .literal(.double): return text
    default: return nil
    }
  }
}

extension Issue {
  fileprivate static func notTruth(_ type: Type, user: String, at range: Range<Int>) -> Issue {
    Issue(.wrongType, "`\(user)` needs true or false", at: range, label: type.noun)
  }

  fileprivate static func constantPart(_ value: Bool, at range: Range<Int>) -> Issue {
    Issue(.constantCondition, "this part of the condition is always \(value)", at: range)
  }

  fileprivate static func constantComparison(at range: Range<Int>) -> Issue {
    Issue(
      .constantCondition, "both sides are constants, so the outcome is always the same",
      at: range, help: "a field is read with its whole path, such as `event.status`")
  }

  fileprivate static func notNegatable(_ type: Type, at range: Range<Int>) -> Issue {
    Issue(.wrongType, "only a number has a negative", at: range, label: type.noun)
  }

  private static func textInsteadOfNumber(_ expression: Expression) -> (Range<Int>, String)? {
    for operand in expression.children {
      if let number = operand.spelledNumber { return (operand.range, number) }
    }
    return nil
  }

  fileprivate static func neverEqual(
    _ expression: Expression, _ first: Type, _ second: Type
  ) -> Issue {
    let message = "\(first.noun) is never equal to \(second.noun)"
    if first.isNumeric || second.isNumeric, let (range, number) = textInsteadOfNumber(expression) {
      return Issue(
        .constantCondition, message, at: range, label: "a text", help: "write `\(number)`",
        replacement: number)
    }
    return Issue(.constantCondition, message, at: expression.range)
  }

  fileprivate static func noOrder(
    _ expression: Expression, _ first: Type, _ second: Type
  ) -> Issue {
    guard case .binary(let binary, _, _) = expression.kind else {
      preconditionFailure("a comparison has two sides")
    }
    let message = "`\(binary.rawValue)` compares two numbers, two texts or two times"
    if first.isNumeric || second.isNumeric, let (range, number) = textInsteadOfNumber(expression) {
      return Issue(
        .wrongType, message, at: range, label: "a text", help: "write `\(number)`",
        replacement: number)
    }
    return Issue(
      .wrongType, message, at: expression.range, label: "\(first.noun) and \(second.noun)")
  }

  fileprivate static func neverIn(_ item: Type, _ element: Type, at range: Range<Int>) -> Issue {
    Issue(
      .constantCondition, "\(item.noun) is never in a list of which each item is \(element.noun)",
      at: range, label: item.noun)
  }

  fileprivate static func noContainer(_ type: Type, at range: Range<Int>) -> Issue {
    Issue(
      .wrongType, "`in` looks into a list or the keys of a map", at: range, label: type.noun,
      help: type == .string ? "use `text.contains(part)`" : nil)
  }

  fileprivate static func wrongOperands(
    _ binary: Expression.BinaryOperator, _ first: Type, _ second: Type, at range: Range<Int>
  ) -> Issue {
    let rule: String
    switch binary {
    case .add: rule = "`+` adds numbers of one type, moves times, joins texts or lists"
    case .subtract: rule = "`-` works on numbers of one type and on times"
    case .modulo: rule = "`%` works on whole numbers of one type"
    default: rule = "`\(binary.rawValue)` works on numbers of one type"
    }
    let isJoin = binary == .add && (first == .string || second == .string)
    let areNumbers = first.isNumeric && second.isNumeric
    return Issue(
      .wrongType, rule, at: range,
      label: areNumbers ? "`\(first)` and `\(second)`" : "\(first.noun) and \(second.noun)",
      help: isJoin
        ? "make a text of the other side with `string(…)`"
        : areNumbers ? "convert one side with `int(…)` or `double(…)`" : nil)
  }
}
