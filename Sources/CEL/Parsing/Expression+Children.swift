extension Expression {
  /// The nodes directly below, in source order.
  public var children: [Expression] {
    switch kind {
    case .literal, .identifier, .reference: []
    case .select(let operand, _), .optionalSelect(let operand, _), .presence(let operand, _, _),
      .unary(_, let operand):
      [operand]
    case .index(let first, let second), .optionalIndex(let first, let second),
      .binary(_, let first, let second):
      [first, second]
    case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
    case .conditional(let condition, let accepted, let rejected): [condition, accepted, rejected]
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .message(_, let fields): fields.map(\.value)
    case .macro(let macro): [macro.operand] + macro.arguments
    }
  }

  /// Whether the node or one below it satisfies a condition.
  package func contains(where condition: (Expression) -> Bool) -> Bool {
    condition(self) || hasChild { $0.contains(where: condition) }
  }

  /// Calls `body` for each node directly below, in source order, without a list of them.
  package func forEachChild(_ body: (Expression) -> Void) {
    _ = hasChild {
      body($0)
      return false
    }
  }

  /// Whether a node directly below satisfies a condition; the first that does is the last asked.
  func hasChild(where condition: (Expression) -> Bool) -> Bool {
    switch kind {
    case .literal, .identifier, .reference: false
    case .select(let operand, _), .optionalSelect(let operand, _), .presence(let operand, _, _),
      .unary(_, let operand):
      condition(operand)
    case .index(let first, let second), .optionalIndex(let first, let second),
      .binary(_, let first, let second):
      condition(first) || condition(second)
    case .call(_, let target, let arguments):
      target.map(condition) ?? false || arguments.contains(where: condition)
    case .conditional(let first, let second, let third):
      condition(first) || condition(second) || condition(third)
    case .list(let elements): elements.contains { condition($0.value) }
    case .map(let entries): entries.contains { condition($0.key) || condition($0.value) }
    case .message(_, let fields): fields.contains { condition($0.value) }
    case .macro(let macro): condition(macro.operand) || macro.arguments.contains(where: condition)
    }
  }

  /// The same node over other children.
  public func mapChildren(_ change: (Expression) -> Expression) -> Expression {
    var result = self
    result.kind =
      switch kind {
      case .literal, .identifier, .reference: kind
      case .select(let operand, let field): .select(change(operand), field: field)
      case .optionalSelect(let operand, let field):
        .optionalSelect(change(operand), field: field)
      case .presence(let operand, let field, let isOptional):
        .presence(change(operand), field: field, isOptional: isOptional)
      case .unary(let unary, let operand): .unary(unary, change(operand))
      case .index(let operand, let index): .index(change(operand), change(index))
      case .optionalIndex(let operand, let index): .optionalIndex(change(operand), change(index))
      case .binary(let binary, let left, let right): .binary(binary, change(left), change(right))
      case .call(let name, let target, let arguments):
        .call(name, target: target.map(change), arguments: arguments.map(change))
      case .conditional(let condition, let accepted, let rejected):
        .conditional(change(condition), change(accepted), change(rejected))
      case .list(let elements):
        .list(elements.map { ListElement(change($0.value), isOptional: $0.isOptional) })
      case .map(let entries):
        .map(
          entries.map { MapEntry(change($0.key), change($0.value), isOptional: $0.isOptional) })
      case .message(let name, let fields):
        .message(
          name,
          fields: fields.map {
            MessageField($0.name, change($0.value), isOptional: $0.isOptional)
          })
      case .macro(let macro):
        .macro(
          Macro(
            macro.name, operand: change(macro.operand), variables: macro.variables,
            arguments: macro.arguments.map(change)))
      }
    return result
  }

  /// The declared variables and computed names read anywhere in the tree; only after checking.
  public var references: Set<Reference> {
    if case .reference(let reference) = kind { return [reference] }
    return children.reduce(into: []) { $0.formUnion($1.references) }
  }
}
