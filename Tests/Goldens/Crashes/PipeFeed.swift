import Foundation
import Synchronization

/// A pipe that gets a few lines more a while after all that it had was taken: what is delivered by then is
/// anybody's guess.
final class PipeFeed: Sendable {
  private static let lineCount = 4

  /// The end that a run reads; it stays open when runs end.
  let reading: Int32
  private let writing: Int32
  private let isHeld: Bool
  private let isOver = Mutex(false)
  private let ended = DispatchSemaphore(value: 0)

  /// With `isHeld` it gives the first lines, and then neither more nor its end.
  init(_ lines: some Sequence<String>, isHeld: Bool = false) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
    self.isHeld = isHeld
    let lines = isHeld ? Array(lines.prefix(Self.lineCount)) : Array(lines)
    Thread.detachNewThread { [self] in
      for start in stride(from: 0, to: lines.count, by: Self.lineCount) {
        guard awaitEmptiness() else { break }
        usleep(.random(in: 0...40_000))
        let part = Array(lines[start..<min(lines.count, start + Self.lineCount)].joined().utf8)
        _ = write(writing, part, part.count)
      }
      if !isHeld { close(writing) }
      ended.signal()
    }
  }

  /// Gives up what nobody has taken.
  func end() {
    isOver.withLock { $0 = true }
    ended.wait()
    if isHeld { close(writing) }
    close(reading)
  }

  /// Waits until the pipe has nothing; false where it was given up.
  private func awaitEmptiness() -> Bool {
    while !isOver.withLock({ $0 }) {
      var count: Int32 = 0
      guard ioctl(reading, UInt(FIONREAD), &count) == 0 else { return false }
      if count == 0 { return true }
      // The system tells nobody that a pipe was emptied.
      usleep(300)
    }
    return false
  }
}
