extension Compiler {
  mutating func compileBinary(
    _ expression: Expression, _ binary: Expression.BinaryOperator, _ left: Expression,
    _ right: Expression
  ) {
    switch binary {
    case .and, .or: compileLogic(expression, binary)
    case .isIn: compileMembership(expression, left, right)
    case .equal: compileOperands(expression, .equal, left, right)
    case .notEqual: compileOperands(expression, .notEqual, left, right)
    case .less: compileOperands(expression, .less, left, right)
    case .lessOrEqual: compileOperands(expression, .lessOrEqual, left, right)
    case .greater: compileOperands(expression, .greater, left, right)
    case .greaterOrEqual: compileOperands(expression, .greaterOrEqual, left, right)
    case .add: compileOperands(expression, .add, left, right)
    case .subtract: compileOperands(expression, .subtract, left, right)
    case .multiply: compileOperands(expression, .multiply, left, right)
    case .modulo: compileOperands(expression, .modulo, left, right)
    case .divide:
      let isExact = environment.profile == .regra && (isRead(left) || isRead(right))
      compileOperands(expression, isExact ? .divideExactly : .divide, left, right)
    }
  }

  private mutating func compileOperands(
    _ expression: Expression, _ operation: Instruction.Operation, _ left: Expression,
    _ right: Expression
  ) {
    let mixed = environment.profile == .regra ? Instruction.mixedNumbers : 0
    compile(left)
    if case .literal(let literal) = right.kind {
      emitConstant(operation, mixed, expression, literal)
    } else {
      compile(right)
      emit(operation, detail: mixed, site: site(expression), depth: -1)
    }
  }

  private mutating func emitConstant(
    _ operation: Instruction.Operation, _ mixed: UInt8, _ expression: Expression,
    _ literal: Literal
  ) {
    emit(
      operation, detail: mixed | Instruction.constantOperand, site: site(expression),
      argument: constant(literal), depth: 0)
  }

  private mutating func compileMembership(
    _ expression: Expression, _ item: Expression, _ container: Expression
  ) {
    if case .literal(let constants) = container.kind, let set = constantSet(constants) {
      compile(item)
      emit(.isInSet, site: site(expression), argument: set, depth: 0)
    } else {
      compileOperands(expression, .isIn, item, container)
    }
  }

  /// `a && b && c` jumps from each operand that decides to the end.
  private mutating func compileLogic(
    _ expression: Expression, _ binary: Expression.BinaryOperator
  ) {
    var operands: [Expression] = []
    expression.collectOperands(of: binary, into: &operands)
    var jumps: [Int] = []
    for (index, operand) in operands.enumerated() {
      compile(operand)
      if index > 0 { emit(binary == .and ? .and : .or, site: site(operand), depth: -1) }
      guard index < operands.count - 1 else { break }
      jumps.append(position)
      emit(binary == .and ? .jumpIfFalse : .jumpIfTrue, depth: 0)
    }
    for jump in jumps { land(jump) }
  }

  /// Whether a number was read from the host: from a variable whose type is open, or a computed
  /// name that stands on one, itself or through arithmetic.
  func isRead(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .reference(.variable(let name)): return environment.variables[name] == .dynamic
    case .reference(.computed(let name)):
      return environment.computed[name].map { readsVariable($0, within: [name]) } ?? false
    case .reference(.local(let name)):
      return routine.locals.last { $0.name == name }?.isRead ?? false
    case .select(let operand, _), .index(let operand, _), .unary(_, let operand),
      .optionalSelect(let operand, _), .optionalIndex(let operand, _):
      return isRead(operand)
    case .binary(_, let left, let right): return isRead(left) || isRead(right)
    case .conditional(_, let accepted, let rejected): return isRead(accepted) || isRead(rejected)
    case .call(let name, let target, let arguments):
      return ["known", "value", "orValue", "dyn"].contains(name)
        && ((target.map { [$0] } ?? []) + arguments).contains { isRead($0) }
    case .macro(let macro):
      return macro.name == .filter && isRead(macro.operand)
        || macro.name == .bind && macro.arguments.contains { isRead($0) }
    case .literal, .identifier, .reference(.unbound), .presence, .list, .map, .message:
      return false
    }
  }

  /// Whether an expression reads an open variable anywhere.
  private func readsVariable(_ expression: Expression, within names: Set<String>) -> Bool {
    expression.references.contains { reference in
      switch reference {
      case .variable(let name): environment.variables[name] == .dynamic
      case .computed(let name):
        !names.contains(name)
          && environment.computed[name].map { readsVariable($0, within: names.union([name])) }
            ?? false
      case .local, .unbound: false
      }
    }
  }
}

extension Expression {
  /// The operands of a chain of one operator, in order.
  fileprivate func collectOperands(
    of binary: BinaryOperator, into operands: inout [Expression]
  ) {
    if case .binary(binary, let left, let right) = kind {
      left.collectOperands(of: binary, into: &operands)
      right.collectOperands(of: binary, into: &operands)
    } else {
      operands.append(self)
    }
  }
}
