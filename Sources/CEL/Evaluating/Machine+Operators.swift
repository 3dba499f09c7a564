extension Machine {
  /// The right operand, which leaves the left on top.
  @inline(__always)
  private mutating func rightOperand(_ word: Instruction) -> Value {
    if word.detail & Instruction.constantOperand != 0 { return constant(word) }
    let right = top.pointee
    top -= 1
    return right
  }

  @inline(__always)
  mutating func equate(_ word: Instruction, _ scratch: inout Scratch) {
    let right = rightOperand(word)
    let left = top.pointee
    if left.tag == .unknown { return }
    if right.tag == .unknown {
      top.pointee = right
      return
    }
    let isEqual: Bool
    if left.tag == .text, right.tag == .text {
      isEqual = scratch.haveEqualBytes(left, right)
    } else {
      isEqual = scratch.areEqual(left, right)
    }
    top.pointee = .bool(isEqual == (word.operation == .equal))
  }

  @inline(__always)
  mutating func compare(_ word: Instruction, _ scratch: inout Scratch) {
    let right = rightOperand(word)
    let left = top.pointee
    if left.tag == .unknown { return }
    if right.tag == .unknown {
      top.pointee = right
      return
    }
    switch (left.tag, right.tag) {
    case (.int, .int): top.pointee = .bool(Machine.holds(word.operation, left.int, right.int))
    case (.double, .double):
      top.pointee = .bool(Machine.holds(word.operation, left.double, right.double))
    default:
      if left.tag == .text || left.tag == .bytes { scratch.charge(bytesOf: left) }
      compareOthers(word, left, right)
    }
  }

  private func compareOthers(_ word: Instruction, _ left: Value, _ right: Value) {
    switch order(of: left, and: right) {
    case .known(let order): top.pointee = .bool(Machine.holds(word.operation, order, 0))
    case .unordered: top.pointee = .bool(false)
    case .noOverload: fail(.wrongType, word, found: misfit(word, left, right))
    }
  }

  @inline(__always)
  static func holds<Number: Comparable>(
    _ operation: Instruction.Operation, _ left: Number, _ right: Number
  ) -> Bool {
    switch operation {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    default: left >= right
    }
  }

  /// Of two operands that do not go together, the one to name: rather not a constant.
  private func misfit(_ word: Instruction, _ left: Value, _ right: Value) -> Value.Tag {
    word.detail & Instruction.constantOperand != 0 ? left.tag : right.tag
  }

  mutating func findMember(_ word: Instruction, _ scratch: inout Scratch) {
    let container = rightOperand(word)
    let item = top.pointee
    if item.tag == .unknown { return }
    switch container.tag {
    case .list: top.pointee = .bool(scratch.contains(container, item))
    case .map:
      switch item.tag {
      case .text, .int, .uint, .double, .bool:
        top.pointee = .bool(scratch.value(of: item, in: container) != nil)
      default: fail(.wrongType, word, found: item.tag)
      }
    case .unknown: top.pointee = container
    default: fail(.wrongType, word, found: container.tag)
    }
  }

  func findInSet(_ word: Instruction, _ scratch: inout Scratch) {
    let item = top.pointee
    switch item.tag {
    case .text:
      scratch.charge(bytesOf: item)
      top.pointee = .bool(header.pointee.sets.contains(item, in: Int(word.argument)))
    case .unknown: break
    default: top.pointee = .bool(false)
    }
  }

  func negate(_ word: Instruction) {
    let value = top.pointee
    switch value.tag {
    case .int:
      if value.int == .min { fail(.overflow, word) } else { top.pointee = .int(-value.int) }
    case .double: top.pointee = .double(-value.double)
    case .unknown: break
    default: fail(.wrongType, word, found: value.tag)
    }
  }

  mutating func calculate(_ word: Instruction, _ scratch: inout Scratch) {
    let right = rightOperand(word)
    let left = top.pointee
    if left.tag == .unknown { return }
    if right.tag == .unknown {
      top.pointee = right
      return
    }
    switch (left.tag, right.tag) {
    case (.int, .int) where word.operation != .divideExactly:
      calculate(word, left.int, right.int)
    case (.uint, .uint) where word.operation != .divideExactly:
      calculate(word, left.bits, right.bits)
    case (.double, .double): calculate(word, left.double, right.double)
    default:
      if left.isNumber, right.isNumber {
        calculateMixed(word, left, right)
      } else {
        calculateOthers(word, left, right, &scratch)
      }
    }
  }

  @inline(__always)
  private func calculate<Number: FixedWidthInteger>(
    _ word: Instruction, _ left: Number, _ right: Number
  ) {
    let result: (partialValue: Number, overflow: Bool)
    switch word.operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    default:
      guard right != 0 else {
        fail(.divisionByZero, word)
        return
      }
      result =
        word.operation == .modulo
        ? left.remainderReportingOverflow(dividingBy: right)
        : left.dividedReportingOverflow(by: right)
    }
    if result.overflow {
      fail(.overflow, word)
    } else {
      top.pointee.bits = UInt64(truncatingIfNeeded: result.partialValue)
    }
  }

  private func calculate(_ word: Instruction, _ left: Double, _ right: Double) {
    switch word.operation {
    case .add: top.pointee = .double(left + right)
    case .subtract: top.pointee = .double(left - right)
    case .multiply: top.pointee = .double(left * right)
    case .divide: top.pointee = .double(left / right)
    case .divideExactly:
      if right == 0 {
        fail(.divisionByZero, word)
      } else {
        top.pointee = .double(left / right)
      }
    default: fail(.wrongType, word, found: .double)
    }
  }

  private func calculateMixed(_ word: Instruction, _ left: Value, _ right: Value) {
    let isDefined =
      word.operation == .divideExactly
      || word.detail & Instruction.mixedNumbers != 0 && word.operation != .modulo
    if isDefined {
      calculate(word, left.asDouble, right.asDouble)
    } else {
      fail(.wrongType, word, found: misfit(word, left, right))
    }
  }

  private func calculateOthers(
    _ word: Instruction, _ left: Value, _ right: Value, _ scratch: inout Scratch
  ) {
    switch (word.operation, left.tag, right.tag) {
    case (.add, .text, .text): top.pointee = scratch.join(left, right)
    case (.add, .bytes, .bytes) where !left.isAddress && !right.isAddress:
      top.pointee = scratch.join(left, right)
    case (.add, .list, .list): top.pointee = scratch.joinLists(left, right)
    case (.add, .timestamp, .duration): setTime(left.adding(right.int), word)
    case (.add, .duration, .timestamp): setTime(right.adding(left.int), word)
    case (.subtract, .timestamp, .duration):
      setTime(right.int == .min ? nil : left.adding(-right.int), word)
    case (.subtract, .timestamp, .timestamp): setTime(left.duration(since: right), word)
    case (.add, .duration, .duration): calculate(word, left.int, right.int)
    case (.subtract, .duration, .duration): calculate(word, left.int, right.int)
    default: fail(.wrongType, word, found: misfit(word, left, right))
    }
  }

  private func setTime(_ value: Value?, _ word: Instruction) {
    if let value { top.pointee = value } else { fail(.overflow, word) }
  }
}

extension Value {
  /// A number of any type as a double.
  @inline(__always)
  var asDouble: Double {
    switch tag {
    case .int: Double(int)
    case .uint: Double(bits)
    default: double
    }
  }

  /// A time moved by nanoseconds; absent outside the years 1 to 9999.
  func adding(_ nanoseconds: Int64) -> Value? {
    let sum = Int64(length) + nanoseconds % 1_000_000_000
    var seconds = int + nanoseconds / 1_000_000_000
    var rest = sum
    if rest < 0 {
      rest += 1_000_000_000
      seconds -= 1
    } else if rest >= 1_000_000_000 {
      rest -= 1_000_000_000
      seconds += 1
    }
    guard Value.secondsOfTime.contains(seconds) else { return nil }
    return .timestamp(seconds: seconds, nanoseconds: UInt32(rest))
  }

  /// The seconds of the years 1 to 9999.
  static let secondsOfTime: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// The span between two times; absent beyond what a duration holds.
  fileprivate func duration(since other: Value) -> Value? {
    let seconds = (int - other.int).multipliedReportingOverflow(by: 1_000_000_000)
    let sum = seconds.partialValue.addingReportingOverflow(
      Int64(length) - Int64(other.length))
    return seconds.overflow || sum.overflow ? nil : .duration(nanoseconds: sum.partialValue)
  }
}

extension Scratch {
  /// Two texts, or two runs of bytes, in a row.
  mutating func join(_ first: Value, _ second: Value) -> Value {
    let count = Int(first.length) + Int(second.length)
    cost -= count
    guard cost >= 0, count <= Int(UInt32.max) else { return .unknown(.cost) }
    let memory = arena.allocate(count)
    copy(first.bytes, to: memory)
    copy(second.bytes, to: memory + Int(first.length))
    return Value(
      bits: UInt64(UInt(bitPattern: memory)), length: UInt32(count), tag: first.tag)
  }

  fileprivate mutating func joinLists(_ first: Value, _ second: Value) -> Value {
    let count = Int(first.length) + Int(second.length)
    cost -= count
    guard cost >= 0 else { return .unknown(.cost) }
    let memory = allocateValues(count)
    var filled = 0
    for list in [first, second] {
      var elements = Elements(of: list, in: document)
      while let element = elements.next() {
        memory[filled] = element.value
        filled += 1
      }
    }
    return .list(memory, count: filled)
  }
}
