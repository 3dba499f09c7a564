extension Machine {
  /// The kind of a loop's instruction.
  @inline(__always)
  private func kind(_ word: Instruction) -> LoopKind {
    // Safety: the compiler writes nothing else there, and the kinds are numbered without gaps.
    unsafeBitCast(word.detail & 15, to: LoopKind.self)
  }

  /// In `detail`, beside the kind: the loop has two variables.
  static let twoVariables: UInt8 = 16

  mutating func iterate(_ word: Instruction, _ scratch: inout Scratch) {
    let range = top.pointee
    guard range.tag == .list || range.tag == .map else {
      if range.tag != .unknown { failOnPath(.wrongType, word, found: range.tag) }
      jump(word)
      return
    }
    let start = range.isOnTape ? range.bits + 1 : range.bits
    top[LoopFrame.cursor] = Value(bits: start, length: 0, tag: .int)
    switch kind(word) {
    case .all: top[LoopFrame.result] = .bool(true)
    case .exists: top[LoopFrame.result] = .bool(false)
    case .existsOne, .count: top[LoopFrame.result] = .int(0)
    case .filter, .map:
      let memory = scratch.allocateValues(Int(range.length))
      top[LoopFrame.result] = .list(memory, count: 0)
      scratch.cost -= Int(range.length)
    case .transformMap, .transformMapEntry:
      let memory = scratch.allocateValues(Int(range.length) * 2)
      top[LoopFrame.result] = .map(memory, count: 0)
      scratch.cost -= Int(range.length)
    }
    top += LoopFrame.size - 1
  }

  /// The bottom of the innermost loop's frame, of which the second variable is the top.
  @inline(__always)
  private var frame: UnsafeMutablePointer<Value> { top - (LoopFrame.size - 1) }

  mutating func advance(_ word: Instruction, _ scratch: inout Scratch) {
    let frame = self.frame
    let range = frame[LoopFrame.range]
    let count = frame[LoopFrame.cursor].length
    guard count < range.length else {
      jump(word)
      return
    }
    scratch.cost -= 1
    guard scratch.cost >= 0 else {
      frame[LoopFrame.result] = .unknown(.cost, site: word.site)
      jump(word)
      return
    }
    frame[LoopFrame.cursor].length = count + 1
    let isPair = word.detail & Machine.twoVariables != 0
    let (key, value) = nextElement(of: range, frame, scratch.document)
    if range.tag == .map {
      frame[LoopFrame.firstVariable] = key
    } else {
      frame[LoopFrame.firstVariable] = isPair ? .int(Int64(count)) : value
    }
    frame[LoopFrame.secondVariable] = value
    if word.site != 0 { markElement(frame, word.site) }
  }

  /// Gives the variables of a loop over a list on the tape their next value; false at its end.
  ///
  /// Absent, with nothing changed, if the range is something else, the budget ends or the element
  /// is unknown.
  @inline(__always)
  func advanceOnTape(
    _ top: UnsafeMutablePointer<Value>, _ word: Instruction, _ scratch: inout Scratch
  ) -> Bool? {
    let frame = top - (LoopFrame.size - 1)
    let range = frame[LoopFrame.range]
    let cursor = frame[LoopFrame.cursor]
    guard cursor.length < range.length else { return false }
    guard range.tag == .list, range.isOnTape, scratch.cost > 0, let document = scratch.document,
      word.detail & Machine.twoVariables == 0
    else { return nil }
    let index = Int(cursor.bits)
    let value = document.value(at: index)
    guard value.tag != .unknown else { return nil }
    scratch.cost -= 1
    frame[LoopFrame.cursor] = Value(
      bits: UInt64(document.end(of: index)), length: cursor.length + 1, tag: .int)
    frame[LoopFrame.firstVariable] = value
    frame[LoopFrame.secondVariable] = value
    return true
  }

  /// Takes a truth value into the result of a loop that asks or counts, and says whether the loop
  /// goes on; absent, with nothing changed, if it is another loop or no truth value.
  @inline(__always)
  func collectTruth(_ top: UnsafeMutablePointer<Value>, _ word: Instruction) -> Bool? {
    let value = top.pointee
    guard value.tag == .bool else { return nil }
    let result = top - LoopFrame.size + LoopFrame.result
    switch kind(word) {
    case .all, .exists:
      let deciding: UInt64 = kind(word) == .all ? 0 : 1
      guard value.bits == deciding else { return true }
      result.pointee = value
      return false
    case .existsOne, .count:
      result.pointee.bits += value.bits
      return true
    case .filter, .map, .transformMap, .transformMapEntry: return nil
    }
  }

  /// Takes the element at the cursor and moves it on.
  @inline(__always)
  private func nextElement(
    of range: Value, _ frame: UnsafeMutablePointer<Value>, _ document: Document?
  ) -> (Value, Value) {
    let position = frame[LoopFrame.cursor].bits
    if range.isOnTape {
      guard let document else { return (.missing, .missing) }
      let index = Int(position)
      if range.tag == .map {
        frame[LoopFrame.cursor].bits = UInt64(document.end(of: index + 1))
        return (document.text(at: index), document.value(at: index + 1))
      }
      frame[LoopFrame.cursor].bits = UInt64(document.end(of: index))
      let value = document.value(at: index)
      return (value, value)
    }
    guard let memory = UnsafePointer<Value>(bitPattern: UInt(position)) else {
      return (.missing, .missing)
    }
    let width = range.tag == .map ? 2 : 1
    frame[LoopFrame.cursor].bits = position + UInt64(width * MemoryLayout<Value>.stride)
    return (memory[0], memory[width - 1])
  }

  /// A number in the event that nothing can hold arises where its list is read.
  private func markElement(_ frame: UnsafeMutablePointer<Value>, _ site: UInt16) {
    for variable in [LoopFrame.firstVariable, LoopFrame.secondVariable]
    where frame[variable].tag == .unknown && frame[variable].site == 0 {
      frame[variable].site = site
    }
  }

  mutating func filter(_ word: Instruction) {
    let condition = top.pointee
    top -= 1
    if condition.isTrue {
      next += 1
      return
    }
    if condition.isFalse {
      jump(word)
      return
    }
    // The next word, which a true condition skips, leaves the loop.
    frame[LoopFrame.result] =
      condition.tag == .unknown
      ? condition : .unknown(.wrongType, site: word.site, found: condition.tag)
  }

  mutating func collect(_ word: Instruction, _ scratch: inout Scratch) {
    let value = top.pointee
    top -= 1
    let frame = self.frame
    switch kind(word) {
    case .all, .exists:
      let deciding: UInt64 = kind(word) == .all ? 0 : 1
      if value.tag == .bool {
        if value.bits == deciding {
          frame[LoopFrame.result] = value
          return
        }
      } else if frame[LoopFrame.result].tag == .bool {
        frame[LoopFrame.result] =
          value.tag == .unknown
          ? value : .unknown(.wrongType, site: word.site, found: value.tag)
      }
      jump(word)
    case .existsOne, .count, .filter:
      guard value.tag == .bool else {
        frame[LoopFrame.result] =
          value.tag == .unknown
          ? value : .unknown(.wrongType, site: word.site, found: value.tag)
        return
      }
      if value.bits == 1 { keepElement(kind(word), frame) }
      jump(word)
    case .map, .transformMap, .transformMapEntry:
      guard value.tag != .unknown else {
        frame[LoopFrame.result] = value
        return
      }
      if append(value, kind(word), word, frame, &scratch) { jump(word) }
    }
  }

  @inline(__always)
  private func keepElement(_ kind: LoopKind, _ frame: UnsafeMutablePointer<Value>) {
    guard kind == .filter else {
      frame[LoopFrame.result].bits += 1
      return
    }
    let isMap = frame[LoopFrame.range].tag == .map
    let element = frame[isMap ? LoopFrame.firstVariable : LoopFrame.secondVariable]
    append(element, to: &frame[LoopFrame.result])
  }

  @inline(__always)
  private func append(_ value: Value, to list: inout Value) {
    UnsafeMutablePointer<Value>(bitPattern: UInt(list.bits))?[Int(list.length)] = value
    list.length += 1
  }

  /// Whether the loop goes on.
  private func append(
    _ value: Value, _ kind: LoopKind, _ word: Instruction, _ frame: UnsafeMutablePointer<Value>,
    _ scratch: inout Scratch
  ) -> Bool {
    guard kind != .map else {
      append(value, to: &frame[LoopFrame.result])
      return true
    }
    var entry = (key: frame[LoopFrame.firstVariable], value: value)
    if kind == .transformMapEntry {
      var entries = Elements(of: value, in: scratch.document)
      guard value.tag == .map, value.length <= 1 else {
        frame[LoopFrame.result] = .unknown(.wrongType, site: word.site, found: value.tag)
        return false
      }
      guard let single = entries.next() else { return true }
      entry = single
    }
    let map = frame[LoopFrame.result]
    if kind == .transformMapEntry, scratch.value(of: entry.key, in: map) != nil {
      frame[LoopFrame.result] = .unknown(.badKey, site: word.site)
      return false
    }
    if let memory = UnsafeMutablePointer<Value>(bitPattern: UInt(map.bits)) {
      memory[Int(map.length) * 2] = entry.key
      memory[Int(map.length) * 2 + 1] = entry.value
      frame[LoopFrame.result].length += 1
    }
    return true
  }

  mutating func finish(_ word: Instruction) {
    let frame = self.frame
    var result = frame[LoopFrame.result]
    if kind(word) == .existsOne, result.tag == .int { result = .bool(result.bits == 1) }
    top = frame
    top.pointee = result
  }
}

extension Machine {
  mutating func chooseLazily(_ word: Instruction) {
    let value = top.pointee
    switch value.tag {
    case .optional:
      guard let inner = value.pointee else {
        top -= 1
        return
      }
      if word.operation == .lazyOrValue { top.pointee = inner }
    case .unknown: break
    default: fail(.wrongType, word, found: value.tag)
    }
    jump(word)
  }

  mutating func enterOptional(_ word: Instruction) {
    let value = top.pointee
    switch value.tag {
    case .optional:
      if let inner = value.pointee {
        top.pointee = inner
        return
      }
    case .unknown: break
    default: fail(.wrongType, word, found: value.tag)
    }
    jump(word)
  }

  func wrapOptional(_ scratch: inout Scratch) {
    if top.pointee.tag != .unknown { top.pointee = scratch.makeOptional(top.pointee) }
  }
}
