package import Contacts
package import Pulling
import Synchronization

/// Sends a request again where the network or the server lost it, and waits where the server asks.
///
/// Calls set states, so sending one again that was carried out changes nothing. The one exception, a
/// contact that is made without being looked up, is left to ``PlanApplication``.
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
      let isReached = reach.isReached
      guard let outcome = outcome(of: result, for: request),
        // Whoever misspelt the server, or is offline, need not wait to be told.
        isReached || result != .failure(.unreachable)
      else { return try result.get() }
      switch policy.decide(outcome, failed: failed, throttled: throttled) {
      case .accept, .giveUp: return try result.get()
      case .retry(let wait, _):
        failed += 1
        guard await pause(wait, .failure) else { return try result.get() }
      case .comeBack(let wait):
        throttled += 1
        guard await pause(wait, .throttled) else { return try result.get() }
      }
    }
  }

  private func attempt(_ request: APIRequest) async -> Result<APIAnswer, TransportFailure> {
    do throws(TransportFailure) {
      let answer = try await base.send(request)
      reach.note()
      return .success(answer)
    } catch {
      if error != .unreachable { reach.note() }
      return .failure(error)
    }
  }

  /// What the policy decides about; nothing where the result is final whatever it says.
  private func outcome(
    of result: Result<APIAnswer, TransportFailure>, for request: APIRequest
  ) -> RetryPolicy.Outcome? {
    switch result {
    case .failure(.unreachable): .failure(.unreachable)
    case .success(let answer) where answer.status == 429: .answer(answer)
    case .failure(let failure): request.isRepeatable ? .failure(failure) : nil
    case .success(let answer) where answer.status == 408 || answer.status >= 500:
      request.isRepeatable ? .answer(answer) : nil
    case .success: nil
    }
  }

  /// Waits; false where a stop was asked for meanwhile.
  private func pause(_ duration: Duration, _ reason: WaitReason) async -> Bool {
    observe(reason, duration)
    return (try? await clock.sleep(until: clock.now.advanced(by: duration), tolerance: nil)) != nil
  }
}

/// Whether a server has ever been there, as far as those who share this know.
package final class Reach: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  package var isReached: Bool { flag.load(ordering: .relaxed) }

  package func note() { flag.store(true, ordering: .relaxed) }
}

extension APIRequest {
  /// Whether doing it twice is doing it once: all but making a contact that is not looked up.
  fileprivate var isRepeatable: Bool { method != "POST" || target != "/api/v2/contacts.json" }
}
