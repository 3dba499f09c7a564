/// Base64 as Python reads and writes it.
enum Base64Text {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let piece = bytes[index..<min(index + 3, bytes.count)]
      var word = piece.reduce(0) { $0 << 8 | UInt32($1) }
      word <<= UInt32(8 * (3 - piece.count))
      for place in 0..<4 {
        let digit = alphabet[Int(word >> UInt32(18 - 6 * place) & 0x3F)]
        output.append(place <= piece.count ? digit : UInt8(ascii: "="))
      }
      index += 3
    }
    return output
  }

  /// What is not of the alphabet is left out; absent where what remains is cut off.
  static func decoded(_ text: [UInt8]) -> [UInt8]? {
    var output: [UInt8] = []
    var word: UInt32 = 0
    var digits = 0
    var padding = 0
    for byte in text {
      if byte == UInt8(ascii: "=") {
        padding += 1
        if digits >= 2, digits + padding >= 4 { break }
        continue
      }
      guard let value = value(of: byte) else { continue }
      padding = 0
      word = word << 6 | value
      digits += 1
      if digits == 4 {
        output.append(contentsOf: [16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) })
        (word, digits) = (0, 0)
      }
    }
    switch digits {
    case 0: return output
    case 2 where padding >= 2: return output + [UInt8(truncatingIfNeeded: word >> 4)]
    case 3 where padding >= 1:
      return output + [10, 2].map { UInt8(truncatingIfNeeded: word >> $0) }
    default: return nil
    }
  }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x47
    case 0x30...0x39: UInt32(byte) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
