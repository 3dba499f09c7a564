internal import CEL

extension Expression {
  /// The nodes directly below this one.
  var children: [Expression] {
    switch kind {
    case .literal, .identifier, .reference: []
    case .select(let operand, _), .optionalSelect(let operand, _), .presence(let operand, _, _),
      .unary(_, let operand):
      [operand]
    case .index(let left, let right), .optionalIndex(let left, let right),
      .binary(_, let left, let right):
      [left, right]
    case .call(_, let target, let arguments): (target.map { [$0] } ?? []) + arguments
    case .conditional(let condition, let yes, let no): [condition, yes, no]
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .message(_, let fields): fields.map(\.value)
    case .macro(let macro): [macro.operand] + macro.arguments
    }
  }

  /// Calls `body` for this node and all below, outermost first.
  func walk(_ body: (Expression) -> Void) {
    body(self)
    for child in children { child.walk(body) }
  }

  /// The tree with every node replaced by what `transform` makes of it, innermost first.
  func rewritten(_ transform: (Expression) -> Expression) -> Expression {
    func inner(_ node: Expression) -> Expression { node.rewritten(transform) }
    var copy = self
    copy.kind =
      switch kind {
      case .literal, .identifier, .reference: kind
      case .select(let operand, let field): .select(inner(operand), field: field)
      case .optionalSelect(let operand, let field): .optionalSelect(inner(operand), field: field)
      case .presence(let operand, let field, let isOptional):
        .presence(inner(operand), field: field, isOptional: isOptional)
      case .unary(let sign, let operand): .unary(sign, inner(operand))
      case .index(let left, let right): .index(inner(left), inner(right))
      case .optionalIndex(let left, let right): .optionalIndex(inner(left), inner(right))
      case .binary(let sign, let left, let right): .binary(sign, inner(left), inner(right))
      case .call(let name, let target, let arguments):
        .call(name, target: target.map(inner), arguments: arguments.map(inner))
      case .conditional(let condition, let yes, let no):
        .conditional(inner(condition), inner(yes), inner(no))
      case .list(let elements):
        .list(elements.map { ListElement(inner($0.value), isOptional: $0.isOptional) })
      case .map(let entries):
        .map(
          entries.map { MapEntry(inner($0.key), inner($0.value), isOptional: $0.isOptional) })
      case .message(let name, let fields):
        .message(
          name,
          fields: fields.map {
            MessageField($0.name, inner($0.value), isOptional: $0.isOptional)
          })
      case .macro(let macro):
        .macro(
          Macro(
            macro.name, operand: inner(macro.operand), variables: macro.variables,
            arguments: macro.arguments.map(inner)))
      }
    return transform(copy)
  }
}
