import Contacts
import Simulator
import Testing

@Suite("The server in this process")
struct SimulatedAPITests {
  @Test("a virtual clock moves with each request")
  func ticking() async throws {
    let start = Timestamp(microseconds: 1_000_000)
    let api = SimulatedAPI(Workspace(.weni), clock: .virtual(now: start, step: .seconds(2)))
    _ = try await api.send(APIRequest(method: "GET", target: "/"))
    #expect(api.clock == .virtual(now: start.advanced(by: .seconds(2)), step: .seconds(2)))
  }
}
