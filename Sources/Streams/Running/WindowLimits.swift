/// When a window of events ends: whichever limit is reached first.
package struct WindowLimits: Sendable, Equatable {
  package var eventCount: Int
  /// Absent: only the number of events counts.
  package var nanoseconds: Int64?

  package init(eventCount: Int = 1_000_000, nanoseconds: Int64? = nil) {
    self.eventCount = eventCount
    self.nanoseconds = nanoseconds
  }

  /// All regular files together, within what memory should hold.
  package static let files = WindowLimits(eventCount: 1_000_000)
  /// What somebody who waits for a live stream can bear.
  package static let live = WindowLimits(eventCount: 10_000, nanoseconds: 2_000_000_000)

  /// Whatever has arrived, before waiting for more.
  package static let arrived = WindowLimits(eventCount: 10_000, nanoseconds: 0)

  /// Reads `10000`, `2s`, `500ms`, `1m` or `10000,2s`.
  package init?(text: String) {
    self.init()
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first else { return nil }
    if parts.count == 2 {
      guard let count = Int(first), count > 0 else { return nil }
      guard let duration = WindowLimits.nanoseconds(in: parts[1]) else { return nil }
      eventCount = count
      nanoseconds = duration
    } else if let count = Int(first) {
      guard count > 0 else { return nil }
      eventCount = count
    } else {
      guard let duration = WindowLimits.nanoseconds(in: first) else { return nil }
      nanoseconds = duration
    }
  }

  private static func nanoseconds(in text: Substring) -> Int64? {
    let units: [(suffix: String, factor: Int64)] = [
      ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
    ]
    for unit in units where text.hasSuffix(unit.suffix) {
      guard let count = Int64(text.dropLast(unit.suffix.count)) else { continue }
      return count > 0 && count <= 86_400_000 ? count * unit.factor : nil
    }
    return nil
  }
}
