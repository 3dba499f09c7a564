/// The standard alphabet of base64; padding is written, and may be missing when read.
///
/// Line ends between the digits, as mail has them, are read over.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ value: Value, _ scratch: inout Scratch) -> Value {
    guard value.tag == .bytes, !value.isAddress else { return .noOverload(value) }
    scratch.cost -= Int(value.length)
    guard scratch.cost >= 0 else { return .unknown(.cost) }
    var text: [UInt8] = []
    encode(value.bytes, into: &text)
    return scratch.makeText(text)
  }

  /// Appends the text that stands for some bytes.
  static func encode(_ bytes: UnsafeRawBufferPointer, into text: inout [UInt8]) {
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group: UInt32 = 0
      for index in 0..<3 {
        group = group << 8 | (index < count ? UInt32(bytes[start + index]) : 0)
      }
      for index in 0..<4 {
        let digit = alphabet[Int(group >> UInt32(18 - index * 6) & 63)]
        text.append(index <= count ? digit : UInt8(ascii: "="))
      }
    }
  }

  static func decode(_ value: Value, _ scratch: inout Scratch) -> Value {
    guard value.tag == .text else { return .noOverload(value) }
    scratch.cost -= Int(value.length)
    guard scratch.cost >= 0 else { return .unknown(.cost) }
    var digits = value.bytes.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }[...]
    var padding = 0
    while digits.last == UInt8(ascii: "="), padding < 2 {
      digits = digits.dropLast()
      padding += 1
    }
    guard digits.count % 4 != 1, padding == 0 || (digits.count + padding) % 4 == 0 else {
      return .unknown(.malformed)
    }
    var bytes: [UInt8] = []
    var group: UInt32 = 0
    var bitCount: UInt32 = 0
    for digit in digits {
      guard let number = alphabet.firstIndex(of: digit) else { return .unknown(.malformed) }
      group = group << 6 | UInt32(number)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: group >> bitCount))
      }
    }
    let text = scratch.makeText(bytes)
    return Value(bits: text.bits, length: text.length, tag: .bytes)
  }
}
