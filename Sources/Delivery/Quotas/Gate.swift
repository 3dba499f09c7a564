package import Contacts
import Pulling
package import Sending
package import StateStore
import Synchronization

/// The last gate before the socket: no request passes that a quota has no room for, and none whose
/// time is not written down.
///
/// It waits as long as quotas ask for. A request that the server refuses as one too many was not
/// carried out, so that it is sent again whatever it does.
package final class Gate<Time: Clock>: Sendable where Time.Duration == Duration {
  /// A request that is about to be sent.
  package struct Mark: Sendable {
    package var scope: QuotaScope
    package var time: PointInTime
    /// The call that it is sent for.
    package var call: CallPlace?
  }

  private let base: any Transport
  private let clock: StoppableClock<Time>
  private let now: @Sendable () -> PointInTime
  private let windows: Mutex<[QuotaWindow]>
  private let note: @Sendable (Mark) async throws -> Void
  private let observe: @Sendable (DeliveryEvent) -> Void

  /// A gate that knows of requests of the last hour, of earlier processes too.
  ///
  /// `note` writes down what is about to be sent; where it fails, nothing is sent. `observe` is told of
  /// waits of a second or more, and of what others seem to take.
  package init(
    _ base: any Transport, limits: QuotaLimits, earlier: [(QuotaScope, PointInTime)] = [],
    clock: StoppableClock<Time>, now: @escaping @Sendable () -> PointInTime,
    note: @escaping @Sendable (Mark) async throws -> Void = { _ in },
    observe: @escaping @Sendable (DeliveryEvent) -> Void = { _ in }
  ) {
    self.base = base
    self.clock = clock
    self.now = now
    self.note = note
    self.observe = observe
    windows = Mutex(
      QuotaScope.allCases.map { scope in
        QuotaWindow(
          limit: limits[scope], earlier: earlier.filter { $0.0 == scope }.map(\.1))
      })
  }

  /// Sends a request for a call once there is room for it.
  ///
  /// - Throws: `unreachable` where a stop was asked for meanwhile or nothing can be written down.
  package func send(
    _ request: APIRequest, for call: CallPlace? = nil
  ) async throws(TransportFailure) -> APIAnswer {
    let scope = QuotaScope(target: request.target)
    while true {
      let number = try await enter(scope)
      do {
        try await note(Mark(scope: scope, time: now(), call: call))
      } catch {
        update(scope) { $0.close(number, at: now()) }
        throw .unreachable
      }
      let answer: APIAnswer
      do throws(TransportFailure) {
        answer = try await base.send(request)
      } catch {
        update(scope) { $0.close(number, at: now()) }
        throw error
      }
      guard answer.status == 429 else {
        update(scope) { $0.close(number, at: now()) }
        return answer
      }
      let wait = answer.retryAfterSeconds.map { Duration.seconds($0) }
      let share = update(scope) { $0.refuse(number, at: now(), retryAfter: wait) }
      if let share { observe(.shareHalved(scope, share: share)) }
    }
  }

  /// Waits until the window has room, and takes it.
  private func enter(_ scope: QuotaScope) async throws(TransportFailure) -> Int {
    while true {
      if clock.isStopped() { throw .unreachable }
      let now = now()
      let (wait, number) = update(scope) { window -> (Duration, Int) in
        let wait = window.wait(at: now)
        return (wait, wait == .zero ? window.open(at: now) : -1)
      }
      if wait == .zero { return number }
      if wait >= .seconds(1) { observe(.waiting(.throttled, wait)) }
      do { try await clock.sleep(until: clock.now.advanced(by: wait), tolerance: nil) } catch {
        throw .unreachable
      }
    }
  }

  /// How much of each quota is used now.
  package var standings: [QuotaStanding] {
    let now = now()
    return windows.withLock { windows in
      QuotaScope.allCases.map { QuotaStanding($0, of: &windows[$0.rawValue], at: now) }
    }
  }

  @discardableResult
  private func update<Result>(
    _ scope: QuotaScope, _ body: (inout QuotaWindow) -> Result
  ) -> Result {
    windows.withLock { body(&$0[scope.rawValue]) }
  }
}

/// A gate as the transport of one call.
package struct CallTransport<Time: Clock>: Transport where Time.Duration == Duration {
  package let gate: Gate<Time>
  package let call: CallPlace

  package init(_ gate: Gate<Time>, for call: CallPlace) {
    self.gate = gate
    self.call = call
  }

  package func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    try await gate.send(request, for: call)
  }
}
