import Diagnostics

/// How far a run has come, on a line of the terminal.
package final class ProgressBar: ProgressView {
  private let line: StatusLine
  /// All bytes there are; absent on live streams.
  private let byteCount: Int?

  /// A bar on a terminal; none where the descriptor is something else.
  package init?(descriptor: Int32, inputs: [Input]) {
    guard let line = StatusLine(descriptor: descriptor) else { return nil }
    self.line = line
    byteCount =
      inputs.contains(where: \.isLive) ? nil : inputs.reduce(0) { $0 + ($1.byteCount ?? 0) }
  }

  package func show(byteCount read: Int, eventCount: Int) {
    line.show { nanoseconds in
      ProgressBar.line(read: read, of: byteCount, events: eventCount, nanoseconds: nanoseconds)
    }
  }

  package func clear() { line.clear() }

  /// The line: share, bar, events, rate and the time left.
  package static func line(
    read: Int, of total: Int?, events: Int, word: String = "events", nanoseconds: Int64
  ) -> String {
    let seconds = max(Double(nanoseconds) / 1e9, 0.001)
    let rate = Int(Double(events) / seconds)
    let counts = "\(grouped(events)) \(word) · \(grouped(rate))/s"
    guard let total, total > 0 else { return counts }
    let share = min(Double(read) / Double(total), 1)
    let filled = Int(share * 20)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    let left = share > 0 ? Int(seconds / share - seconds) : 0
    return "\(bar) \(Int(share * 100)) % · \(counts) · \(clockTime(left)) left"
  }
}

/// `0:07`, `12:30` or `1:02:03`.
package func clockTime(_ seconds: Int) -> String {
  func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60)
  let rest = twoDigits(seconds % 60)
  return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(rest)" : "\(minutes):\(rest)"
}
