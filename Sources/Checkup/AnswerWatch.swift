internal import Contacts
internal import StateStore
private import Synchronization

/// Lets requests through that read, and learns from the answers what time the server has.
final class AnswerWatch: Transport {
  private let base: any Transport
  private let now: @Sendable () -> PointInTime
  private let bounds = Mutex<ClosedRange<Int64>?>(nil)

  init(_ base: any Transport, now: @escaping @Sendable () -> PointInTime) {
    self.base = base
    self.now = now
  }

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    precondition(request.method == "GET", "a checkup only reads")
    let start = now()
    let answer = try await base.send(request)
    if let time = answer.header("Date").flatMap({ HTTPDate.second(of: $0) }) {
      note(time * 1_000_000, between: start, and: now())
    }
    return answer
  }

  /// The least by which the server's clock is ahead of this machine's, below zero where it is behind;
  /// absent where no answer says.
  var offset: Duration? {
    bounds.withLock { bounds in
      bounds.map { .microseconds($0.lowerBound > 0 ? $0.lowerBound : min($0.upperBound, 0)) }
    }
  }

  /// A server tells whole seconds, and some time while the request was under way; each answer narrows
  /// what its clock can be.
  private func note(_ time: Int64, between start: PointInTime, and end: PointInTime) {
    let low = time - end.microseconds
    let found = low...max(low, time + 1_000_000 - start.microseconds)
    bounds.withLock { bounds in
      // A clock that was set meanwhile leaves nothing in common: the latest counts.
      bounds = bounds.map { $0.overlaps(found) ? $0.clamped(to: found) : found } ?? found
    }
  }
}
