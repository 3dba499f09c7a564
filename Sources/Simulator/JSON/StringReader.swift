private import Contacts

/// Reads one JSON string as Python does, lone surrogates included.
struct StringReader {
  struct Fault: Error {
    var complaint: JSONFault.Complaint
    /// A byte of the text.
    var place: Int
  }

  private let bytes: [UInt8]
  private let start: Int
  private(set) var index: Int

  /// The start is where the opening quote stands.
  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    self.start = start
    index = start + 1
  }

  mutating func read() throws(Fault) -> [UInt8] {
    var text: [UInt8] = []
    while true {
      let next = try pieceEnd()
      text.append(contentsOf: bytes[index..<next])
      index = next + 1
      if bytes[next] == 0x22 { return text }
      try readEscape(into: &text)
    }
  }

  /// Where the next quote or backslash stands.
  private func pieceEnd() throws(Fault) -> Int {
    var end = index
    while end < bytes.count {
      let byte = bytes[end]
      if byte == 0x22 || byte == 0x5C { return end }
      if byte < 0x20 { throw Fault(complaint: .control, place: end) }
      end += 1
    }
    throw Fault(complaint: .unterminated, place: start)
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(Fault) {
    guard index < bytes.count else { throw Fault(complaint: .unterminated, place: start) }
    let letter = bytes[index]
    index += 1
    switch letter {
    case 0x22, 0x5C, 0x2F: text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): Self.append(try readUnit(), to: &text)
    default: throw Fault(complaint: .escape, place: index - 2)
    }
  }

  /// Reads the four digits behind `\u`, and those of the other half of a pair.
  private mutating func readUnit() throws(Fault) -> UInt32 {
    let unit = try readDigits()
    guard unit & 0xFC00 == 0xD800, index + 6 < bytes.count, bytes[index] == 0x5C,
      bytes[index + 1] == UInt8(ascii: "u")
    else { return unit }
    let behind = index
    index += 2
    let other = try readDigits()
    if other & 0xFC00 == 0xDC00 { return 0x10000 + (unit & 0x3FF) << 10 + (other & 0x3FF) }
    index = behind
    return unit
  }

  private mutating func readDigits() throws(Fault) -> UInt32 {
    let fault = Fault(complaint: .unicodeEscape, place: index - 1)
    guard index + 4 < bytes.count else { throw fault }
    var value: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw fault
      }
      value = value << 4 | UInt32(digit)
    }
    index += 4
    return value
  }

  /// Appends a code point, surrogates in the same three bytes as their neighbours.
  private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    guard scalar & 0xF800 == 0xD800 else { return UTF8Text.append(scalar, to: &text) }
    text.append(0xE0 | UInt8(scalar >> 12))
    text.append(0x80 | UInt8(scalar >> 6 & 0x3F))
    text.append(0x80 | UInt8(scalar & 0x3F))
  }
}
