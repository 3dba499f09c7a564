package import Contacts
import Synchronization

/// A process that dies at one of its requests: before it is sent, or before its answer comes.
package final class DyingTransport: Transport {
  package enum Moment: CaseIterable { case before, after }

  private let base: any Transport
  private let moment: Moment
  private let left: Mutex<Int>

  /// Dies at this request, counted from zero.
  package init(_ base: any Transport, at place: Int, _ moment: Moment) {
    self.base = base
    self.moment = moment
    left = Mutex(place)
  }

  /// Whether it died.
  package var isDead: Bool { left.withLock { $0 < 0 } }

  package func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    let rest = left.withLock { left in
      left -= 1
      return left
    }
    if rest >= 0 { return try await base.send(request) }
    if rest == -1, moment == .after { _ = try await base.send(request) }
    throw .unreachable
  }
}
