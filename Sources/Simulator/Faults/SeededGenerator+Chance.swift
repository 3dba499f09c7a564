extension SeededGenerator {
  /// From 0 up to but not including 1.
  mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }

  mutating func duration(in range: ClosedRange<Duration>) -> Duration {
    if range.lowerBound == range.upperBound { return range.lowerBound }
    return range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }
}
