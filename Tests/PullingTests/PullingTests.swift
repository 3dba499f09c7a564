import Contacts
import RecordedAPI
import Simulator
import StateStore
import Testing

@testable import Pulling

@Suite("Pulls")
struct PullingTests {
  @Test(
    "a first pull knows everything",
    arguments: [(Dialect.weni, 230), (.rapidpro, 320), (.weni, 1), (.rapidpro, 0)])
  func first(_ dialect: Dialect, _ count: Int) async throws {
    let scene = try PullScene(
      dialect, contacts: count,
      state: #","fields":[{"key":"age","label":"Age","type":"number"}],"#
        + #""groups":[{"name":"Clientes"},{"name":"Adultos","query":"age > 18"}]"#)
    let report = try await scene.pull()
    #expect(report.ending == .complete)
    #expect(try await scene.known == scene.actual)
    #expect(try scene.known.count == count)
    let store = try ContactStore(scene.directory, for: .reading)
    let inventory = try RecordedValue.parsed(#require(try store.reading { try $0.inventory }))
    #expect(inventory["groups"] == (try await scene.send("GET", "groups.json"))["results"])
    #expect(inventory["fields"] == (try await scene.send("GET", "fields.json"))["results"])
    #expect(inventory["workspace"] == (try await scene.send("GET", "workspace.json")))
    let smart = inventory["groups"]?.items?.filter { $0["query"] != .null }
    #expect(try store.reading { try $0.smartGroups } == smart?.compactMap { $0["uuid"]?.string })
  }

  @Test("a later pull asks for what has changed alone", arguments: Dialect.allCases)
  func refresh(_ dialect: Dialect) async throws {
    let scene = try PullScene(dialect, contacts: 120)
    try await scene.pull()
    _ = scene.api.advance(by: .seconds(86_400))
    try await scene.rename(3, to: "Ana")
    try await scene.rename(110, to: "Bia")
    try await scene.delete(4)
    try await scene.delete(111)
    try await scene.send("POST", "contacts.json", #"{"name":"Caio"}"#)
    let before = scene.contactCalls
    let report = try await scene.pull()
    #expect(scene.contactCalls - before == 2)
    #expect(report.counts.deletions == 2)
    #expect(try await scene.known == scene.actual)
  }

  @Test("a pull that was stopped goes on where it was", arguments: Dialect.allCases)
  func resuming(_ dialect: Dialect) async throws {
    let (count, pageCount) = dialect == .weni ? (650, 7) : (1_100, 5)
    let scene = try PullScene(dialect, contacts: count)
    for _ in 0..<2 {
      let report = try await scene.pull(pages: 2)
      #expect(report.ending == .interrupted)
      #expect(try ContactStore(scene.directory, for: .reading).pullState.completedAt == nil)
    }
    #expect(try await scene.pull().ending == .complete)
    // One call looked for what is to come and one for deletions.
    #expect(scene.contactCalls == pageCount + 2)
    #expect(try await scene.known == scene.actual)
  }

  @Test("contacts that change or go while they are read are known as they end")
  func changesMeanwhile() async throws {
    let scene = try PullScene(contacts: 550)
    try await scene.pull(whenStored: { [scene] count in
      guard count == 3 else { return }
      try await scene.rename(10, to: "read already")
      try await scene.rename(400, to: "not read yet")
      try await scene.delete(11)
      try await scene.delete(401)
      try await scene.send("POST", "contacts.json", #"{"name":"made meanwhile"}"#)
    })
    #expect(try await scene.known == scene.actual)
    #expect(try scene.known[contact(10)]?["name"] == .string("read already"))
    #expect(try scene.known[contact(11)] == nil)
  }

  @Test("contacts that all changed at once are read over many pages")
  func sameTime() async throws {
    let contacts = (0..<520).map { #"{"uuid":"\#(contact($0))","name":"x"}"# }
    let scene = try PullScene(.rapidpro, contacts: 0)
    let text = #"{"contacts":[\#(contacts.joined(separator: ","))]}"#
    var workspace = try StateFile.read(
      Array(text.utf8), dialect: .rapidpro, at: scene.api.clock.now)
    workspace.setQuota(nil, of: .contacts)
    scene.api.workspace = workspace
    try await scene.pull()
    #expect(try scene.known.count == 520)
  }

  @Test("a cursor that the server forgot costs a few pages, no contacts")
  func forgottenCursor() async throws {
    let scene = try PullScene(contacts: 450)
    try await scene.pull(pages: 3)
    let answer = APIAnswer(status: 404, body: Array(#"{"detail":"Invalid cursor"}"#.utf8))
    let fault = Fault(
      .answer(answer, .skipped), on: RequestMatcher(path: "contacts.json"),
      at: Occasions(times: 1))
    scene.api.faults = FaultPlan([fault], seed: 1)
    #expect(try await scene.pull().ending == .complete)
    #expect(try await scene.known == scene.actual)
  }

  @Test("news of a contact that an answer told of is not undone by a page")
  func answers() async throws {
    let scene = try PullScene(contacts: 3)
    try await scene.pull()
    do {
      let store = try ContactStore(scene.directory, for: .writing)
      var change = AnswerChange(at: scene.now)
      change.deleted = [contact(1)]
      try store.store(change)
    }
    try await scene.rename(0, to: "Ana")
    try await scene.pull()
    #expect(try scene.known.keys.sorted() == [contact(0), contact(2)])
    #expect(try scene.known[contact(0)]?["name"] == .string("Ana"))
  }
}

@Suite("What a pull says is to come")
struct ForecastTests {
  @Test("a workspace of one page is counted exactly, and nothing more is asked")
  func onePage() async throws {
    let scene = try PullScene(contacts: 73)
    try await scene.pull()
    #expect(scene.forecast == PullForecast(contacts: .exactly(73), calls: 0, time: .zero))
    #expect(scene.contactCalls == 1)
  }

  @Test("of a larger one the largest group says how much there is at least")
  func largestGroup() async throws {
    let scene = try PullScene(contacts: 300, state: #","groups":[{"name":"Clientes"}]"#)
    for start in stride(from: 0, to: 200, by: 100) {
      let contacts = (start..<start + 100).map { "\"\(contact($0))\"" }.joined(separator: ",")
      try await scene.send(
        "POST", "contact_actions.json",
        #"{"contacts":[\#(contacts)],"action":"add","group":"Clientes"}"#)
    }
    try await scene.pull()
    #expect(scene.forecast?.contacts == .atLeast(200))
    #expect(scene.forecast?.calls == 3)
  }

  @Test("waiting for the quota is part of the time")
  func time() async throws {
    let scene = try PullScene(contacts: 250)
    try await scene.pull(callLimit: 2)
    let forecast = try #require(scene.forecast)
    #expect(forecast.calls == 3)
    #expect(forecast.time >= .seconds(3_590))
    #expect(forecast.time < .seconds(7_200))
  }
}
