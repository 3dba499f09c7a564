/// Writes compact JSON as the server's renderer does: UTF-8, and nothing escaped that need not be.
struct JSONWriter {
  private(set) var bytes: [UInt8]
  /// Whether the next value or key needs a comma before it.
  private var isBehindValue = false

  init() {
    bytes = []
    // A contact's answer without growing.
    bytes.reserveCapacity(1024)
  }

  mutating func beginObject() { begin(UInt8(ascii: "{")) }
  mutating func endObject() { end(UInt8(ascii: "}")) }
  mutating func beginList() { begin(UInt8(ascii: "[")) }
  mutating func endList() { end(UInt8(ascii: "]")) }

  mutating func key(_ key: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    isBehindValue = false
  }

  mutating func key(_ key: [UInt8]) {
    separate()
    appendQuoted(key)
    bytes.append(UInt8(ascii: ":"))
    isBehindValue = false
  }

  mutating func member(_ key: StaticString, _ text: [UInt8]?) {
    self.key(key)
    string(text)
  }

  mutating func member(_ key: StaticString, _ text: String) {
    self.key(key)
    string(text)
  }

  mutating func member(_ key: StaticString, _ flag: Bool?) {
    self.key(key)
    bool(flag)
  }

  mutating func member(_ key: StaticString, _ number: Int) {
    self.key(key)
    integer(number)
  }

  mutating func null() { literal("null") }
  mutating func bool(_ flag: Bool?) { literal(flag.map { $0 ? "true" : "false" } ?? "null") }

  mutating func integer(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
    isBehindValue = true
  }

  mutating func string(_ text: [UInt8]) {
    separate()
    appendQuoted(text)
    isBehindValue = true
  }

  mutating func string(_ text: String) { string(Array(text.utf8)) }

  mutating func string(_ text: [UInt8]?) {
    if let text { string(text) } else { null() }
  }

  /// Appends what is JSON already.
  mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
    isBehindValue = true
  }

  private mutating func literal(_ word: String) {
    separate()
    bytes.append(contentsOf: word.utf8)
    isBehindValue = true
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    isBehindValue = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    isBehindValue = true
  }

  private mutating func separate() {
    if isBehindValue { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func appendQuoted(_ text: [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    if text.contains(where: Self.needsEscape) {
      for byte in text {
        if Self.needsEscape(byte) { appendEscaped(byte) } else { bytes.append(byte) }
      }
    } else {
      bytes.append(contentsOf: text)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = String(byte, radix: 16)
      bytes.append(contentsOf: (digits.count == 1 ? "u000" : "u00").utf8)
      bytes.append(contentsOf: digits.utf8)
    }
  }
}
