private import CEL
private import Contacts

/// A moment, as exact as the API's servers tell it.
package struct PointInTime: Sendable, Hashable, Comparable {
  /// Since 1970 in UTC.
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// Reads RFC 3339, as in `2026-03-02T12:00:00.5Z`; a time without offset is UTC.
  package init?(_ text: UnsafeRawBufferPointer) {
    guard let time = WrittenTime(rfc3339: text) else { return nil }
    microseconds =
      (time.localSecond - Int64(time.offset)) * 1_000_000 + Int64(time.nanoseconds / 1_000)
  }

  /// RFC 3339 in UTC, with six digits of the fraction.
  package var text: String {
    let second = microseconds.floored(by: 1_000_000)
    let days = second.floored(by: 86_400)
    let date = CivilDate(daysSinceEpoch: Int(days))
    let time = second - days * 86_400
    return Self.padded(Int64(date.year), 4) + "-" + Self.padded(Int64(date.month), 2) + "-"
      + Self.padded(Int64(date.day), 2) + "T" + Self.padded(time / 3_600, 2) + ":"
      + Self.padded(time / 60 % 60, 2) + ":" + Self.padded(time % 60, 2) + "."
      + Self.padded(microseconds - second * 1_000_000, 6) + "Z"
  }

  package static func < (left: PointInTime, right: PointInTime) -> Bool {
    left.microseconds < right.microseconds
  }

  package func advanced(by duration: Duration) -> PointInTime {
    let (seconds, attoseconds) = duration.components
    return PointInTime(
      microseconds: microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }

  /// How long after an earlier moment this one is.
  package func elapsed(since earlier: PointInTime) -> Duration {
    .microseconds(microseconds - earlier.microseconds)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension Int64 {
  /// The quotient, rounded down.
  fileprivate func floored(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
