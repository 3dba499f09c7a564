/// A clock whose waits end soon after a stop is asked for.
package struct StoppableClock<Base: Clock>: Clock where Base.Duration == Duration {
  package typealias Duration = Swift.Duration

  private static var step: Duration { .milliseconds(200) }

  package let base: Base
  package let isStopped: @Sendable () -> Bool

  package init(base: Base, isStopped: @escaping @Sendable () -> Bool) {
    self.base = base
    self.isStopped = isStopped
  }

  package var now: Base.Instant { base.now }
  package var minimumResolution: Duration { base.minimumResolution }

  package func sleep(until deadline: Base.Instant, tolerance: Duration?) async throws {
    while now < deadline {
      if isStopped() { throw CancellationError() }
      try await base.sleep(until: min(deadline, now.advanced(by: Self.step)), tolerance: nil)
    }
  }
}
