internal import Glibc

/// A line on the terminal that is drawn again and again, at most five times a second.
package final class StatusLine {
  private static let interval: Int64 = 200_000_000
  private static let erase = "\r\u{1B}[K"

  private let descriptor: Int32
  package let start = RunClock.monotonic()
  private var lastDrawn: Int64
  private var isDrawn = false

  /// A line on a terminal; none where the descriptor is something else, or cannot erase what it shows.
  package init?(descriptor: Int32) {
    guard isatty(descriptor) == 1, getenv("TERM").map({ strcmp($0, "dumb") != 0 }) ?? true else {
      return nil
    }
    self.descriptor = descriptor
    // What ends at once needs no line.
    lastDrawn = start + StatusLine.interval
  }

  /// Draws a text that is made of the time since the start, unless the last one is too recent.
  package func show(_ text: (_ nanoseconds: Int64) -> String) {
    let now = RunClock.monotonic()
    guard now - lastDrawn >= StatusLine.interval else { return }
    lastDrawn = now
    isDrawn = true
    // One that is longer would leave a line behind each time.
    draw(StatusLine.erase + text(now - start).prefix(width))
  }

  /// Columns that a text may take: the last one stays free, or some terminals go on to the next line.
  package var width: Int {
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
    return isKnown ? Int(size.ws_col) - 1 : 79
  }

  package func clear() {
    guard isDrawn else { return }
    isDrawn = false
    draw(StatusLine.erase)
  }

  private func draw(_ text: String) {
    var bytes = Array(text.utf8)
    write(descriptor, &bytes, bytes.count)
  }
}
