import Glibc

/// Where the simulated server reads its time.
package enum ServerClock: Sendable, Equatable {
  /// The machine's clock, moved by a fixed distance.
  case system(offset: Duration)
  /// A clock that moves by `step` with each request, and otherwise only when told to; it stands
  /// still where the step is zero.
  case virtual(now: Timestamp, step: Duration)

  package static let system = ServerClock.system(offset: .zero)

  /// The time of the next request.
  package mutating func tick() -> Timestamp {
    guard case .virtual(let now, let step) = self else { return now }
    self = .virtual(now: now.advanced(by: step), step: step)
    return now
  }

  package var now: Timestamp {
    switch self {
    case .virtual(let now, _): return now
    case .system(let offset):
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
      return Timestamp(microseconds: microseconds).advanced(by: offset)
    }
  }

  /// Moves a virtual clock forwards to a time; it never goes back by this.
  package mutating func advance(to time: Timestamp) {
    guard case .virtual(let now, let step) = self, now < time else { return }
    self = .virtual(now: time, step: step)
  }

  /// Moves the clock, forwards or backwards.
  package mutating func advance(by duration: Duration) {
    self =
      switch self {
      case .system(let offset): .system(offset: offset + duration)
      case .virtual(let now, let step): .virtual(now: now.advanced(by: duration), step: step)
      }
  }
}
