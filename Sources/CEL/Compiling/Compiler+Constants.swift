extension Compiler {
  /// The number of a constant; equal ones are one.
  mutating func constant(_ literal: Literal) -> Int {
    let key = literal.constantKey
    if let key, let known = parts.names.constants[key] { return known }
    header.pointee.constants.append(store(literal))
    let number = header.pointee.constants.count - 1
    if let key { parts.names.constants[key] = number }
    return number
  }

  /// The tree in which each part that is made of constants alone is what it comes to.
  ///
  /// It is made from the leaves up, so that each node is evaluated once; a part without a value
  /// stays, and so does what stands on it.
  func foldingConstants(in expression: Expression) -> Expression {
    guard mode == .folding else { return expression }
    let inner = expression.mapChildren(foldingConstants)
    guard inner.isFoldable, let literal = evaluated(inner) else { return inner }
    return Expression(.literal(literal), expression.range, type: expression.type)
  }

  /// What an operation on constants comes to, if it has a value.
  private func evaluated(_ expression: Expression) -> Literal? {
    let table = Table()
    var compiler = Compiler(table.header, environment, SlotLayout(), mode: .plain)
    let routine = compiler.compileRoutine(expression, entry: 0)
    var slot = Value.missing
    var scratch = Scratch(costLimit: 10_000)
    scratch.stack.reserve(table.header.pointee.stackDepth)
    let value = Machine.evaluate(routine, table.header, &slot, scratch.stack.start, &scratch)
    return withExtendedLifetime(table) {
      scratch.holdsAddress(value) ? nil : scratch.literal(of: value)
    }
  }

  /// The number of the set of a constant list that holds texts and nothing else.
  mutating func constantSet(_ literal: Literal) -> Int? {
    guard case .list(let elements) = literal else { return nil }
    var key: [[UInt8]] = []
    for element in elements {
      guard case .string(let text) = element else { return nil }
      key.append(Array(text.utf8))
    }
    if let known = parts.names.sets[key] { return known }
    let number = header.pointee.sets.append(elements.map { store($0) })
    parts.names.sets[key] = number
    return number
  }
}

extension Scratch {
  /// Whether a value is or holds an Internet address, of which no literal can be made.
  fileprivate borrowing func holdsAddress(_ value: Value) -> Bool {
    switch value.tag {
    case .list: elements(of: value).contains { holdsAddress($0) }
    case .map: entries(of: value).contains { holdsAddress($0.value) }
    case .optional: value.pointee.map { holdsAddress($0) } ?? false
    default: value.isAddress
    }
  }
}

extension Literal {
  /// What tells scalars apart; lists and the like are not looked up.
  fileprivate var constantKey: CompiledNames.ConstantKey? {
    func key(_ kind: UInt8, _ bits: UInt64) -> CompiledNames.ConstantKey {
      CompiledNames.ConstantKey(
        kind: kind, bytes: (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) })
    }
    return switch self {
    case .null: key(0, 0)
    case .bool(let value): key(1, value ? 1 : 0)
    case .int(let value): key(2, UInt64(bitPattern: value))
    case .uint(let value): key(3, value)
    case .double(let value): key(4, value.bitPattern)
    case .duration(let value): key(5, UInt64(bitPattern: value))
    case .string(let text): CompiledNames.ConstantKey(kind: 6, bytes: Array(text.utf8))
    case .bytes(let bytes): CompiledNames.ConstantKey(kind: 7, bytes: bytes)
    case .type(let name): CompiledNames.ConstantKey(kind: 8, bytes: Array(name.utf8))
    case .list, .map, .timestamp, .optional: nil
    }
  }
}

extension Expression {
  /// Whether it is an operation of the standard library on constants.
  fileprivate var isFoldable: Bool {
    switch kind {
    case .unary, .binary, .conditional, .list, .map, .index, .select:
      children.allSatisfy(\.isLiteral)
    case .call(let name, let target, let arguments):
      children.allSatisfy(\.isLiteral)
        && StandardLibrary.builtin(
          name, isMember: target != nil, argumentCount: arguments.count + (target == nil ? 0 : 1))
          != nil
    case .literal, .identifier, .reference, .optionalSelect, .presence, .optionalIndex, .message,
      .macro:
      false
    }
  }
}
