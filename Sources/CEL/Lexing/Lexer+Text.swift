extension Lexer {
  /// A quoted text or bytes, with its prefixes `r` and `b`; whether there was one.
  mutating func readText() -> Bool {
    if readCurlyText() { return true }
    let start = position
    var quote = position
    var isBytes = false
    var isRaw = false
    if byte(at: quote) | 0x20 == UInt8(ascii: "b") {
      isBytes = true
      quote += 1
    }
    if byte(at: quote) | 0x20 == UInt8(ascii: "r") {
      isRaw = true
      quote += 1
    }
    let mark = byte(at: quote)
    guard mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") else { return false }
    let isTriple = byte(at: quote + 1) == mark && byte(at: quote + 2) == mark
    let content = contentEnd(from: quote + (isTriple ? 3 : 1), mark, isTriple, isRaw: isRaw)
    position = content.upperBound
    if content.isClosed {
      position += isTriple ? 3 : 1
    } else {
      issues.append(.unclosedText(at: start..<position))
    }
    let range = (quote + (isTriple ? 3 : 1))..<content.upperBound
    appendText(range, isBytes: isBytes, isRaw: isRaw, from: start)
    return true
  }

  /// Where the text between quotes ends, and whether a quote is there.
  private func contentEnd(
    from start: Int, _ mark: UInt8, _ isTriple: Bool, isRaw: Bool
  ) -> (upperBound: Int, isClosed: Bool) {
    var offset = start
    while offset < source.count {
      let byte = source[offset]
      if byte == mark {
        guard isTriple else { return (offset, true) }
        if self.byte(at: offset + 1) == mark, self.byte(at: offset + 2) == mark {
          return (offset, true)
        }
      }
      if !isTriple, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        return (offset, false)
      }
      offset += byte == UInt8(ascii: "\\") && !isRaw ? 2 : 1
    }
    return (source.count, false)
  }

  private mutating func appendText(
    _ range: Range<Int>, isBytes: Bool, isRaw: Bool, from start: Int
  ) {
    let bytes = isRaw ? Array(source[range]) : unescaped(range, isBytes: isBytes)
    let literal: Literal =
      isBytes ? .bytes(bytes) : .string(String(decoding: bytes, as: UTF8.self))
    append(.literal(literal), from: start)
  }

  /// A text between curly quotes, as word processors make them.
  private mutating func readCurlyText() -> Bool {
    guard isCurlyQuote(at: position) else { return false }
    let start = position
    var end = start + 3
    while end < source.count, !isCurlyQuote(at: end), source[end] != UInt8(ascii: "\n"),
      source[end] != UInt8(ascii: "\"")
    {
      end += 1
    }
    let content = (start + 3)..<end
    position = isCurlyQuote(at: end) ? end + 3 : min(end + 1, source.count)
    let bytes = unescaped(content, isBytes: false)
    append(.literal(.string(String(decoding: bytes, as: UTF8.self))), from: start)
    let text = String(decoding: source[content], as: UTF8.self)
    issues.append(.curlyQuotes(at: start..<position, content: text))
    return true
  }

  /// Whether one of ‘ ’ ‚ ‛ “ ” „ ‟ stands there.
  func isCurlyQuote(at offset: Int) -> Bool {
    byte(at: offset) == 0xE2 && byte(at: offset + 1) == 0x80
      && (0x98...0x9F) ~= byte(at: offset + 2)
  }
}

extension Lexer {
  private mutating func unescaped(_ range: Range<Int>, isBytes: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard source[offset] == UInt8(ascii: "\\") else {
        bytes.append(source[offset])
        offset += 1
        continue
      }
      let length = appendEscape(at: offset, before: range.upperBound, isBytes, to: &bytes)
      if length == 0 { issues.append(.badEscape(at: offset, in: source, isBytes: isBytes)) }
      offset += max(length, 2)
    }
    return bytes
  }

  /// The number of bytes the escape takes in the source, 0 if it is none.
  private func appendEscape(
    at offset: Int, before end: Int, _ isBytes: Bool, to bytes: inout [UInt8]
  ) -> Int {
    let escape = byte(at: offset + 1)
    if let simple = Lexer.simpleEscapes[escape] {
      bytes.append(simple)
      return 2
    }
    let digitCount: Int
    switch escape {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): digitCount = 2
    case UInt8(ascii: "u") where !isBytes: digitCount = 4
    case UInt8(ascii: "U") where !isBytes: digitCount = 8
    case UInt8(ascii: "0")...UInt8(ascii: "3"): digitCount = 3
    default: return 0
    }
    let isOctal = Lexer.isDigit(escape)
    let first = offset + (isOctal ? 1 : 2)
    guard first + digitCount <= end else { return 0 }
    var code: UInt32 = 0
    for digit in source[first..<first + digitCount] {
      guard let value = Lexer.hexadecimalValue(digit), !isOctal || value < 8 else { return 0 }
      code = code * (isOctal ? 8 : 16) + UInt32(value)
    }
    if isBytes {
      bytes.append(UInt8(truncatingIfNeeded: code))
    } else {
      guard let scalar = Unicode.Scalar(code) else { return 0 }
      bytes.append(contentsOf: String(Character(scalar)).utf8)
    }
    return first + digitCount - offset
  }

  private static let simpleEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "?"): 0x3F,
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27, UInt8(ascii: "`"): 0x60,
  ]
}

extension Issue {
  fileprivate static func unclosedText(at range: Range<Int>) -> Issue {
    Issue(
      .unclosedText, "a text ends with the quote it begins with, on the same line", at: range,
      label: "not closed")
  }

  fileprivate static func curlyQuotes(at range: Range<Int>, content: String) -> Issue {
    Issue(
      .curlyQuotes, "curly quotes are no quotes here", at: range,
      help: "use straight quotes: `\"\(content)\"`", replacement: "\"\(content)\"")
  }

  fileprivate static func badEscape(at offset: Int, in source: [UInt8], isBytes: Bool) -> Issue {
    var end = min(offset + 2, source.count)
    while end < source.count, source[end] & 0xC0 == 0x80 { end += 1 }
    let escape = String(decoding: source[offset..<end], as: UTF8.self)
    return Issue(
      .badEscape, "`\(escape)` is no escape\(isBytes ? " of bytes" : "")", at: offset..<end,
      help: "write `\\\\` for a backslash, or `r` before the text of a pattern")
  }
}
