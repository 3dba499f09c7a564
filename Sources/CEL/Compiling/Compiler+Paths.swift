extension Compiler {
  /// The path of a slot: fields of a variable of which nothing else is declared.
  func slotPath(_ expression: Expression) -> [String]? {
    switch expression.kind {
    case .reference(.variable(let name)): [name]
    case .select(let operand, let field): fieldPath(operand, field)
    case .index(let operand, let index):
      if case .literal(.string(let key)) = index.kind { fieldPath(operand, key) } else { nil }
    default: nil
    }
  }

  private func fieldPath(_ operand: Expression, _ field: String) -> [String]? {
    if case .reference(.variable(let name)) = operand.kind {
      switch environment.variables[name] ?? .dynamic {
      case .dynamic, .map, .record: break
      default: return nil
      }
    }
    return slotPath(operand).map { $0 + [field] }
  }

  /// `a.b.?c.?d`: the path that must lead to a map, and the whole.
  private func optionalPath(_ expression: Expression) -> (base: [String], whole: [String])? {
    let operand: Expression
    let field: String
    switch expression.kind {
    case .optionalSelect(let inner, let name): (operand, field) = (inner, name)
    case .select(let inner, let name): (operand, field) = (inner, name)
    default: return nil
    }
    if let inner = optionalPath(operand) { return (inner.base, inner.whole + [field]) }
    guard case .optionalSelect = expression.kind, let base = slotPath(operand),
      let whole = fieldPath(operand, field)
    else { return nil }
    return (base, whole)
  }

  mutating func slot(for path: [String]) -> Int {
    let slot = layout.slot(for: path)
    routine.slots.insert(slot)
    if let root = path.first { routine.variables.insert(root) }
    return slot
  }

  mutating func loadSlot(_ path: [String], _ expression: Expression) {
    if layout.granularity == .variables, path.count > 1 {
      emit(
        .path, site: site(expression, path: path),
        argument: pathNumber(of: path.dropFirst(), from: slot(for: [path[0]])), depth: 1)
      return
    }
    emit(.slot, site: site(expression, path: path), argument: slot(for: path), depth: 1)
  }

  /// The row of a path in the table of those that are looked up.
  private mutating func pathNumber(of keys: some Collection<String>, from root: Int) -> Int {
    let key = CompiledNames.PathKey(root: root, keys: Array(keys))
    if let known = parts.names.paths[key] { return known }
    let numbers = keys.map { header.pointee.keys.append(store(.string($0))) }
    header.pointee.paths.append(
      PathRow(
        root: Int32(root), firstKey: Int32(numbers.first ?? 0), keyCount: UInt32(keys.count)))
    parts.names.paths[key] = header.pointee.paths.count - 1
    return header.pointee.paths.count - 1
  }

  /// `x.a.b` for a variable of a macro: its place on the stack, and the keys.
  private func localPath(_ expression: Expression) -> (place: Int, keys: [String])? {
    switch expression.kind {
    case .reference(.local(let name)):
      routine.locals.last { $0.name == name }.map { ($0.place, []) }
    case .select(let operand, let field):
      localPath(operand).map { ($0.place, $0.keys + [field]) }
    default: nil
    }
  }

  mutating func compileSelection(
    _ expression: Expression, _ operand: Expression, _ field: String
  ) {
    if let path = slotPath(expression) {
      loadSlot(path, expression)
    } else if let (place, keys) = localPath(expression) {
      emit(
        .localPath, site: site(expression), argument: pathNumber(of: keys, from: place), depth: 1)
    } else if compileOptionalPath(expression) {
      return
    } else {
      compile(operand)
      emitField(.select, field, expression)
    }
  }

  mutating func compileOptionalSelection(
    _ expression: Expression, _ operand: Expression, _ field: String
  ) {
    if compileOptionalPath(expression) { return }
    compile(operand)
    emitField(.optionalSelect, field, expression)
  }

  /// Whether the expression could be read from a slot.
  private mutating func compileOptionalPath(_ expression: Expression) -> Bool {
    guard layout.granularity == .paths, let (base, whole) = optionalPath(expression) else {
      return false
    }
    emitSlot(.optionalSlot, whole, parent: base, expression)
    return true
  }

  mutating func compilePresence(
    _ expression: Expression, _ operand: Expression, _ field: String, isOptional: Bool
  ) {
    if layout.granularity == .paths, !isOptional, let parent = slotPath(operand),
      let path = fieldPath(operand, field)
    {
      emitSlot(.hasSlot, path, parent: parent, expression)
    } else {
      compile(operand)
      emitField(.hasField, field, expression)
    }
  }

  /// A word about a slot, and one about the slot that must hold a map: a variable always does,
  /// as far as its fields have slots.
  private mutating func emitSlot(
    _ operation: Instruction.Operation, _ path: [String], parent: [String],
    _ expression: Expression
  ) {
    emit(operation, site: site(expression, path: path), argument: slot(for: path), depth: 1)
    let parentSlot = parent.count == 1 ? -1 : slot(for: parent)
    emit(.end, argument: parentSlot, depth: 0)
  }

  private mutating func emitField(
    _ operation: Instruction.Operation, _ field: String, _ expression: Expression
  ) {
    let path = expression.path ?? []
    emit(
      operation, site: site(expression, path: path),
      argument: header.pointee.keys.append(store(.string(field))), depth: 0)
  }

  mutating func compileIndex(
    _ expression: Expression, _ operand: Expression, _ index: Expression
  ) {
    if let path = slotPath(expression) {
      loadSlot(path, expression)
      return
    }
    compile(operand)
    compile(index)
    emit(.index, site: site(expression), depth: -1)
  }

  /// Reads a computed name, which is compiled at its first use.
  mutating func compileComputed(_ name: String, _ expression: Expression) {
    guard let number = computedNumber(name, expression) else {
      emit(.unknown, argument: Int(Value.Reason.unbound.rawValue), depth: 1)
      return
    }
    let computed = header.pointee.computed.start[number]
    let callee = parts.routines[Int(computed.routine)]
    routine.slots.formUnion(callee.slots)
    routine.slots.insert(Int(computed.slot))
    routine.variables.formUnion(callee.variables)
    routine.stackDepth = max(routine.stackDepth, routine.depth + 1 + callee.stackDepth)
    emit(.computed, argument: number, depth: 1)
  }

  /// The number of a computed name; absent if it stands on itself.
  private mutating func computedNumber(_ name: String, _ expression: Expression) -> Int? {
    if let known = computedNumbers[name] { return known }
    guard !parts.names.unfinished.contains(name) else { return nil }
    parts.names.unfinished.insert(name)
    defer { parts.names.unfinished.remove(name) }
    // Two files may give one name to two expressions: what a name stands for counts.
    let needed = expression.computedNames.sorted().map { needed in
      environment.computed[needed].flatMap { computedNumber(needed, $0) } ?? -1
    }
    let key = CompiledNames.Key(
      name: name, text: expression.description, needed: needed,
      profile: environment.profile)
    if let known = parts.names.computed[key] {
      computedNumbers[name] = known
      return known
    }
    let uses = parts.names.computed.keys.filter { $0.name == name }.count
    let slot = layout.slot(for: uses == 0 ? [name] : [name, "#\(uses + 1)"])
    let routine = compileRoutine(expression, entry: -1)
    header.pointee.computed.append(
      Table.Computed(slot: Int32(slot), routine: Int32(routine)))
    let number = header.pointee.computed.count - 1
    parts.names.computed[key] = number
    computedNumbers[name] = number
    return number
  }
}

extension Expression {
  /// The computed names read anywhere in the tree.
  fileprivate var computedNames: Set<String> {
    Set(
      references.compactMap { reference in
        if case .computed(let name) = reference { name } else { nil }
      })
  }
}

/// What was compiled before, by what it is.
struct CompiledNames: Sendable {
  /// A computed name: names of different files may be the same.
  struct Key: Hashable {
    var name: String
    var text: String
    /// The numbers of the names it stands on.
    var needed: [Int]
    var profile: Environment.Profile
  }

  var computed: [Key: Int] = [:]
  /// The names whose expressions are being compiled.
  var unfinished: Set<String> = []
  var constants: [ConstantKey: Int] = [:]
  var patterns: [[UInt8]: Int] = [:]
  /// The sets of long constant lists.
  var sets: [[[UInt8]]: Int] = [:]
  var functions: [FunctionKey: Int] = [:]
  var paths: [PathKey: Int] = [:]

  /// A constant: its type is part of what it is.
  struct ConstantKey: Hashable {
    var kind: UInt8
    var bytes: [UInt8]
  }

  /// A path that is looked up, and where it begins.
  struct PathKey: Hashable {
    var root: Int
    var keys: [String]
  }

  /// A function from outside in one of its forms.
  struct FunctionKey: Hashable {
    var name: String
    var isMember: Bool
    var argumentCount: Int
  }
}
