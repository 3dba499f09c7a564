/// A duration as people write it: `250ms`, `2s`, `5m`, `1h`, `7d`.
package struct WrittenDuration: Sendable, Equatable {
  package var duration: Duration

  private static let units: [(name: String, duration: Duration)] = [
    ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)), ("h", .seconds(3_600)),
    ("d", .seconds(86_400)),
  ]
  private static let limit = Duration.seconds(36_525 * 86_400)

  package init(_ duration: Duration) { self.duration = duration }

  /// Absent where the text is none, or more than a century.
  package init?(_ text: some StringProtocol) {
    guard let unit = Self.units.first(where: { text.hasSuffix($0.name) }) else { return nil }
    guard let count = Int64(text.dropLast(unit.name.count)), count.magnitude <= 1 << 42 else {
      return nil
    }
    duration = unit.duration * Int(count)
    guard duration >= .zero - Self.limit, duration <= Self.limit else { return nil }
  }

  /// In the largest unit that divides it.
  package var text: String {
    let (seconds, attoseconds) = duration.components
    let count = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    guard count != 0 else { return "0s" }
    for unit in Self.units.reversed() {
      let size = unit.duration.components
      let milliseconds = size.seconds * 1_000 + size.attoseconds / 1_000_000_000_000_000
      if count % milliseconds == 0 { return "\(count / milliseconds)\(unit.name)" }
    }
    return "\(count)ms"
  }

  /// `250ms`, or `100ms..2s` for one drawn between them.
  package static func range(_ text: some StringProtocol) -> ClosedRange<Duration>? {
    guard let dots = text.firstRange(of: "..") else {
      return WrittenDuration(text).flatMap {
        $0.duration >= .zero ? $0.duration...$0.duration : nil
      }
    }
    guard let low = WrittenDuration(text[..<dots.lowerBound])?.duration,
      let high = WrittenDuration(text[dots.upperBound...])?.duration, low >= .zero, low <= high
    else { return nil }
    return low...high
  }
}
