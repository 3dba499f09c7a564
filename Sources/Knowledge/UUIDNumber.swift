/// A uuid as a number of 128 bits.
struct UUIDNumber: BitwiseCopyable, Hashable, Sendable {
  var high: UInt64
  var low: UInt64

  /// Reads 32 hexadecimal digits, hyphens between them or not; absent for anything else.
  init?(_ text: UnsafeRawBufferPointer) {
    if let number = Self(hyphenated: text) { self = number } else { self.init(anyForm: text) }
  }

  /// The usual form, eight digits at a time.
  private init?(hyphenated text: UnsafeRawBufferPointer) {
    guard text.count == 36, text[8] == Self.hyphen, text[13] == Self.hyphen,
      text[18] == Self.hyphen, text[23] == Self.hyphen
    else { return nil }
    func word(_ place: Int) -> UInt64 { text.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
    // The second and the third eight digits have a hyphen between their halves.
    let second = word(9) & 0xFFFF_FFFF | (word(14) & 0xFFFF_FFFF) << 32
    let third = word(19) & 0xFFFF_FFFF | (word(24) & 0xFFFF_FFFF) << 32
    var isHexadecimal = true
    high = Self.value(word(0), &isHexadecimal) << 32 | Self.value(second, &isHexadecimal)
    low = Self.value(third, &isHexadecimal) << 32 | Self.value(word(28), &isHexadecimal)
    guard isHexadecimal else { return nil }
  }

  private static var hyphen: UInt8 { UInt8(ascii: "-") }

  /// The value of eight digits, the first in the lowest byte.
  private static func value(_ digits: UInt64, _ isHexadecimal: inout Bool) -> UInt64 {
    let each: UInt64 = 0x0101_0101_0101_0101
    let high = each << 7
    // In lower case; what has no letter's bit is no letter either way.
    let lower = digits | each * 0x20
    // The high bit of each byte says whether it is at least `0`, above `9`, at least `a`, above `f`.
    let fromZero = lower &+ each * (128 - 0x30)
    let aboveNine = lower &+ each * (127 - 0x39)
    let fromA = lower &+ each * (128 - 0x61)
    let aboveF = lower &+ each * (127 - 0x66)
    let areDigits = fromZero & ~aboveNine
    let areLetters = fromA & ~aboveF
    // A digit written with a bit of `0x20` lacking is a control character.
    let isASCII = digits & high == 0
    let areWritten = areLetters | areDigits & digits << 2
    if !isASCII || areWritten & high != high { isHexadecimal = false }
    var value = (lower & (each * 0x0F)) &+ ((areLetters & high) >> 7) * 9
    // Pairs, fours, and all eight, the first digit highest.
    value = (value << 4 | value >> 8) & 0x00FF_00FF_00FF_00FF
    value = (value << 8 | value >> 16) & 0x0000_FFFF_0000_FFFF
    return (value << 16 | value >> 32) & 0xFFFF_FFFF
  }

  /// With hyphens anywhere or none.
  private init?(anyForm text: UnsafeRawBufferPointer) {
    guard text.count == 36 || text.count == 32 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var count = 0
    for byte in text where byte != Self.hyphen {
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
