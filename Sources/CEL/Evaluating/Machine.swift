/// Executes one routine: a stack machine whose stack lies in the scratch memory.
struct Machine: ~Copyable {
  let header: UnsafeMutablePointer<Table.Header>
  let slots: UnsafeMutablePointer<Value>
  let constants: UnsafePointer<Value>
  /// The routine's first instruction; jump targets count from it.
  let code: UnsafePointer<Instruction>
  let base: UnsafeMutablePointer<Value>
  /// The topmost value; one below `base` while there is none.
  var top: UnsafeMutablePointer<Value>
  /// The instruction to execute next.
  var next: UnsafePointer<Instruction>

  /// Evaluates a routine with a budget of its own, its stack beginning at `base`.
  static func evaluate(
    _ routine: Int, _ header: UnsafeMutablePointer<Table.Header>,
    _ slots: UnsafeMutablePointer<Value>, _ base: UnsafeMutablePointer<Value>,
    _ scratch: inout Scratch
  ) -> Value {
    let outerCost = scratch.cost
    scratch.cost = scratch.costLimit
    let start = Int(header.pointee.starts.start[routine])
    var machine = Machine(
      header: header, slots: slots, constants: UnsafePointer(header.pointee.constants.start),
      code: UnsafePointer(header.pointee.code.start + start), base: base, top: base - 1,
      next: UnsafePointer(header.pointee.code.start + start))
    let result = machine.run(&scratch)
    let isOverBudget = scratch.cost < 0
    scratch.cost = outerCost
    return isOverBudget ? .unknown(.cost, site: result.site) : result
  }

  /// Any instruction but the end, whatever the operands are.
  @inline(never)
  mutating func execute(_ word: Instruction, _ scratch: inout Scratch) {
    switch word.operation {
    case .constant: push(constant(word))
    case .slot: pushSlot(word)
    case .path: pushPath(from: slots, word, &scratch)
    case .localPath: pushPath(from: base, word, &scratch)
    case .local: push(base[Int(word.argument)])
    case .computed: pushComputed(word, &scratch)
    case .hasSlot: pushPresence(word)
    case .optionalSlot: pushOptional(word, &scratch)
    case .select: select(word, &scratch)
    case .optionalSelect: optionalSelect(word, &scratch)
    case .hasField: hasField(word, &scratch)
    case .index: index(word, &scratch)
    case .optionalIndex: optionalIndex(word, &scratch)
    case .not: not(word)
    case .negate: negate(word)
    case .add, .subtract, .multiply, .divide, .divideExactly, .modulo:
      calculate(word, &scratch)
    case .equal, .notEqual: equate(word, &scratch)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: compare(word, &scratch)
    case .isIn: findMember(word, &scratch)
    case .jump: jump(word)
    case .jumpIfFalse: if top.pointee.isFalse { jump(word) }
    case .jumpIfTrue: if top.pointee.isTrue { jump(word) }
    case .and: combine(word, deciding: 0)
    case .or: combine(word, deciding: 1)
    case .branch: branch(word)
    case .unwrapElement: unwrapElement(word)
    case .makeList: makeList(word, &scratch)
    case .makeMap: makeMap(word, &scratch)
    case .callCore, .callText, .callTime, .callMath, .callNetwork: call(word, &scratch)
    case .callExternal: callExternal(word, &scratch)
    case .matchPattern: matchPattern(word, &scratch)
    case .isInSet: findInSet(word, &scratch)
    case .lazyOr, .lazyOrValue: chooseLazily(word)
    case .iterate: iterate(word, &scratch)
    case .advance: advance(word, &scratch)
    case .filter: filter(word)
    case .collect: collect(word, &scratch)
    case .finish: finish(word)
    case .slide:
      top[-1] = top.pointee
      top -= 1
    case .enterOptional: enterOptional(word)
    case .wrapOptional: wrapOptional(&scratch)
    case .present: replaceByPresence()
    case .known: if top.pointee.tag == .null { fail(.missing, word, found: .null) }
    case .unknown: push(unknown(word))
    case .end: break
    }
  }
}

extension Machine {
  /// Goes on at the place that an instruction names.
  @inline(__always)
  mutating func jump(_ word: Instruction) { next = code + Int(word.argument) }

  @inline(__always)
  mutating func push(_ value: Value) {
    top += 1
    top.pointee = value
  }

  @inline(__always)
  func constant(_ word: Instruction) -> Value { constants[Int(word.argument)] }

  /// Replaces the top by an unknown.
  func fail(_ reason: Value.Reason, _ word: Instruction, found: Value.Tag = .missing) {
    top.pointee = .unknown(reason, site: word.site, found: found)
  }

  /// The same, where the value was read from a path.
  func failOnPath(_ reason: Value.Reason, _ word: Instruction, found: Value.Tag = .missing) {
    fail(reason, word, found: found)
    top.pointee.length = Value.pathMark
  }

  private func unknown(_ word: Instruction) -> Value {
    .unknown(Value.Reason(rawValue: UInt8(word.argument)) ?? .unbound, site: word.site)
  }

  @inline(__always)
  private mutating func pushSlot(_ word: Instruction) {
    let value = slots[Int(word.argument)]
    push(value)
    if value.tag == .missing {
      failOnPath(.missing, word)
    } else if value.tag == .unknown {
      markSlot(word)
    }
  }

  /// An unknown that the host put into a slot arises where the slot is read.
  func markSlot(_ word: Instruction) {
    if top.pointee.site == 0 { top.pointee.site = word.site }
    top.pointee.length = Value.pathMark
  }

  private mutating func pushComputed(_ word: Instruction, _ scratch: inout Scratch) {
    let computed = header.pointee.computed.start[Int(word.argument)]
    let slot = slots + Int(computed.slot)
    if slot.pointee.tag == .missing {
      slot.pointee = Machine.evaluate(Int(computed.routine), header, slots, top + 1, &scratch)
    }
    push(slot.pointee)
  }

  /// The word behind this one, whose argument belongs to it.
  private mutating func extensionArgument() -> Int {
    let argument = Int(next.pointee.argument)
    next += 1
    return argument
  }

  private mutating func pushPresence(_ word: Instruction) {
    let parent = extensionArgument()
    let value = slots[Int(word.argument)]
    switch value.tag {
    case .missing:
      push(.bool(false))
      requireMap(inSlot: parent, word)
    case .unknown where value.reason != Value.Reason.unrepresentable.rawValue:
      push(value)
      markSlot(word)
    default: push(.bool(true))
    }
  }

  private mutating func pushOptional(_ word: Instruction, _ scratch: inout Scratch) {
    let parent = extensionArgument()
    let value = slots[Int(word.argument)]
    switch value.tag {
    case .missing:
      push(Value(bits: 0, tag: .optional))
      requireMap(inSlot: parent, word)
    case .unknown:
      push(value)
      markSlot(word)
    default: push(scratch.makeOptional(value))
    }
  }

  /// Replaces the top by an unknown unless the slot holds a map; -1 asks nothing.
  private func requireMap(inSlot slot: Int, _ word: Instruction) {
    guard slot >= 0 else { return }
    let owner = slots[slot]
    switch owner.tag {
    case .map: break
    case .missing: failOnPath(.missing, word)
    case .unknown:
      top.pointee = owner
      markSlot(word)
    default: failOnPath(.wrongType, word, found: owner.tag)
    }
  }

  @inline(__always)
  private mutating func combine(_ word: Instruction, deciding: UInt64) {
    let right = top.pointee
    top -= 1
    let left = top.pointee
    if right.tag == .bool, right.bits == deciding || left.tag == .bool {
      top.pointee = right
    } else if left.tag == .unknown {
      return
    } else if left.tag == .bool, right.tag == .unknown {
      top.pointee = right
    } else {
      fail(.wrongType, word, found: left.tag == .bool ? right.tag : left.tag)
    }
  }

  @inline(__always)
  private mutating func branch(_ word: Instruction) {
    let condition = top.pointee
    if condition.tag == .bool {
      top -= 1
      if condition.bits == 0 { jump(word) }
    } else {
      if condition.tag != .unknown { fail(.wrongType, word, found: condition.tag) }
      next = code + Int(word.argument) - 1
    }
  }

  @inline(__always)
  private func not(_ word: Instruction) {
    let value = top.pointee
    if value.tag == .bool {
      top.pointee.bits = value.bits ^ 1
    } else if value.tag != .unknown {
      fail(.wrongType, word, found: value.tag)
    }
  }

  private func replaceByPresence() {
    let value = top.pointee
    guard value.tag == .unknown else {
      top.pointee = .bool(value.tag != .null)
      return
    }
    let isOnPath = value.length == Value.pathMark
    switch Value.Reason(rawValue: value.reason) {
    case .missing: top.pointee = .bool(false)
    case .wrongType, .outOfRange: if isOnPath { top.pointee = .bool(false) }
    default: break
    }
  }
}

extension Value {
  /// In `length` of an unknown: a path led to nothing, or through something else than a map.
  static let pathMark: UInt32 = 1
}
