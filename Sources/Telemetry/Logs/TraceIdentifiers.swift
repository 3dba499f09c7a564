/// What ties all lines of a run together: 16 bytes, as OpenTelemetry has them.
package struct TraceID: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64

  /// A new one; not all zeros, which would say that there is none.
  package static func random(using generator: inout some RandomNumberGenerator) -> TraceID {
    TraceID(
      high: .random(in: 1 ... .max, using: &generator),
      low: .random(in: 0 ... .max, using: &generator))
  }

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// 32 hexadecimal digits.
  package var text: String { hexadecimal(high) + hexadecimal(low) }

  /// The span of a window (call 0) or of one of its calls.
  ///
  /// It follows from the numbers, so that nobody has to keep it between two lines about the same thing.
  package func span(batch: Int, call: Int = 0) -> SpanID {
    var bits = low ^ high
    for number in [batch, call] {
      bits = SpanID.mixed(bits &+ UInt64(bitPattern: Int64(number)) &+ 0x9E37_79B9_7F4A_7C15)
    }
    return SpanID(bits: bits == 0 ? 1 : bits)
  }
}

/// A piece of work within a trace: 8 bytes.
package struct SpanID: Sendable, Hashable {
  fileprivate let bits: UInt64

  /// 16 hexadecimal digits.
  package var text: String { hexadecimal(bits) }

  /// A one-to-one mapping in which each bit of the result depends on each of the argument.
  fileprivate static func mixed(_ bits: UInt64) -> UInt64 {
    var bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}

private func hexadecimal(_ number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}
