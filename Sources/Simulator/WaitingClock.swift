/// The clock of a simulated server as its clients wait by it: where it is virtual, waiting moves it.
package struct WaitingClock: Clock {
  package struct Instant: InstantProtocol {
    var time: Timestamp

    package func advanced(by duration: Duration) -> Instant {
      Instant(time: time.advanced(by: duration))
    }

    package func duration(to other: Instant) -> Duration {
      .microseconds(other.time.microseconds - time.microseconds)
    }

    package static func < (left: Instant, right: Instant) -> Bool {
      left.time.microseconds < right.time.microseconds
    }
  }

  private let api: SimulatedAPI

  /// The clock of this server.
  package init(of api: SimulatedAPI) { self.api = api }

  package var now: Instant { Instant(time: api.clock.now) }

  package var minimumResolution: Duration { .microseconds(1) }

  package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let rest = now.duration(to: deadline)
    guard rest > .zero else { return }
    guard case .virtual = api.clock else { return try await Task.sleep(for: rest) }
    _ = api.advance(by: rest)
  }
}
