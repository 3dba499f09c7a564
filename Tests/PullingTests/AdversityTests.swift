import Contacts
import Pulling
import RecordedAPI
import Simulator
import StateStore
import Synchronization
import Testing

private let onContacts = RequestMatcher(path: "contacts.json")

@Suite("Pulls under adverse conditions")
struct AdversityTests {
  @Test("a storm of 429 is waited out")
  func storm() async throws {
    let scene = try PullScene(contacts: 400)
    let busy = APIAnswer(status: 429, headers: [APIHeader("Retry-After", "5")])
    scene.api.faults = FaultPlan(
      [Fault(.answer(busy, .skipped), on: onContacts, at: Occasions(first: 3, times: 20))], seed: 1)
    let start = scene.now
    #expect(try await scene.pull().ending == .complete)
    #expect(scene.now.elapsed(since: start) >= .seconds(100))
    #expect(try await scene.known == scene.actual)
  }

  @Test(
    "connections that break, pages that are cut and errors of the server are tried again",
    arguments: [
      Fault.Effect.reset(.skipped), .truncate(byteCount: 100),
      .answer(APIAnswer(status: 502, body: Array("<h1>502</h1>".utf8)), .skipped),
      .answer(APIAnswer(status: 200, body: Array("{\"next\":null,".utf8)), .skipped),
    ])
  func mishaps(_ effect: Fault.Effect) async throws {
    let scene = try PullScene(contacts: 450)
    scene.api.faults = FaultPlan([Fault(effect, at: Occasions(chance: 0.4))], seed: 3)
    #expect(try await scene.pull().ending == .complete)
    scene.api.faults = FaultPlan()
    #expect(try await scene.known == scene.actual)
    #expect(!scene.waits(for: .failure).isEmpty)
  }

  @Test("a server that cannot give large pages in time is asked for smaller ones")
  func smallerPages() async throws {
    let scene = try PullScene(contacts: 200)
    scene.api.faults = FaultPlan(
      [Fault(.truncate(byteCount: 9), on: onContacts, at: Occasions(first: 2, times: 2))], seed: 1)
    try await scene.pull()
    let sizes = scene.targets.withLock { targets in
      targets.compactMap { $0.firstMatch(of: /limit=(\d+)/).flatMap { Int($0.1) } }
    }
    #expect(Array(sizes.prefix(5)) == [100, 100, 50, 50, 50])
    #expect(try await scene.known == scene.actual)
  }

  @Test("a server that was never reached is not asked again")
  func unreachable() async throws {
    struct Nowhere: Transport {
      func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
        throw .unreachable
      }
    }
    let scene = try PullScene(contacts: 0)
    await #expect(throws: PullFailure.unreachable(.unreachable)) {
      try await scene.pull(over: Nowhere())
    }
    #expect(scene.targets.withLock(\.count) == 1)
  }

  @Test("a server that stays broken ends the pull; what was read stays, and the next goes on")
  func givingUp() async throws {
    let scene = try PullScene(contacts: 400)
    scene.api.faults = FaultPlan(
      [Fault(.reset(.skipped), on: onContacts, at: Occasions(first: 4))], seed: 1)
    await #expect(throws: PullFailure.unreachable(.reset)) { try await scene.pull() }
    #expect(try scene.known.count == 200)
    scene.api.faults = FaultPlan()
    #expect(try await scene.pull().ending == .complete)
    #expect(try await scene.known == scene.actual)
  }

  @Test("never more than our part of the quota is taken, over several pulls too")
  func share() async throws {
    let scene = try PullScene(contacts: 750)
    var workspace = scene.api.workspace
    workspace.setQuota(3, of: .contacts)
    scene.api.workspace = workspace
    try await scene.pull(callLimit: 3, pages: 2)
    #expect(try await scene.pull(callLimit: 3).ending == .complete)
    #expect(scene.api.counts[.contacts].statusCounts[429] == nil)
    #expect(scene.api.counts[.contacts].requestCount == 10)
    #expect(!scene.waits(for: .share).isEmpty)
  }

  @Test("a stop is noticed while waiting")
  func stopWhileWaiting() async throws {
    let scene = try PullScene(contacts: 200)
    let report = try await scene.pull(callLimit: 2, pages: 2)
    #expect(report.ending == .interrupted)
    #expect(scene.now.elapsed(since: PullScene.start) < .seconds(1))
  }

  @Test(
    "what is no page of contacts is not stored, not even a part of it",
    arguments: [
      "", "<html>", "[]", "{}", #"{"next":null,"results":{}}"#, #"{"results":[]}"#,
      #"{"next":7,"results":[]}"#, #"{"next":"http://x/?page=2","results":[]}"#,
      #"{"next":null,"results":[{"uuid":"\#(contact(0))","modified_on":"2026-03-02T12:00:00Z"},{}]}"#,
      #"{"next":null,"results":[{"uuid":"\#(contact(0))","modified_on":"2026-03-02T12:00:00Z"},"#
        + #"{"uuid":"\#(contact(1))","modified_on":"2026-03-02T12:00:01Z"}]}"#,
    ])
  func brokenPages(_ body: String) async throws {
    let scene = try PullScene(contacts: 0)
    await #expect(throws: PullFailure.noPage) {
      try await scene.pull(over: ScriptedTransport(scene, [body]))
    }
    #expect(try scene.known.isEmpty)
  }

  @Test("pages that lead in a circle end the pull")
  func circle() async throws {
    let scene = try PullScene(contacts: 0)
    let page = { (cursor: String) in
      #"{"next":"https://elsewhere.example/?cursor=\#(cursor)","results":[]}"#
    }
    await #expect(throws: PullFailure.endlessPages) {
      try await scene.pull(
        over: ScriptedTransport(scene, ["a", "b", "c", "d", "b", "x"].map(page)))
    }
  }

  @Test(
    "what another attempt would not change is said at once",
    arguments: [
      (403, #"{"detail":"Invalid token"}"#, PullFailure.notAllowed(#"{"detail":"Invalid token"}"#)),
      (400, "no\nway", .refused(400, "no way")), (404, "<h1>404</h1>", .refused(404, "a web page")),
      (302, "", .redirected(nil)),
    ])
  func refusals(_ status: Int, _ body: String, _ failure: PullFailure) async throws {
    let scene = try PullScene(contacts: 0)
    await #expect(throws: failure) {
      try await scene.pull(over: ScriptedTransport(scene, [body], status: status))
    }
    #expect(scene.contactCalls == 1)
  }

  @Test("the state of another workspace is left alone")
  func anotherWorkspace() async throws {
    let scene = try PullScene(contacts: 2)
    try await scene.pull()
    let calls = scene.targets.withLock(\.count)
    for host in ["elsewhere"] {
      await #expect(throws: PullFailure.self) { try await scene.pull(host: host) }
    }
    #expect(scene.targets.withLock(\.count) == calls + 1)
    #expect(try scene.known.count == 2)
  }

  @Test("a server of the other dialect is recognised", arguments: Dialect.allCases)
  func otherDialect(_ dialect: Dialect) async throws {
    let other: Dialect = dialect == .weni ? .rapidpro : .weni
    for state in ["", #","fields":[{"key":"age","label":"Age","type":"number"}]"#] {
      let scene = try PullScene(dialect, contacts: 1, state: state)
      await #expect(throws: PullFailure.otherDialect(found: dialect)) {
        try await scene.pull(as: other)
      }
      #expect(try scene.known.isEmpty)
      #expect(try ContactStore(scene.directory, for: .reading).workspace == nil)
    }
  }
}
