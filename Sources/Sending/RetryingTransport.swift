package import Contacts
import Execution
package import Pulling
import Synchronization

/// Sends a request again where the network or the server lost it, and waits where the server asks.
///
/// Calls set states, so sending one again that was carried out changes nothing. The one exception, a
/// contact that is made without being looked up, is left to ``CallSender``.
package final class RetryingTransport<Time: Clock>: Transport where Time.Duration == Duration {
  private let base: any Transport
  private let policy: RetryPolicy
  private let clock: Time
  private let observe: @Sendable (WaitReason, Duration) -> Void
  private let reach: Reach

  package init(
    _ base: any Transport, policy: RetryPolicy, clock: Time,
    reach: Reach = Reach(), observe: @escaping @Sendable (WaitReason, Duration) -> Void
  ) {
    self.reach = reach
    self.base = base
    self.policy = policy
    self.clock = clock
    self.observe = observe
  }

  package func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    var failed = 0
    var throttled = 0
    while true {
      let result = await attempt(request)
      let outcome = RequestOutcome(result, to: request)
      // Whoever misspelt the server, or is offline, need not wait to be told.
      guard reach.isReached(by: outcome) else { return try result.get() }
      switch OutcomeTable[outcome].repetition {
      case .never, .behindLookUp: return try result.get()
      case .backingOff:
        guard let wait = policy.wait(afterFailures: failed), await pause(wait, .failure) else {
          return try result.get()
        }
        failed += 1
      case .whenAsked:
        let answer = try result.get()
        guard let wait = policy.wait(askedBy: answer, before: throttled),
          await pause(wait, .throttled)
        else { return answer }
        throttled += 1
      }
    }
  }

  private func attempt(_ request: APIRequest) async -> Result<APIAnswer, TransportFailure> {
    do throws(TransportFailure) { return .success(try await base.send(request)) } catch {
      return .failure(error)
    }
  }

  /// Waits; false where a stop was asked for meanwhile.
  private func pause(_ duration: Duration, _ reason: WaitReason) async -> Bool {
    observe(reason, duration)
    return (try? await clock.sleep(until: clock.now.advanced(by: duration), tolerance: nil)) != nil
  }
}

/// Whether the API has ever been there, as far as those who share this know.
package final class Reach: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  /// Notes an outcome, and says whether this or an earlier one is the API's.
  func isReached(by outcome: RequestOutcome) -> Bool {
    if outcome == .unreachable || outcome == .foreignAnswer {
      return flag.load(ordering: .relaxed)
    }
    flag.store(true, ordering: .relaxed)
    return true
  }
}
