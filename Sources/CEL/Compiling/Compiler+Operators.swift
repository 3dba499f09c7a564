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

  /// Whether a number was read from the host; see ``Environment/isRead(_:isReadLocal:)``.
  func isRead(_ expression: Expression) -> Bool {
    environment.isRead(expression) { name in
      routine.locals.last { $0.name == name }?.isRead ?? false
    }
  }
}

extension Expression {
  /// The operands of a chain of one operator, in order.
  func collectOperands(
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
