internal import Glibc

/// A line on the terminal that is drawn again and again, at most ten times a second.
package final class ProgressBar: ProgressView {
  private static let interval: Int64 = 100_000_000
  private static let erase = "\r\u{1B}[K"

  private let descriptor: Int32
  /// All bytes there are; absent on live streams.
  private let byteCount: Int?
  private let start = RunClock.monotonic()
  private var lastDrawn: Int64
  private var isDrawn = false

  /// A bar on a terminal; none where the descriptor is something else.
  package init?(descriptor: Int32, inputs: [Input]) {
    guard isatty(descriptor) == 1 else { return nil }
    self.descriptor = descriptor
    byteCount =
      inputs.contains(where: \.isLive) ? nil : inputs.reduce(0) { $0 + ($1.byteCount ?? 0) }
    // Runs that end at once need no bar.
    lastDrawn = start + ProgressBar.interval
  }

  package func show(byteCount read: Int, eventCount: Int) {
    let now = RunClock.monotonic()
    guard now - lastDrawn >= ProgressBar.interval else { return }
    lastDrawn = now
    isDrawn = true
    draw(
      ProgressBar.erase
        + ProgressBar.line(
          read: read, of: byteCount, events: eventCount, nanoseconds: now - start))
  }

  package func clear() {
    guard isDrawn else { return }
    isDrawn = false
    draw(ProgressBar.erase)
  }

  private func draw(_ text: String) {
    var bytes = Array(text.utf8)
    write(descriptor, &bytes, bytes.count)
  }

  /// The line: share, bar, events, rate and the time left.
  static func line(read: Int, of total: Int?, events: Int, nanoseconds: Int64) -> String {
    let seconds = max(Double(nanoseconds) / 1e9, 0.001)
    let rate = Int(Double(events) / seconds)
    let counts = "\(grouped(events)) events · \(grouped(rate))/s"
    guard let total, total > 0 else { return counts }
    let share = min(Double(read) / Double(total), 1)
    let filled = Int(share * 20)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    let left = share > 0 ? Int(seconds / share - seconds) : 0
    return "\(bar) \(Int(share * 100)) % · \(counts) · \(clockTime(left)) left"
  }

  /// `0:07`, `12:30` or `1:02:03`.
  private static func clockTime(_ seconds: Int) -> String {
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60)
    let rest = twoDigits(seconds % 60)
    return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(rest)" : "\(minutes):\(rest)"
  }
}

/// A number with commas between thousands.
package func grouped(_ number: Int) -> String {
  var text = ""
  for (place, digit) in String(number.magnitude).reversed().enumerated() {
    if place > 0, place % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (number < 0 ? "-" : "") + String(text.reversed())
}
