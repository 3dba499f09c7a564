extension Machine {
  mutating func select(_ word: Instruction, _ scratch: inout Scratch) {
    let operand = top.pointee
    switch operand.tag {
    case .unknown: break
    case .optional: selectOptional(key(word), of: operand, word, &scratch)
    default:
      guard follow(Int(word.argument), 1, word, &scratch) else { return }
      if top.pointee.tag == .unknown, top.pointee.site == 0 { top.pointee.site = word.site }
    }
  }

  /// The key of the table that a selection names.
  private func key(_ word: Instruction) -> Value {
    header.pointee.keys.texts.start[Int(word.argument)]
  }

  private func selectField(
    _ name: Value, of map: Value, _ word: Instruction, _ scratch: inout Scratch
  ) {
    guard let value = scratch.value(of: name, in: map) else {
      failOnPath(.missing, word)
      return
    }
    top.pointee = value
    if value.tag == .unknown, value.site == 0 { top.pointee.site = word.site }
  }

  mutating func optionalSelect(_ word: Instruction, _ scratch: inout Scratch) {
    selectOptional(key(word), of: top.pointee, word, &scratch)
  }

  /// Replaces the top by an optional of the key's value; an optional operand is looked into.
  private func selectOptional(
    _ key: Value, of operand: Value, _ word: Instruction, _ scratch: inout Scratch
  ) {
    switch operand.tag {
    case .optional:
      guard let inner = operand.pointee else { return }
      selectOptional(key, of: inner, word, &scratch)
    case .map:
      let value = scratch.value(of: key, in: operand)
      if let value, value.tag == .unknown {
        top.pointee = value
      } else {
        top.pointee = value.map { scratch.makeOptional($0) } ?? Value(bits: 0, tag: .optional)
      }
    case .list where key.tag != .text:
      switch element(key, of: operand, &scratch) {
      case .value(let value): top.pointee = scratch.makeOptional(value)
      case .outOfRange: top.pointee = Value(bits: 0, tag: .optional)
      case .noIndex: fail(.wrongType, word, found: key.tag)
      }
    case .unknown: top.pointee = operand
    case .missing, .null, .bool, .int, .uint, .double, .text,
      .bytes, .list, .timestamp, .duration, .type:
      failOnPath(.wrongType, word, found: operand.tag)
    }
  }

  mutating func hasField(_ word: Instruction, _ scratch: inout Scratch) {
    let operand = top.pointee
    switch operand.tag {
    case .map:
      let isThere =
        operand.isOnTape
        ? holds(Int(word.argument), operand, &scratch)
        : scratch.value(of: key(word), in: operand) != nil
      top.pointee = .bool(isThere)
    case .optional:
      selectOptional(key(word), of: operand, word, &scratch)
      if top.pointee.tag == .optional { top.pointee = .bool(top.pointee.bits != 0) }
    case .unknown: break
    default: failOnPath(.wrongType, word, found: operand.tag)
    }
  }

  mutating func index(_ word: Instruction, _ scratch: inout Scratch) {
    let key = top.pointee
    top -= 1
    let operand = top.pointee
    if operand.tag == .unknown { return }
    if key.tag == .unknown {
      top.pointee = key
      return
    }
    switch operand.tag {
    case .map: indexMap(key, operand, word, &scratch)
    case .list:
      switch element(key, of: operand, &scratch) {
      case .value(let value):
        top.pointee = value
        if value.tag == .unknown, value.site == 0 { top.pointee.site = word.site }
      case .outOfRange: failOnPath(.outOfRange, word)
      case .noIndex: fail(.wrongType, word, found: key.tag)
      }
    case .optional: selectOptional(key, of: operand, word, &scratch)
    default: failOnPath(.wrongType, word, found: operand.tag)
    }
  }

  private func indexMap(
    _ key: Value, _ map: Value, _ word: Instruction, _ scratch: inout Scratch
  ) {
    switch key.tag {
    case .text, .int, .uint, .double, .bool: selectField(key, of: map, word, &scratch)
    default: fail(.wrongType, word, found: key.tag)
    }
  }

  mutating func optionalIndex(_ word: Instruction, _ scratch: inout Scratch) {
    let key = top.pointee
    top -= 1
    if key.tag == .unknown {
      if top.pointee.tag != .unknown { top.pointee = key }
    } else {
      selectOptional(key, of: top.pointee, word, &scratch)
    }
  }

  private enum Element {
    case value(Value)
    case outOfRange
    case noIndex
  }

  private func element(
    _ key: Value, of list: Value, _ scratch: inout Scratch
  ) -> Element {
    let number: Int
    switch key.tag {
    case .int: number = Int(key.int)
    case .uint: number = key.bits > UInt64(Int32.max) ? -1 : Int(key.bits)
    case .double:
      guard let whole = Int(exactly: key.double) else { return .noIndex }
      number = whole
    default: return .noIndex
    }
    guard number >= 0, number < Int(list.length) else { return .outOfRange }
    guard list.isOnTape else {
      guard let memory = UnsafePointer<Value>(bitPattern: UInt(list.bits)) else {
        return .outOfRange
      }
      return .value(memory[number])
    }
    guard let document = scratch.document else { return .outOfRange }
    // On the tape the elements before it are walked over.
    scratch.cost -= number
    var position = Int(list.bits) + 1
    for _ in 0..<number { position = document.end(of: position) }
    return .value(document.value(at: position))
  }
}

extension Machine {
  func unwrapElement(_ word: Instruction) {
    let value = top.pointee
    switch value.tag {
    case .optional: top.pointee = value.pointee ?? .missing
    case .unknown: break
    default: fail(.wrongType, word, found: value.tag)
    }
  }

  mutating func makeList(_ word: Instruction, _ scratch: inout Scratch) {
    let count = Int(word.argument)
    let first = top - count + 1
    top = first
    let memory = scratch.allocateValues(count)
    var kept = 0
    for index in 0..<count {
      let value = first[index]
      if value.tag == .unknown {
        top.pointee = value
        return
      }
      if value.tag == .missing { continue }
      memory[kept] = value
      kept += 1
    }
    scratch.cost -= count
    top.pointee = .list(memory, count: kept)
  }

  mutating func makeMap(_ word: Instruction, _ scratch: inout Scratch) {
    let count = Int(word.argument)
    let first = top - count * 2 + 1
    top = first
    let memory = scratch.allocateValues(count * 2)
    var map = Value.map(memory, count: 0)
    for index in 0..<count {
      let key = first[index * 2]
      let value = first[index * 2 + 1]
      if key.tag == .unknown || value.tag == .unknown {
        top.pointee = key.tag == .unknown ? key : value
        return
      }
      if value.tag == .missing { continue }
      guard key.isMapKey, scratch.value(of: key, in: map) == nil else {
        fail(.badKey, word, found: key.tag)
        return
      }
      memory[Int(map.length) * 2] = key
      memory[Int(map.length) * 2 + 1] = value
      map.length += 1
    }
    scratch.cost -= count
    top.pointee = map
  }
}

extension Value {
  /// Whether it may be a key of a map literal.
  var isMapKey: Bool { tag == .text || tag == .int || tag == .uint || tag == .bool }
}
