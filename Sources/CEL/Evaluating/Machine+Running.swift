internal import CJSON

extension Machine {
  /// Executes instructions up to the end and returns the result.
  ///
  /// What rules consist of is done here if the operands are of the usual types, without touching
  /// the machine in memory; everything else is left to ``execute(_:_:)``.
  mutating func run(_ scratch: inout Scratch) -> Value {
    var at = next
    var top = self.top
    while true {
      let word = at.pointee
      at += 1
      switch word.operation {
      case .end: return top.pointee
      case .constant, .local:
        Machine.push(word.operation == .local ? base[Int(word.argument)] : constant(word), &top)
        continue
      case .slot:
        let value = slots[Int(word.argument)]
        if value.tag != .missing, value.tag != .unknown {
          Machine.push(value, &top)
          continue
        }
      case .path, .localPath:
        if pushTapeValue(word.operation == .path ? slots : base, word, &top, &scratch) { continue }
      case .hasField: if holdsOnTape(top, word, &scratch) { continue }
      case .equal, .notEqual: if equateTexts(word, &top, &scratch) { continue }
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        if compareNumbers(word, &top) { continue }
      case .add, .subtract, .multiply: if calculateNumbers(word, &top) { continue }
      case .isInSet: if findText(top, word) { continue }
      case .callText: if findPart(word, &top, &scratch) { continue }
      case .not: if negateTruth(top) { continue }
      case .and, .or: if combineTruths(&top) { continue }
      case .jump:
        at = code + Int(word.argument)
        continue
      case .jumpIfFalse:
        if top.pointee.isFalse { at = code + Int(word.argument) }
        continue
      case .jumpIfTrue:
        if top.pointee.isTrue { at = code + Int(word.argument) }
        continue
      case .branch:
        let condition = top.pointee
        if condition.tag == .bool {
          top -= 1
          if condition.bits == 0 { at = code + Int(word.argument) }
          continue
        }
      case .advance:
        if let isElement = advanceOnTape(top, word, &scratch) {
          if !isElement { at = code + Int(word.argument) }
          continue
        }
      case .collect:
        if let goesOn = collectTruth(top, word) {
          top -= 1
          if goesOn { at = code + Int(word.argument) }
          continue
        }
      default: break
      }
      execute(word, &at, &top, &scratch)
    }
  }

  /// Executes any instruction with the place and the stack of the caller.
  @inline(__always)
  private mutating func execute(
    _ word: Instruction, _ at: inout UnsafePointer<Instruction>,
    _ top: inout UnsafeMutablePointer<Value>, _ scratch: inout Scratch
  ) {
    self.top = top
    next = at
    execute(word, &scratch)
    top = self.top
    at = next
  }

  @inline(__always)
  private static func push(_ value: Value, _ top: inout UnsafeMutablePointer<Value>) {
    top += 1
    top.pointee = value
  }

  /// The operands of a binary operation; the left one is where the result belongs.
  @inline(__always)
  private func operands(
    _ word: Instruction, _ top: UnsafeMutablePointer<Value>
  ) -> (left: UnsafeMutablePointer<Value>, right: Value) {
    word.detail & Instruction.constantOperand != 0
      ? (top, constant(word)) : (top - 1, top.pointee)
  }
}

/// The usual cases: each says whether it did its work, and has changed nothing if not.
extension Machine {
  @inline(__always)
  private func equateTexts(
    _ word: Instruction, _ top: inout UnsafeMutablePointer<Value>, _ scratch: inout Scratch
  ) -> Bool {
    let (left, right) = operands(word, top)
    guard left.pointee.tag == .text, right.tag == .text else { return false }
    top = left
    let isEqual = scratch.haveEqualBytes(left.pointee, right)
    top.pointee = .bool(isEqual == (word.operation == .equal))
    return true
  }

  @inline(__always)
  private func compareNumbers(
    _ word: Instruction, _ top: inout UnsafeMutablePointer<Value>
  ) -> Bool {
    let (left, right) = operands(word, top)
    let holds: Bool
    if left.pointee.tag == .int, right.tag == .int {
      holds = Machine.holds(word.operation, left.pointee.int, right.int)
    } else if left.pointee.tag == .double, right.tag == .double {
      holds = Machine.holds(word.operation, left.pointee.double, right.double)
    } else {
      return false
    }
    top = left
    top.pointee = .bool(holds)
    return true
  }

  @inline(__always)
  private func calculateNumbers(
    _ word: Instruction, _ top: inout UnsafeMutablePointer<Value>
  ) -> Bool {
    let (left, right) = operands(word, top)
    guard let result = Machine.calculate(word.operation, left.pointee, right) else { return false }
    top = left
    top.pointee = result
    return true
  }

  /// What two numbers of one type come to; absent for anything else and where they overflow.
  @inline(__always)
  private static func calculate(
    _ operation: Instruction.Operation, _ left: Value, _ right: Value
  ) -> Value? {
    if left.tag == .double, right.tag == .double {
      switch operation {
      case .add: return .double(left.double + right.double)
      case .subtract: return .double(left.double - right.double)
      default: return .double(left.double * right.double)
      }
    }
    guard left.tag == .int, right.tag == .int else { return nil }
    let result: (partialValue: Int64, overflow: Bool)
    switch operation {
    case .add: result = left.int.addingReportingOverflow(right.int)
    case .subtract: result = left.int.subtractingReportingOverflow(right.int)
    default: result = left.int.multipliedReportingOverflow(by: right.int)
    }
    return result.overflow ? nil : .int(result.partialValue)
  }

  @inline(__always)
  private func findText(_ top: UnsafeMutablePointer<Value>, _ word: Instruction) -> Bool {
    let item = top.pointee
    guard item.tag == .text, item.length <= Scratch.freeByteCount else { return false }
    top.pointee = .bool(header.pointee.sets.contains(item, in: Int(word.argument)))
    return true
  }

  @inline(__always)
  private func findPart(
    _ word: Instruction, _ top: inout UnsafeMutablePointer<Value>, _ scratch: inout Scratch
  ) -> Bool {
    guard word.detail <= TextFunction.contains.rawValue,
      let result = scratch.findPart(of: top[-1], top.pointee, word.detail)
    else { return false }
    top -= 1
    top.pointee = .bool(result)
    return true
  }

  @inline(__always)
  private func negateTruth(_ top: UnsafeMutablePointer<Value>) -> Bool {
    guard top.pointee.tag == .bool else { return false }
    top.pointee.bits ^= 1
    return true
  }

  /// The left is no deciding truth value: that would have jumped.
  @inline(__always)
  private func combineTruths(_ top: inout UnsafeMutablePointer<Value>) -> Bool {
    guard top.pointee.tag == .bool, top[-1].tag == .bool else { return false }
    top[-1] = top.pointee
    top -= 1
    return true
  }

  @inline(__always)
  private func pushTapeValue(
    _ roots: UnsafeMutablePointer<Value>, _ word: Instruction,
    _ top: inout UnsafeMutablePointer<Value>, _ scratch: inout Scratch
  ) -> Bool {
    guard let value = valueOnTape(roots, word, &scratch) else { return false }
    Machine.push(value, &top)
    return true
  }

  /// What a path on the tape leads to; absent if that is not known so simply.
  @inline(__always)
  private func valueOnTape(
    _ roots: UnsafeMutablePointer<Value>, _ word: Instruction, _ scratch: inout Scratch
  ) -> Value? {
    let row = header.pointee.paths.start[Int(word.argument)]
    let root = roots[Int(row.root)]
    guard root.tag == .map, root.isOnTape, let document = scratch.document else { return nil }
    let keys = header.pointee.keys.keys.start + Int(row.firstKey)
    let place = document.find(keys, row.keyCount, from: Int(root.bits))
    guard place.steps == row.keyCount else { return nil }
    let value = document.value(at: place.index)
    guard value.tag != .unknown else { return nil }
    scratch.cost &-= Int(place.visited)
    return value
  }

  /// Replaces a map on the tape by whether it has a key of the table.
  @inline(__always)
  private func holdsOnTape(
    _ top: UnsafeMutablePointer<Value>, _ word: Instruction, _ scratch: inout Scratch
  ) -> Bool {
    let map = top.pointee
    guard map.tag == .map, map.isOnTape, let document = scratch.document else { return false }
    let keys = header.pointee.keys.keys.start + Int(word.argument)
    let place = document.find(keys, 1, from: Int(map.bits))
    scratch.cost &-= Int(place.visited)
    top.pointee = .bool(place.steps == 1)
    return true
  }
}

extension Scratch {
  /// Whether a text starts with, ends with or contains another, as the number of the function
  /// says; absent for anything but texts and over budget.
  @inline(__always)
  fileprivate mutating func findPart(of text: Value, _ part: Value, _ function: UInt8) -> Bool? {
    guard text.tag == .text, part.tag == .text,
      cost > Int(text.length)
    else { return nil }
    cost -= Int(text.length)
    if function == TextFunction.contains.rawValue {
      return find(part.bytes, in: text.bytes, from: 0) != nil
    }
    guard part.length <= text.length else { return false }
    let start = function == TextFunction.startsWith.rawValue ? 0 : text.length - part.length
    return CEL.areEqual(text.part(Int(start)..<Int(start + part.length)).bytes, part.bytes)
  }
}
