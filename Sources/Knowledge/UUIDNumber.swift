/// A uuid as a number of 128 bits.
struct UUIDNumber: BitwiseCopyable, Hashable, Sendable {
  var high: UInt64
  var low: UInt64

  /// Reads 32 hexadecimal digits, hyphens between them or not; absent for anything else.
  init?(_ text: UnsafeRawBufferPointer) {
    guard text.count == 36 || text.count == 32 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var count = 0
    for byte in text where byte != UInt8(ascii: "-") {
      guard let digit = Self.digit(byte) else { return nil }
      if count < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
      count += 1
    }
    guard count == 32 else { return nil }
    (high, low) = words
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// Appends the 36 bytes of the usual form, in lower case.
  func append(to output: inout [UInt8]) {
    for place in 0..<32 {
      if place == 8 || place == 12 || place == 16 || place == 20 {
        output.append(UInt8(ascii: "-"))
      }
      let word = place < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (place & 15))) & 15
      output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// Random uuids are hashes already; made-up ones may count from one.
  var hash: UInt64 { (high ^ low &* 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9 }
}
