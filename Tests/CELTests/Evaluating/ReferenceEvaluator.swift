import CEL

/// Walks the tree as the language definition reads; nil is any failure.
///
/// It is the judge of the compiled form: slow, and without a thought of speed.
struct ReferenceEvaluator {
  var profile: CEL.Environment.Profile
  /// Variables; one that holds nil is bound to a failure.
  var names: [String: Literal?]

  func evaluate(_ expression: Expression) -> Literal? {
    switch expression.kind {
    case .literal(let literal): return literal
    case .identifier(let name): return names[name] ?? nil
    case .select(let operand, let field):
      return evaluate(operand).flatMap { lookUp(.string(field), in: $0) }
    case .presence(let operand, let field, _):
      guard case .map(let entries)? = evaluate(operand) else { return nil }
      return .bool(entries.contains { equal($0.key, .string(field)) })
    case .index(let operand, let index):
      guard let container = evaluate(operand), let key = evaluate(index) else { return nil }
      return lookUp(key, in: container)
    case .unary(.not, let operand): return truth(evaluate(operand)).map { .bool(!$0) }
    case .unary(.negate, let operand):
      return evaluate(operand).flatMap { calculate(.subtract, .int(0), $0, isUnary: true) }
    case .conditional(let condition, let accepted, let rejected):
      return truth(evaluate(condition)).flatMap { evaluate($0 ? accepted : rejected) }
    case .binary(.and, let left, let right):
      return decide(false, [evaluate(left), evaluate(right)])
    case .binary(.or, let left, let right): return decide(true, [evaluate(left), evaluate(right)])
    case .binary(let binary, let left, let right):
      guard let left = evaluate(left), let right = evaluate(right) else { return nil }
      return apply(binary, left, right)
    case .list(let elements): return all(elements.map { evaluate($0.value) }).map { .list($0) }
    case .macro(let macro): return evaluate(macro)
    case .call("size", nil, let arguments): return evaluate(arguments[0]).flatMap(size)
    case .call(let name, let target?, let arguments):
      guard case .string(let text)? = evaluate(target),
        case .string(let part)? = evaluate(arguments[0])
      else { return nil }
      return .bool(name == "startsWith" ? text.utf8.starts(with: part.utf8) : text.contains(part))
    default: return nil
    }
  }

  private func evaluate(_ macro: Expression.Macro) -> Literal? {
    let range = evaluate(macro.operand)
    func body(_ element: Literal?) -> Literal? {
      var inner = self
      inner.names[macro.variables[0]] = .some(element)
      return inner.evaluate(macro.arguments[0])
    }
    if macro.name == .bind { return body(range) }
    let elements: [Literal]
    switch range {
    case .list(let list): elements = list
    case .map(let entries): elements = entries.map(\.key)
    default: return nil
    }
    let results = elements.map(body)
    let truths = results.map(truth)
    switch macro.name {
    case .all: return decide(false, results)
    case .exists: return decide(true, results)
    case .map: return all(results).map { .list($0) }
    case _ where truths.contains(nil): return nil
    case .existsOne: return .bool(truths.filter { $0 == true }.count == 1)
    default: return .list(zip(elements, truths).filter { $0.1 == true }.map(\.0))
    }
  }

  /// `&&` and `||`: a side that decides wins, otherwise every side must be a truth value.
  private func decide(_ deciding: Bool, _ sides: [Literal?]) -> Literal? {
    let truths = sides.map(truth)
    if truths.contains(deciding) { return .bool(deciding) }
    return truths.contains(nil) ? nil : .bool(!deciding)
  }

  private func truth(_ value: Literal?) -> Bool? {
    if case .bool(let truth)? = value { truth } else { nil }
  }

  private func all(_ values: [Literal?]) -> [Literal]? {
    values.contains { $0 == nil } ? nil : values.compactMap { $0 }
  }

  private func size(_ value: Literal) -> Literal? {
    switch value {
    case .string(let text): .int(Int64(text.unicodeScalars.count))
    case .list(let elements): .int(Int64(elements.count))
    case .map(let entries): .int(Int64(entries.count))
    default: nil
    }
  }

  private func lookUp(_ key: Literal, in container: Literal) -> Literal? {
    switch (container, key) {
    case (.map(let entries), .string), (.map(let entries), .bool), (.map(let entries), .int),
      (.map(let entries), .double), (.map(let entries), .uint):
      return entries.last { equal($0.key, key) }?.value
    case (.list(let elements), .int), (.list(let elements), .double), (.list(let elements), .uint):
      guard let number = number(key), let index = Int(exactly: number),
        elements.indices.contains(index)
      else { return nil }
      return elements[index]
    default: return nil
    }
  }

  private func number(_ value: Literal) -> Double? {
    switch value {
    case .int(let value): Double(value)
    case .uint(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  private func whole(_ value: Literal) -> Int128? {
    switch value {
    case .int(let value): Int128(value)
    case .uint(let value): Int128(value)
    default: nil
    }
  }

  private func equal(_ left: Literal, _ right: Literal) -> Bool {
    if let left = whole(left), let right = whole(right) { return left == right }
    if let left = number(left), let right = number(right) { return left == right }
    switch (left, right) {
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { equal($0, $1) }
    case (.map(let left), .map(let right)):
      return left.count == right.count
        && left.allSatisfy { entry in
          right.contains { equal(entry.key, $0.key) && equal(entry.value, $0.value) }
        }
    default: return left.isSame(as: right)
    }
  }

  private func apply(
    _ binary: Expression.BinaryOperator, _ left: Literal, _ right: Literal
  ) -> Literal? {
    switch binary {
    case .equal: return .bool(equal(left, right))
    case .notEqual: return .bool(!equal(left, right))
    case .isIn:
      switch (right, left) {
      case (.list(let elements), _): return .bool(elements.contains { equal($0, left) })
      case (.map(let entries), .string), (.map(let entries), .int), (.map(let entries), .double),
        (.map(let entries), .bool), (.map(let entries), .uint):
        return .bool(entries.contains { equal($0.key, left) })
      default: return nil
      }
    case .less: return order(left, right).map { .bool($0 < 0) }
    case .lessOrEqual: return order(left, right).map { .bool($0 <= 0) }
    case .greater: return order(left, right).map { .bool($0 > 0) }
    case .greaterOrEqual: return order(left, right).map { .bool($0 >= 0) }
    default: return calculate(binary, left, right)
    }
  }

  private func order(_ left: Literal, _ right: Literal) -> Int? {
    if let left = whole(left), let right = whole(right) {
      return left < right ? -1 : left == right ? 0 : 1
    }
    if let left = number(left), let right = number(right) {
      return left < right ? -1 : left == right ? 0 : 1
    }
    switch (left, right) {
    case (.bool(let left), .bool(let right)): return (left ? 1 : 0) - (right ? 1 : 0)
    case (.string(let left), .string(let right)):
      return left.utf8.lexicographicallyPrecedes(right.utf8)
        ? -1 : Array(left.utf8) == Array(right.utf8) ? 0 : 1
    default: return nil
    }
  }

  private func calculate(
    _ binary: Expression.BinaryOperator, _ left: Literal, _ right: Literal, isUnary: Bool = false
  ) -> Literal? {
    switch (left, right) {
    case (.string(let left), .string(let right)) where binary == .add: return .string(left + right)
    case (.list(let left), .list(let right)) where binary == .add: return .list(left + right)
    case (.int, .double) where isUnary, (.double, .double): break
    case (.int(let left), .int(let right)): return calculate(binary, left, right)
    default: if profile == .standard || isUnary { return nil }
    }
    guard let left = number(left), let right = number(right) else { return nil }
    switch binary {
    case .add: return .double(left + right)
    case .subtract: return .double(isUnary ? -right : left - right)
    case .multiply: return .double(left * right)
    case .divide: return .double(left / right)
    default: return nil
    }
  }

  private func calculate(
    _ binary: Expression.BinaryOperator, _ left: Int64, _ right: Int64
  ) -> Literal? {
    let isDivision = binary == .divide || binary == .modulo
    if isDivision && (right == 0 || left == .min && right == -1) { return nil }
    let exact: Int128 =
      switch binary {
      case .add: Int128(left) + Int128(right)
      case .subtract: Int128(left) - Int128(right)
      case .multiply: Int128(left) * Int128(right)
      case .divide: Int128(left / right)
      default: Int128(left % right)
      }
    return Int64(exactly: exact).map { .int($0) }
  }
}
