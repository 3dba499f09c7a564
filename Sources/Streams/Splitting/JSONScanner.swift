/// Finds where a JSON value ends, and the first byte that no JSON value can have there.
///
/// It knows the grammar of containers and the limits of texts, so that a truncated record is noticed
/// where the next one begins; numbers, literals and escapes are the parser's to judge.
struct JSONScanner {
  enum Outcome: Equatable {
    /// The value goes on behind the bytes seen so far.
    case unfinished
    /// The value ends before this offset.
    case complete(Int)
    /// No value can have the byte at this offset.
    case impossible(Int)
  }

  /// What may come next.
  enum State: UInt8 {
    case value, valueOrEnd, key, keyOrEnd, colon, afterValue, text, textEscape, keyText, keyEscape
    case scalar
  }

  private(set) var state = State.value
  private(set) var depth = 0
  /// One bit per open container, set where it is an object; the outermost in the lowest bit.
  private var containers: [UInt64] = []

  /// Whether the value is a number or literal that ends where the text does.
  var isInOutermostScalar: Bool { state == .scalar && depth == 0 }

  /// What could have stood where the scan stopped, as people read it.
  var expectation: String {
    switch state {
    case .value: "a value expected"
    case .valueOrEnd: "a value or `]` expected"
    case .key: "a key in quotes expected"
    case .keyOrEnd: "a key in quotes or `}` expected"
    case .colon: "`:` expected"
    case .afterValue, .scalar: isInObject ? "`,` or `}` expected" : "`,` or `]` expected"
    case .text, .textEscape, .keyText, .keyEscape: "a quote is not closed"
    }
  }

  /// Forgets the last value; keeps the memory.
  mutating func reset() {
    state = .value
    depth = 0
  }

  /// Goes on from `start` to `end`.
  mutating func scan(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Outcome {
    var offset = start
    while offset < end {
      switch state {
      case .text, .keyText:
        offset = skipText(bytes, from: offset, to: end)
        guard offset < end else { return .unfinished }
      case .scalar:
        while offset < end, !bytes[offset].endsScalar { offset += 1 }
        guard offset < end else { return .unfinished }
        state = .afterValue
        if depth == 0 { return .complete(offset) }
        continue
      case .value, .valueOrEnd, .key, .keyOrEnd, .colon, .afterValue, .textEscape, .keyEscape:
        break
      }
      guard accept(bytes[offset]) else { return .impossible(offset) }
      offset += 1
      if depth == 0, state == .afterValue { return .complete(offset) }
    }
    return .unfinished
  }

  private func skipText(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    var offset = start
    while offset < end {
      let byte = bytes[offset]
      if byte == .quote || byte == .backslash || byte == .newline { return offset }
      offset += 1
    }
    return offset
  }

  /// Takes one byte outside numbers and literals; `false` where it cannot stand.
  private mutating func accept(_ byte: UInt8) -> Bool {
    switch state {
    case .text, .keyText:
      return acceptInText(byte)
    case .textEscape, .keyEscape:
      guard byte != .newline else { return false }
      state = state == .textEscape ? .text : .keyText
      return true
    case .value, .valueOrEnd, .key, .keyOrEnd, .colon, .afterValue, .scalar:
      return byte.isBlank || acceptToken(byte)
    }
  }

  private mutating func acceptInText(_ byte: UInt8) -> Bool {
    let isKey = state == .keyText
    switch byte {
    case .quote: state = isKey ? .colon : .afterValue
    case .backslash: state = isKey ? .keyEscape : .textEscape
    case .newline: return false
    default: break
    }
    return true
  }

  private mutating func acceptToken(_ byte: UInt8) -> Bool {
    switch state {
    case .value: return acceptValue(byte)
    case .valueOrEnd: return byte == .closingBracket ? close(object: false) : acceptValue(byte)
    case .key, .keyOrEnd:
      if byte == .closingBrace, state == .keyOrEnd { return close(object: true) }
      guard byte == .quote else { return false }
      state = .keyText
      return true
    case .colon:
      guard byte == .colon else { return false }
      state = .value
      return true
    case .afterValue:
      switch byte {
      case .comma:
        state = isInObject ? .key : .value
        return true
      case .closingBrace: return close(object: true)
      case .closingBracket: return close(object: false)
      default: return false
      }
    case .text, .textEscape, .keyText, .keyEscape, .scalar: return true
    }
  }

  private mutating func acceptValue(_ byte: UInt8) -> Bool {
    switch byte {
    case .openingBrace: open(object: true)
    case .openingBracket: open(object: false)
    case .quote: state = .text
    case .comma, .colon, .closingBrace, .closingBracket: return false
    default: state = .scalar
    }
    return true
  }

  private var isInObject: Bool {
    depth > 0 && containers[(depth - 1) / 64] & (1 << UInt64((depth - 1) % 64)) != 0
  }

  private mutating func open(object: Bool) {
    if depth / 64 == containers.count { containers.append(0) }
    let bit: UInt64 = 1 << UInt64(depth % 64)
    if object { containers[depth / 64] |= bit } else { containers[depth / 64] &= ~bit }
    depth += 1
    state = object ? .keyOrEnd : .valueOrEnd
  }

  private mutating func close(object: Bool) -> Bool {
    guard isInObject == object else { return false }
    depth -= 1
    state = .afterValue
    return true
  }
}
