/// A small generator whose state is part of a value, so that a seed decides everything after it.
struct SplitMix: RandomNumberGenerator, Sendable, Equatable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// From 0 up to but not including 1.
  mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }

  mutating func duration(in range: ClosedRange<Duration>) -> Duration {
    if range.lowerBound == range.upperBound { return range.lowerBound }
    return range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }
}
