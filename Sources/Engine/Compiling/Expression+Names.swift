import CEL

extension CEL.Expression {
  /// The same tree with other names for what `let` defines.
  func renamingComputed(_ rename: (String) -> String) -> CEL.Expression {
    var copy = self
    copy.kind = kind.mapping { $0.renamingComputed(rename) }
    if case .reference(.computed(let name)) = kind {
      copy.kind = .reference(.computed(rename(name)))
    }
    return copy
  }

  /// Whether some node of the tree satisfies a condition.
  func contains(_ condition: (CEL.Expression) -> Bool) -> Bool {
    if condition(self) { return true }
    var isFound = false
    _ = kind.mapping { child in
      if !isFound, child.contains(condition) { isFound = true }
      return child
    }
    return isFound
  }
}

extension CEL.Expression.Kind {
  /// The same node with each child replaced.
  fileprivate func mapping(_ map: (CEL.Expression) -> CEL.Expression) -> Self {
    switch self {
    case .literal, .identifier, .reference: self
    case .select(let operand, let field): .select(map(operand), field: field)
    case .optionalSelect(let operand, let field): .optionalSelect(map(operand), field: field)
    case .presence(let operand, let field, let isOptional):
      .presence(map(operand), field: field, isOptional: isOptional)
    case .index(let operand, let index): .index(map(operand), map(index))
    case .optionalIndex(let operand, let index): .optionalIndex(map(operand), map(index))
    case .call(let name, let target, let arguments):
      .call(name, target: target.map(map), arguments: arguments.map(map))
    case .unary(let symbol, let operand): .unary(symbol, map(operand))
    case .binary(let symbol, let left, let right): .binary(symbol, map(left), map(right))
    case .conditional(let condition, let first, let second):
      .conditional(map(condition), map(first), map(second))
    case .list(let elements):
      .list(elements.map { .init(map($0.value), isOptional: $0.isOptional) })
    case .map(let entries):
      .map(entries.map { .init(map($0.key), map($0.value), isOptional: $0.isOptional) })
    case .message(let name, let fields):
      .message(
        name, fields: fields.map { .init($0.name, map($0.value), isOptional: $0.isOptional) })
    case .macro(let macro):
      .macro(
        .init(
          macro.name, operand: map(macro.operand), variables: macro.variables,
          arguments: macro.arguments.map(map)))
    }
  }
}
