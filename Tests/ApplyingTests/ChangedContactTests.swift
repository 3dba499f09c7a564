import Contacts
import RandomCalls
import Plans
import Testing

@testable import Applying

private let state = """
  {"fields": [{"key": "f"}], "groups": [{"name": "A"}],
   "contacts": [{"uuid": "\(RandomPlan.uuid(1))", "urns": ["ext:1"]},
                {"uuid": "\(RandomPlan.uuid(2))", "urns": ["ext:2", "whatsapp:5582999330002"]},
                {"uuid": "\(RandomPlan.uuid(3))", "urns": ["ext:3"]}]}
  """

@Suite("Contacts that changed since the plan was made")
struct ChangedContactTests {
  private let calls = [
    #"POST contacts "query":{"urn":"ext:1"},"body":{"name":"new 1"}"#,
    #"POST contacts "query":{"urn":"ext:2"},"body":{"name":"new 2"}"#,
    #"""
    POST contact_actions "body":{"contacts":["ext:1","ext:2","ext:3"],"action":"add","group":"A"},"missing":["skip","create","skip"]
    """#,
  ]

  @Test("they are left out, and only they", arguments: Dialect.allCases)
  func leftOut(_ dialect: Dialect) async throws {
    let scene = try ApplyScene(calls, dialect: dialect, state: state)
    try await scene.send("POST", "contacts.json?urn=ext:2", #"{"name": "theirs"}"#)
    let report = try await scene.apply()
    #expect(report.ending == .complete)
    #expect(report.leftOut == [LeftOut(contact: "ext:2", callCount: 2)])
    #expect((report.doneCount, report.leftOutCount) == (2, 1))
    #expect(report.hasSetAside)
    #expect(
      try scene.contacts == [
        #"- active ["ext:3"] ["A"] []"#, #"new 1 active ["ext:1"] ["A"] []"#,
        #"theirs active ["ext:2", "whatsapp:5582999330002"] [] []"#,
      ])
  }

  @Test("a contact that changed before the plan was made is not left out")
  func before() async throws {
    let scene = try ApplyScene(calls, state: state) { $0.known = "2026-11-25T00:02:00Z" }
    try await scene.send("POST", "contacts.json?urn=ext:2", #"{"name": "theirs"}"#)
    #expect(try await scene.apply().leftOut == [])
  }

  @Test(
    "a contact is known by uuid, by URN and by the other spelling of its number",
    arguments: [
      "\"uuid\":\"\(RandomPlan.uuid(2))\"", "\"urn\":\"ext:2\"",
      "\"urn\":\"whatsapp:558299330002\"",
    ])
  func names(_ query: String) async throws {
    let scene = try ApplyScene(
      ["POST contacts \"query\":{\(query)},\"body\":{\"name\":\"x\"}"], state: state)
    try await scene.send("POST", "contacts.json?urn=ext:2", #"{"name": "theirs"}"#)
    let report = try await scene.apply()
    #expect(report.leftOut.count == 1)
    #expect(report.doneCount == 0)
  }

  @Test("calls that are made of answers about them are left out too")
  func answers() async throws {
    let scene = try ApplyScene(
      [
        #"GET contacts "query":{"urn":"ext:2"},"missing":"skip""#,
        #"POST contacts "query":{"uuid":{"answer":1}},"body":{"name":"x"},"after":[1],"missing":"skip""#,
        #"""
        POST contact_actions "body":{"contacts":["ext:1",{"answer":2}],"action":"add","group":"A"},"after":[2],"missing":"skip"
        """#,
      ], state: state)
    try await scene.send("POST", "contacts.json?urn=ext:2", #"{"name": "theirs"}"#)
    let report = try await scene.apply()
    #expect(report.leftOut == [LeftOut(contact: "ext:2", callCount: 3)])
    #expect(try scene.contacts.contains(#"- active ["ext:1"] ["A"] []"#))
    #expect(try !scene.contacts.joined().contains("x active"))
  }

  @Test("a contact that was deleted is left out", arguments: Dialect.allCases)
  func deleted(_ dialect: Dialect) async throws {
    let scene = try ApplyScene(
      [#"POST contacts "query":{"uuid":"\#(RandomPlan.uuid(3))"},"body":{"name":"x"}"#],
      dialect: dialect, state: state)
    try await scene.send("DELETE", "contacts.json?uuid=\(RandomPlan.uuid(3))")
    let report = try await scene.apply()
    #expect(report.leftOut.map(\.contact) == [RandomPlan.uuid(3)])
    #expect(report.refusals == [])
  }

  @Test("a contact that changes between two parts of a plan is left out of the second")
  func between() async throws {
    let scene = try ApplyScene(calls, state: state)
    // Workspace, two listings, the group page that tells the dialect, and the first call.
    let report = try await scene.apply(
      over: DyingTransport(scene.server, at: 5, .before), attempts: 1)
    #expect(report.doneCount == 1)
    try await scene.send("POST", "contacts.json?urn=ext:3", #"{"name": "theirs"}"#)
    #expect(try await scene.apply().leftOut == [LeftOut(contact: "ext:3", callCount: 1)])
  }

  @Test("who was left out stays so when the plan goes on")
  func stays() async throws {
    let scene = try ApplyScene(calls, state: state)
    try await scene.send("POST", "contacts.json?urn=ext:1", #"{"name": "theirs"}"#)
    // The bulk call is sent without the contact, and its answer is lost.
    let dying = DyingTransport(scene.server, at: 4, .after)
    #expect(try await scene.apply(over: dying, attempts: 1).doneCount == 1)
    let report = try await scene.apply()
    #expect(report.ending == .complete)
    #expect(report.leftOut == [LeftOut(contact: "ext:1", callCount: 2)])
    #expect(try scene.contacts.contains(#"theirs active ["ext:1"] [] []"#))
  }
}
