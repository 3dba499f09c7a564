extension Lexer {
  /// `1`, `1u`, `0x1F`, `1.5`, `.5`, `1e3`; whether there was a number.
  mutating func readNumber() -> Bool {
    let first = source[position]
    let isFraction = first == UInt8(ascii: ".") && Lexer.isDigit(byte(at: position + 1))
    guard Lexer.isDigit(first) || isFraction else { return false }
    let start = position
    if first == UInt8(ascii: "0"), byte(at: position + 1) == UInt8(ascii: "x"),
      Lexer.hexadecimalValue(byte(at: position + 2)) != nil
    {
      position += 2
      while Lexer.hexadecimalValue(byte(at: position)) != nil { position += 1 }
      appendInteger(source[(start + 2)..<position], radix: 16, from: start)
    } else {
      skipDigits()
      if skipFraction() {
        let text = String(decoding: source[start..<position], as: UTF8.self)
        append(.literal(.double(Double(text) ?? 0)), from: start)
      } else {
        appendInteger(source[start..<position], radix: 10, from: start)
      }
    }
    return true
  }

  private mutating func skipDigits() {
    while Lexer.isDigit(byte(at: position)) { position += 1 }
  }

  /// The part that makes a number a double; whether there is one.
  private mutating func skipFraction() -> Bool {
    let start = position
    if byte(at: position) == UInt8(ascii: "."), Lexer.isDigit(byte(at: position + 1)) {
      position += 1
      skipDigits()
    }
    if byte(at: position) | 0x20 == UInt8(ascii: "e") {
      let next = byte(at: position + 1)
      let isSigned = next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
      if Lexer.isDigit(byte(at: position + (isSigned ? 2 : 1))) {
        position += isSigned ? 2 : 1
        skipDigits()
      }
    }
    return position > start
  }

  private mutating func appendInteger(
    _ digits: ArraySlice<UInt8>, radix: UInt64, from start: Int
  ) {
    var value: UInt64 = 0
    var overflows = false
    for digit in digits {
      let scaled = value.multipliedReportingOverflow(by: radix)
      let sum = scaled.partialValue.addingReportingOverflow(
        UInt64(Lexer.hexadecimalValue(digit) ?? 0))
      overflows = overflows || scaled.overflow || sum.overflow
      value = sum.partialValue
    }
    let isUnsigned = byte(at: position) | 0x20 == UInt8(ascii: "u")
    if isUnsigned { position += 1 }
    append(isUnsigned ? .literal(.uint(value)) : .integer(value), from: start)
    if overflows { issues.append(.numberOutOfRange(at: start..<position)) }
  }

  static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension Issue {
  static func numberOutOfRange(at range: Range<Int>) -> Issue {
    Issue(
      .numberOutOfRange, "a whole number has 64 bits", at: range, label: "too large",
      help: "write it with a `.0` for a double, or in quotes for a text")
  }
}
