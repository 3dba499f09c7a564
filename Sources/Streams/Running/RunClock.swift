internal import Glibc

/// The clock that rules see as `now`: the machine's, or one that stands still.
package enum RunClock: Sendable {
  case system
  /// Nanoseconds since 1970.
  case fixed(Int64)

  package func now() -> Int64 {
    switch self {
    case .system: RunClock.nanoseconds(of: CLOCK_REALTIME)
    case .fixed(let instant): instant
    }
  }

  /// Nanoseconds that never go back, for deadlines and rates.
  package static func monotonic() -> Int64 { nanoseconds(of: CLOCK_MONOTONIC) }

  private static func nanoseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
