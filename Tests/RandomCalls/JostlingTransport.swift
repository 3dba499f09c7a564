package import Contacts
import Simulator
import Synchronization

/// Lets other tasks go first, as often as chance wants.
package final class JostlingTransport: Transport {
  private let base: any Transport
  private let random: Mutex<SeededGenerator>

  package init(_ base: any Transport, seed: UInt64) {
    self.base = base
    random = Mutex(SeededGenerator(seed: seed))
  }

  package func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    await jostle()
    let answer = try await base.send(request)
    await jostle()
    return answer
  }

  private func jostle() async {
    let count = random.withLock { Int($0.next() % 12) }
    for _ in 0..<count { await Task.yield() }
  }
}
