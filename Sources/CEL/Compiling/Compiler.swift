/// Turns checked trees into code, one routine at a time.
struct Compiler {
  /// A variable of an enclosing macro, and where it lies on the stack.
  struct Local {
    var name: String
    var place: Int
    /// Whether it was read from the host's variables; see ``isRead(_:)``.
    var isRead: Bool
  }

  /// What belongs to the routine that is being compiled.
  struct Routine {
    var entry: Int
    var code: [Instruction] = []
    var locals: [Local] = []
    /// How many values are on the stack, and the most that ever are.
    var depth = 0
    var stackDepth = 0
    var slots: Set<Int> = []
    var variables: Set<String> = []
  }

  let header: UnsafeMutablePointer<Table.Header>
  var layout: SlotLayout
  let environment: Environment
  let mode: Mode
  var routine = Routine(entry: -1)
  /// The numbers of the computed names met so far: names that share others are looked up once.
  var computedNumbers: [String: Int] = [:]

  /// Whether expressions over constants are evaluated now.
  enum Mode { case folding, plain }

  init(
    _ header: UnsafeMutablePointer<Table.Header>, _ environment: Environment,
    _ layout: SlotLayout, mode: Mode = .folding
  ) {
    self.header = header
    self.mode = mode
    self.environment = environment
    self.layout = layout
  }

  /// The tables of the program that grows.
  var parts: Table.Parts {
    get { header.pointee.parts }
    nonmutating _modify { yield &header.pointee.parts }
  }

  /// The value of a literal in the program's memory.
  func store(_ literal: Literal) -> Value { literal.value { header.pointee.memory.allocate($0) } }

  /// Compiles a tree as a routine of its own and returns its number.
  mutating func compileRoutine(_ expression: Expression, entry: Int) -> Int {
    let outer = routine
    routine = Routine(entry: entry)
    compile(foldingConstants(in: expression))
    emit(.end, depth: 0)
    header.pointee.starts.append(Int32(header.pointee.code.count))
    for word in routine.code { header.pointee.code.append(word) }
    header.pointee.stackDepth = max(header.pointee.stackDepth, routine.stackDepth)
    parts.routines.append(
      Table.Routine(
        stackDepth: routine.stackDepth, slots: routine.slots.sorted(),
        variables: routine.variables))
    routine = outer
    return parts.routines.count - 1
  }

  /// Adds a word; `depth` is by how many values the stack grows.
  mutating func emit(
    _ operation: Instruction.Operation, detail: UInt8 = 0, site: UInt16 = 0, argument: Int = 0,
    depth: Int
  ) {
    routine.code.append(
      Instruction(
        operation: operation, detail: detail, site: site,
        argument: Int32(truncatingIfNeeded: argument)))
    routine.depth += depth
    routine.stackDepth = max(routine.stackDepth, routine.depth)
  }

  /// Where the next word will stand.
  var position: Int { routine.code.count }

  /// Lets a jump lead to the next word.
  mutating func land(_ jump: Int) { routine.code[jump].argument = Int32(position) }

  /// The site of an expression's own failures; 0 once the table is full.
  mutating func site(_ expression: Expression, path: [String] = []) -> UInt16 {
    site(Site(path: path, range: expression.range, entry: routine.entry))
  }

  private mutating func site(_ site: Site) -> UInt16 {
    guard parts.sites.count <= Int(UInt16.max) else { return 0 }
    // Neighbouring words often fail at one place.
    if let last = parts.sites.last, last.range == site.range, last.entry == site.entry,
      last.path == site.path
    {
      return UInt16(parts.sites.count - 1)
    }
    parts.sites.append(site)
    return UInt16(parts.sites.count - 1)
  }

  /// Leaves exactly one more value on the stack.
  mutating func compile(_ expression: Expression) {
    switch expression.kind {
    case .literal(let literal): emit(.constant, argument: constant(literal), depth: 1)
    case .identifier(let name): compileUnbound(name, expression)
    case .reference(let reference): compileReference(reference, expression)
    case .select(let operand, let field): compileSelection(expression, operand, field)
    case .optionalSelect(let operand, let field):
      compileOptionalSelection(expression, operand, field)
    case .presence(let operand, let field, let isOptional):
      compilePresence(expression, operand, field, isOptional: isOptional)
    case .index(let operand, let index): compileIndex(expression, operand, index)
    case .optionalIndex(let operand, let index):
      compile(operand)
      compile(index)
      emit(.optionalIndex, site: site(expression), depth: -1)
    case .call(let name, let target, let arguments):
      compileCall(expression, name, target, arguments)
    case .unary(let unary, let operand):
      compile(operand)
      emit(unary == .not ? .not : .negate, site: site(expression), depth: 0)
    case .binary(let binary, let left, let right):
      compileBinary(expression, binary, left, right)
    case .conditional(let condition, let accepted, let rejected):
      compileConditional(expression, condition, accepted, rejected)
    case .list(let elements): compileList(expression, elements)
    case .map(let entries): compileMap(expression, entries)
    case .message(let name, let fields): compileMessage(expression, name, fields)
    case .macro(let macro): compileMacro(expression, macro)
    }
  }
}

extension Compiler {
  private mutating func compileUnbound(_ name: String, _ expression: Expression) {
    emit(
      .unknown, site: site(expression, path: [name]),
      argument: Int(Value.Reason.unbound.rawValue), depth: 1)
  }

  /// A message that wraps a plain value and narrows it; see ``Message``.
  private mutating func compileMessage(
    _ expression: Expression, _ name: String, _ fields: [Expression.MessageField]
  ) {
    let narrowing: CoreFunction? =
      switch Message(rawValue: name) {
      case .float: .toSingle
      case .int32: .toInt32
      case .uint32: .toUint32
      case .any, nil: nil
      }
    if let narrowing, fields.count == 1, fields[0].name == "value" {
      compile(fields[0].value)
      emit(
        .callCore, detail: narrowing.rawValue, site: site(expression), argument: 1, depth: 0)
    } else {
      // `Any` without content cannot be unpacked; the others have a field they lack.
      let reason: Value.Reason = fields.isEmpty ? .malformed : .missing
      emit(.unknown, site: site(expression), argument: Int(reason.rawValue), depth: 1)
    }
  }

  private mutating func compileReference(
    _ reference: Expression.Reference, _ expression: Expression
  ) {
    switch reference {
    case .variable(let name): loadSlot([name], expression)
    case .computed(let name):
      guard let computed = environment.computed[name] else {
        compileUnbound(name, expression)
        return
      }
      compileComputed(name, computed)
    case .local(let name):
      let place = routine.locals.last { $0.name == name }?.place ?? 0
      emit(.local, argument: place, depth: 1)
    case .unbound(let name): compileUnbound(name, expression)
    }
  }

  private mutating func compileConditional(
    _ expression: Expression, _ condition: Expression, _ accepted: Expression,
    _ rejected: Expression
  ) {
    compile(condition)
    let branch = position
    emit(.branch, site: site(condition), depth: -1)
    compile(accepted)
    let jump = position
    emit(.jump, depth: -1)
    land(branch)
    compile(rejected)
    land(jump)
  }

  private mutating func compileList(
    _ expression: Expression, _ elements: [Expression.ListElement]
  ) {
    for element in elements {
      compile(element.value)
      if element.isOptional { emit(.unwrapElement, site: site(element.value), depth: 0) }
    }
    emit(
      .makeList, site: site(expression), argument: elements.count, depth: 1 - elements.count)
  }

  private mutating func compileMap(_ expression: Expression, _ entries: [Expression.MapEntry]) {
    for entry in entries {
      compile(entry.key)
      compile(entry.value)
      if entry.isOptional { emit(.unwrapElement, site: site(entry.value), depth: 0) }
    }
    emit(
      .makeMap, site: site(expression), argument: entries.count, depth: 1 - entries.count * 2)
  }
}
