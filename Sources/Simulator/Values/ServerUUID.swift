/// A uuid in 16 bytes.
struct ServerUUID: Hashable, Sendable {
  private var bits: UInt128

  /// Random, as version 4 has it.
  init(from generator: inout SeededGenerator) {
    let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    bits = UInt128(high) << 64 | UInt128(low)
  }

  /// Reads the one form that the server writes: lower case, with hyphens.
  init?(_ text: some Collection<UInt8>) {
    guard text.count == 36 else { return nil }
    var bits: UInt128 = 0
    for (index, byte) in text.enumerated() {
      switch index {
      case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return nil }
      default:
        guard let digit = Self.digit(byte) else { return nil }
        bits = bits << 4 | UInt128(digit)
      }
    }
    self.bits = bits
  }

  /// Reads what Python's `UUID` takes: any case, hyphens anywhere or nowhere, `urn:uuid:`, braces.
  init?(lenient text: [UInt8]) {
    var digits = WideText.lowercased(text)
    for prefix in ["urn:", "uuid:"] where digits.starts(with: prefix.utf8) {
      digits.removeFirst(prefix.utf8.count)
    }
    while let last = digits.last, last == 0x7B || last == 0x7D { digits.removeLast() }
    let bare = digits.drop { $0 == 0x7B || $0 == 0x7D }.filter { $0 != UInt8(ascii: "-") }
    guard bare.count == 32 else { return nil }
    var bits: UInt128 = 0
    for byte in bare {
      guard let digit = Self.digit(byte) else { return nil }
      bits = bits << 4 | UInt128(digit)
    }
    self.bits = bits
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  var text: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 36) { buffer, count in
      var rest = bits
      var index = 35
      while index >= 0 {
        if index == 8 || index == 13 || index == 18 || index == 23 {
          buffer[index] = UInt8(ascii: "-")
        } else {
          let digit = UInt8(truncatingIfNeeded: rest & 0xF)
          buffer[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
          rest >>= 4
        }
        index -= 1
      }
      count = 36
    }
  }
}

/// SplitMix64: all that looks random in a workspace comes from its seed.
package struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
  private(set) var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
