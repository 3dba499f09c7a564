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

  @Test(
    "what fails before it is applied changes nothing, what fails behind it does",
    arguments: [
      (.reset(.skipped), 0), (.reset(.done), 1),
      (.answer(APIAnswer(status: 500), .skipped), 0), (.answer(APIAnswer(status: 500), .done), 1),
      (.truncate(byteCount: 1), 1),
    ] as [(Fault.Effect, Int)])
  func application(_ effect: Fault.Effect, _ count: Int) async throws {
    let api = api(effect)
    _ = try? await api.send(post("contacts", #"{"name": "Ana"}"#))
    api.faults = FaultPlan()
    #expect(try await uuids(of: api).count == count)
  }

  @Test("a bulk deletion that fails midway has deleted the first contacts", arguments: 0...4)
  func partialDelete(_ count: Int) async throws {
    let api = api()
    for _ in 1...4 { _ = try await api.send(post("contacts", "{}")) }
    let contacts = try await uuids(of: api)
    api.faults = FaultPlan([Fault(.partialDelete(count: count))])
    let list = contacts.map { "\"\($0)\"" }.joined(separator: ",")
    let answer = try await api.send(
      post("contact_actions", #"{"action": "delete", "contacts": [\#(list)]}"#))
    #expect(answer.status == (count < 4 ? 500 : 204))
    api.faults = FaultPlan()
    #expect(try await uuids(of: api) == Array(contacts.dropFirst(count)))
  }

  private func post(_ endpoint: String, _ body: String) -> APIRequest {
    var request = authorized("POST", endpoint)
    request.headers.append(APIHeader("Content-Type", "application/json"))
    request.body = Array(body.utf8)
    return request
  }

  private func authorized(_ method: String, _ endpoint: String) -> APIRequest {
    APIRequest(
      method: method, target: "/api/v2/\(endpoint).json",
      headers: [APIHeader("Authorization", "Token \(Workspace.firstToken)")])
  }

  /// Of all contacts, the last one made first.
  private func uuids(of api: SimulatedAPI) async throws -> [Substring] {
    let answer = try await api.send(authorized("GET", "contacts"))
    return String(decoding: answer.body, as: UTF8.self).split(separator: #"{"uuid":""#).dropFirst()
      .map { $0.prefix(36) }
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
