/// A clock whose waits end soon after a stop is asked for.
struct StoppableClock<Base: Clock>: Clock where Base.Duration == Duration {
  typealias Duration = Swift.Duration

  private static var step: Duration { .milliseconds(200) }

  let base: Base
  let isStopped: @Sendable () -> Bool

  var now: Base.Instant { base.now }
  var minimumResolution: Duration { base.minimumResolution }

  func sleep(until deadline: Base.Instant, tolerance: Duration?) async throws {
    while now < deadline {
      if isStopped() { throw CancellationError() }
      try await base.sleep(until: min(deadline, now.advanced(by: Self.step)), tolerance: nil)
    }
  }
}
