extension Document {
  /// The tags of tape words, and how they are packed.
  enum Word {
    static let openMap = UInt8(ascii: "{"), closeMap = UInt8(ascii: "}")
    static let openList = UInt8(ascii: "["), closeList = UInt8(ascii: "]")
    /// Counts from here on are not stored.
    static let countLimit: UInt32 = 0xFF_FFFF
  }

  @inline(__always)
  func tag(at index: Int) -> UInt8 { UInt8(truncatingIfNeeded: tape[index] >> 56) }

  /// The value that starts at a tape index; lists and maps stay on the tape.
  @inline(__always)
  public func value(at index: Int) -> Value {
    let word = tape[index]
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case UInt8(ascii: "\""): return text(at: index)
    case UInt8(ascii: "l"): return .int(Int64(bitPattern: tape[index + 1]))
    case UInt8(ascii: "d"): return Value(bits: tape[index + 1], tag: .double)
    case UInt8(ascii: "u"): return .double(Double(tape[index + 1]))
    case UInt8(ascii: "t"): return .bool(true)
    case UInt8(ascii: "f"): return .bool(false)
    case UInt8(ascii: "n"): return .null
    case Word.openList: return container(.list, word, at: index)
    case Word.openMap: return container(.map, word, at: index)
    default: return .unknown(.unrepresentable)
    }
  }

  /// The tape index behind the value that starts at `index`.
  @inline(__always)
  public func end(of index: Int) -> Int {
    let word = tape[index]
    switch UInt8(truncatingIfNeeded: word >> 56) {
    case Word.openList, Word.openMap: return Int(word & 0xFFFF_FFFF)
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"), UInt8(ascii: "x"):
      return index + 2
    default: return index + 1
    }
  }

  /// The text whose word stands at a tape index.
  @inline(__always)
  func text(at index: Int) -> Value {
    let start = strings + Int(tape[index] & 0xFF_FFFF_FFFF_FFFF)
    let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    return Value(
      bits: UInt64(UInt(bitPattern: start)) + 4, length: count, tag: .text)
  }

  @inline(__always)
  private func container(_ tag: Value.Tag, _ word: UInt64, at index: Int) -> Value {
    var count = UInt32(truncatingIfNeeded: word >> 32) & Word.countLimit
    if count == Word.countLimit { count = self.count(of: tag, at: index) }
    return Value(bits: UInt64(index), length: count, tag: tag, reason: 1)
  }

  @inline(never)
  private func count(of tag: Value.Tag, at index: Int) -> UInt32 {
    var count: UInt32 = 0
    var position = index + 1
    let last = end(of: index) - 1
    while position < last {
      position = end(of: tag == .map ? position + 1 : position)
      count += 1
    }
    return count
  }

  /// The tape index of a field's value; of several fields of one name the last counts.
  func field(_ name: UnsafeRawBufferPointer, ofMapAt index: Int) -> Int? {
    var position = index + 1
    let last = end(of: index) - 1
    var found: Int?
    while position < last {
      let key = text(at: position)
      if Int(key.length) == name.count, areEqual(key.bytes, name) { found = position + 1 }
      position = end(of: position + 1)
    }
    return found
  }
}
