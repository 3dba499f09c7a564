import Contacts
import Simulator
import Testing

private let request = APIRequest(method: "GET", target: "/api/v2/contacts.json")

@Suite("Faults in this process")
struct SendingTests {
  private func api(_ effects: Fault.Effect...) -> SimulatedAPI {
    SimulatedAPI(
      Workspace(.weni), clock: .virtual(now: Timestamp(microseconds: 0), step: .zero),
      faults: FaultPlan(effects.map { Fault($0) }))
  }

  private let answer = APIAnswer(status: 200, body: Array("12345678".utf8))

  @Test("a reset is thrown", arguments: [.skipped, .done] as [Fault.Application])
  func reset(_ application: Fault.Application) async {
    await #expect(throws: TransportFailure.reset) {
      try await api(.reset(application)).send(request)
    }
  }

  @Test("a body that is cut is thrown, one that is shorter is not")
  func truncation() async throws {
    let cut = api(.answer(answer, .skipped), .truncate(byteCount: 7))
    await #expect(throws: TransportFailure.truncated) { try await cut.send(request) }
    let whole = api(.answer(answer, .skipped), .truncate(byteCount: 8))
    #expect(try await whole.send(request) == answer)
  }

  @Test("a virtual clock moves on by latency, slowness and jumps, without waiting")
  func time() async throws {
    let api = api(
      .answer(answer, .skipped), .delay(.seconds(3_600) ... .seconds(3_600)),
      .slow(bytesPerSecond: 2), .jump(.seconds(-60)))
    #expect(try await api.send(request) == answer)
    #expect(api.clock.now == Timestamp(microseconds: (3_600 + 4 - 60) * 1_000_000))
  }

  @Test("a task that is cancelled does not wait for latency")
  func cancellation() async {
    let late = Fault(.delay(.seconds(3_600) ... .seconds(3_600)))
    let api = SimulatedAPI(Workspace(.weni), faults: FaultPlan([late]))
    let sending = Task { try await api.send(request) }
    sending.cancel()
    await #expect(throws: TransportFailure.timedOut) { try await sending.value }
  }
}
