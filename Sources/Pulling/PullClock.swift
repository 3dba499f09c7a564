private import Glibc
package import StateStore

/// Tells the time and waits; tests have their own.
package struct PullClock: Sendable {
  package var now: @Sendable () -> PointInTime
  package var sleep: @Sendable (Duration) async -> Void

  package init(
    now: @escaping @Sendable () -> PointInTime, sleep: @escaping @Sendable (Duration) async -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  package static let system = PullClock(
    now: {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return PointInTime(
        microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    },
    // A task that is cancelled stops at once, and asks for nothing more.
    sleep: { try? await Task.sleep(for: $0) })
}
