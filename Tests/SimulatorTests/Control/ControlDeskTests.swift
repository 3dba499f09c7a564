import Contacts
import Simulator
import Testing

@Suite("The control endpoint")
struct ControlDeskTests {
  private let api = SimulatedAPI(
    Workspace(.weni), clock: .virtual(now: Timestamp(microseconds: 0), step: .zero))

  private func ask(_ method: String, _ path: String, _ body: String = "") -> (Int, String) {
    let answer = ControlDesk(api).answer(
      APIRequest(method: method, target: "/_simulator/\(path)", body: Array(body.utf8)))
    return (answer.status, String(decoding: answer.body, as: UTF8.self))
  }

  @Test(
    "only what lies under its root is meant for it",
    arguments: [
      ("/_simulator", true), ("/_simulator/clock?x", true), ("/_simulatorx", false),
      ("/api/v2/contacts.json?/_simulator/", false), ("/", false),
    ])
  func root(_ target: String, _ isMeant: Bool) {
    #expect(ControlDesk.isMeant(by: APIRequest(method: "GET", target: target)) == isMeant)
  }

  @Test("the clock is read, set and moved")
  func clock() {
    #expect(
      ask("GET", "clock") == (200, #"{"now":"1970-01-01T00:00:00Z","runs":false}"#))
    #expect(
      ask("PUT", "clock", #"{"now": "2026-03-02T09:00:00-03:00", "step": "1s"}"#)
        == (200, #"{"now":"2026-03-02T12:00:00Z","runs":false}"#))
    #expect(
      ask("POST", "clock", #"{"advance": "-90m"}"#)
        == (200, #"{"now":"2026-03-02T10:30:00Z","runs":false}"#))
    #expect(ask("PUT", "clock", "{}").1.hasSuffix(#","runs":true}"#))
    #expect(api.clock == .system)
  }

  @Test("a clock can run elsewhere than the machine's")
  func offset() {
    _ = ask("PUT", "clock", #"{"offset": "-1h"}"#)
    #expect(api.clock == .system(offset: .seconds(-3_600)))
  }

  @Test("faults are read, set and taken away")
  func faults() {
    let text = #"{"seed":7,"faults":[{"times":1,"answer":500}]}"#
    #expect(ask("PUT", "faults", text) == (204, ""))
    #expect(ask("GET", "faults") == (200, text))
    let statuses = (1...2).map { _ in
      api.exchange(APIRequest(method: "GET", target: "/api/v2/contacts.json")).answer?.status
    }
    #expect(statuses[0] == 500)
    #expect(statuses[1] != 500)
    #expect(ask("DELETE", "faults") == (204, ""))
    #expect(ask("GET", "faults") == (200, #"{"seed":7,"faults":[]}"#))
  }

  @Test("requests are counted by quota, status and reset")
  func counts() {
    _ = ask("PUT", "faults", #"{"faults": [{"from": 3, "answer": "reset"}, {"answer": 429}]}"#)
    for target in ["contacts", "groups", "contacts"] {
      _ = api.exchange(APIRequest(method: "GET", target: "/api/v2/\(target).json?x"))
    }
    #expect(
      ask("GET", "requests")
        == (
          200,
          #"{"v2":{"requests":1,"statuses":{"429":1},"resets":0},"v2.contacts":{"requests":2,"statuses":{"429":1},"resets":1}}"#
        ))
    #expect(ask("DELETE", "requests") == (204, ""))
    #expect(
      ask("GET", "requests").1.contains(#""v2.contacts":{"requests":0,"statuses":{},"resets":0}"#))
  }

  @Test("the state that is read can be set again")
  func state() {
    let (status, text) = ask("GET", "state")
    #expect(status == 200)
    #expect(ask("PUT", "state", text) == (204, ""))
    #expect(ask("GET", "state") == (200, text))
  }

  @Test(
    "what is wrong is said, and changes nothing",
    arguments: [
      ("GET", "contacts", "", 404), ("GET", "", "", 404), ("POST", "state", "", 405),
      ("DELETE", "clock", "", 405), ("PUT", "state", "[", 400),
      ("PUT", "clock", #"{"step": 1}"#, 400),
      ("PUT", "clock", #"{"now": "today"}"#, 400),
      ("PUT", "clock", #"{"now": "2026-03-02T09:00:00Z", "offset": "1s"}"#, 400),
      ("PUT", "clock", #"{"now": "2026-03-02T09:00:00Z", "step": "-1s"}"#, 400),
      ("POST", "clock", #"{"advance": "soon"}"#, 400), ("PUT", "faults", #"{"faults": [{}]}"#, 400),
    ])
  func mistakes(_ method: String, _ path: String, _ body: String, _ status: Int) {
    let before = ask("GET", "state").1
    let answer = ask(method, path, body)
    #expect(answer.0 == status)
    #expect(answer.1.hasPrefix(#"{"problem":""#))
    #expect(ask("GET", "state").1 == before)
    #expect(api.clock == .virtual(now: Timestamp(microseconds: 0), step: .zero))
    #expect(api.faults == FaultPlan())
  }
}
