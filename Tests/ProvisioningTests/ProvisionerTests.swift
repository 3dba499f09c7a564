import Contacts
import Execution
import Pulling
import Simulator
import Synchronization
import Testing

@testable import Provisioning

@Suite("Making fields and groups")
struct ProvisionerTests {
  private let actions = ["set_fields: {score: x}", "add_to_group: Gold"]
  private let ensure = [
    "fields: {paid_at: {label: Paid at, type: datetime}, total: {label: Total, type: number}}",
    "groups: [Novos]",
  ]

  @Test(
    "what lacks is made, waited for and looked for; then nothing lacks", arguments: Dialect.allCases
  )
  func whole(dialect: Dialect) async throws {
    let scene = try ProvisionScene(dialect)
    let report = await scene.provisioner().make(try await scene.plan(actions, ensure: ensure))
    #expect(report.ending == .complete)
    #expect(report.made.map(\.name) == ["paid_at", "total", "score", "Novos", "Gold"])
    #expect(scene.made.withLock(\.self) == report.made.map(\.name))
    #expect(report.refused.isEmpty && report.doubtful.isEmpty && report.left.isEmpty)
    #expect(scene.waits.withLock(\.self) == [.seconds(6)])
    #expect(
      try await scene.objects == [
        "paid_at datetime Paid at", "score text Score", "total number Total", "Gold", "Novos",
      ])
    #expect(report.objects?.fields.count == 3)
    let again = try await scene.plan(actions, ensure: ensure)
    #expect(again.items == [])
    #expect(scene.writeCount == 5)
  }

  @Test("long lists of groups and fields are read to their end", arguments: Dialect.allCases)
  func pages(dialect: Dialect) async throws {
    let groups = (0..<600).map { #"{"name": "g\#($0)"}"# }.joined(separator: ",")
    let fields = (0..<300).map { #"{"key": "f\#($0)", "label": "F\#($0)", "type": "text"}"# }
      .joined(separator: ",")
    let scene = try ProvisionScene(
      dialect, state: #"{"groups": [\#(groups)], "fields": [\#(fields)]}"#)
    let plan = try await scene.plan([
      "add_to_group: [g0, g299, g599]", "set_fields: {f0: x, f150: x, f299: x}",
    ])
    #expect(plan.items == [])
    #expect(plan.groupCount == 600)
    #expect(plan.fieldCount == 300)
  }

  @Test("a server that asks to be left alone is waited for")
  func throttled() async throws {
    let scene = try ProvisionScene(
      faults:
        #"[{"on": {"method": "POST"}, "answer": 429, "retry_after": 40, "from": 2, "times": 2}]"#)
    let report = await scene.provisioner().make(try await scene.plan(actions))
    #expect(report.ending == .complete)
    #expect(scene.waits.withLock(\.self) == [.seconds(40), .seconds(40), .seconds(6)])
  }

  @Test(
    "what was made although its answer got lost is not made twice",
    arguments: [#""answer": "reset", "applied": true"#, #""answer": 502, "applied": true"#])
  func lostAnswers(fault: String) async throws {
    let scene = try ProvisionScene(faults: #"[{"on": {"method": "POST"}, \#(fault), "times": 2}]"#)
    let report = await scene.provisioner().make(try await scene.plan(actions))
    #expect(report.ending == .complete)
    #expect(report.made.map(\.name) == ["score", "Gold"])
    #expect(try await scene.objects == ["score text Score", "Gold"])
  }

  @Test("a failure half way says what is there and what is not, and going on makes the rest")
  func halfWay() async throws {
    let scene = try ProvisionScene(
      faults: #"[{"on": {"method": "POST"}, "answer": 502, "from": 2, "times": 3}]"#)
    let report = await scene.provisioner().make(try await scene.plan(actions, ensure: ensure))
    #expect(report.ending == .interrupted(.serverError(status: 502)))
    #expect(report.made.map(\.name) == ["paid_at"])
    #expect(report.left.map(\.name) == ["total", "score", "Novos", "Gold"])
    #expect(report.isFirstUncertain)
    let rest = await scene.provisioner().make(try await scene.plan(actions, ensure: ensure))
    #expect(rest.ending == .complete)
    #expect(rest.made.map(\.name) == ["total", "score", "Novos", "Gold"])
    #expect(try await scene.objects.count == 5)
  }

  @Test(
    "what goes beyond the server's own limit is refused, and the rest is made",
    arguments: Dialect.allCases)
  func limits(dialect: Dialect) async throws {
    let scene = try ProvisionScene(
      dialect,
      state: """
        {"workspace": {"limits": {"fields": 2, "groups": 1}}, "groups": [{"name": "Leads"}]}
        """)
    let report = await scene.provisioner().make(try await scene.plan(actions, ensure: ensure))
    #expect(report.ending == .complete)
    #expect(report.made.map(\.name) == ["paid_at", "total"])
    #expect(report.refused.map(\.item.name) == ["score", "Novos", "Gold"])
    #expect(report.refused.allSatisfy { $0.words.contains("limit") })
  }

  @Test("a stop ends it between two calls, and while it waits")
  func stops() async throws {
    let scene = try ProvisionScene()
    let plan = try await scene.plan(actions, ensure: ensure)
    let report = await scene.provisioner(isStopped: { scene.made.withLock(\.count) == 2 }).make(
      plan)
    #expect(report.ending == .stopped)
    #expect(report.made.map(\.name) == ["paid_at", "total"])
    #expect(report.left.map(\.name) == ["score", "Novos", "Gold"])
    #expect(scene.writeCount == 2)
    let rest = await scene.provisioner(isStopped: { scene.waits.withLock { !$0.isEmpty } })
      .make(try await scene.plan(actions, ensure: ensure))
    #expect(rest.ending == .stopped)
    #expect(rest.left.isEmpty)
    #expect(rest.made.count == 3)
    #expect(rest.objects == nil)
  }

  @Test("a server that is asked again shows what it lagged behind with")
  func lagging() async throws {
    let scene = try ProvisionScene(
      faults: """
        [{"on": {"method": "GET", "path": "fields.json"}, "answer": 200,
          "body": {"next": null, "previous": null, "results": []}, "from": 2, "times": 2}]
        """)
    let report = await scene.provisioner().make(try await scene.plan(["set_fields: {score: x}"]))
    #expect(report.doubtful.isEmpty)
    #expect(scene.waits.withLock(\.self) == [.seconds(6), .seconds(6), .seconds(6)])
  }

  @Test("what the server never shows is doubtful, and so is another type")
  func doubtful() async throws {
    let scene = try ProvisionScene(
      faults: """
        [{"on": {"method": "GET", "path": "fields.json"}, "answer": 200, "from": 2,
          "body": {"next": null, "previous": null, "results": [
            {"key": "score", "label": "Score", "value_type": "numeric", "pinned": false}]}}]
        """)
    let report = await scene.provisioner().make(
      try await scene.plan(["set_fields: {score: x, code: x}"]))
    #expect(
      report.doubtful.map { "\($0.item.name): \($0.words)" } == [
        "score: the server shows it with the type `number`", "code: the server does not show it",
      ])
  }

  @Test(
    "another dialect than was named is noticed before anything is sent", arguments: Dialect.allCases
  )
  func otherDialect(dialect: Dialect) async throws {
    let scene = try ProvisionScene(dialect, state: #"{"groups": [{"name": "Leads"}]}"#)
    let other: Dialect = dialect == .weni ? .rapidpro : .weni
    let provisioner = Provisioner(
      over: AuthorizedTransport(scene.api, token: Workspace.firstToken), at: "test",
      profile: APIProfile(other), clock: WaitingClock(of: scene.api))
    await #expect(throws: PullFailure.otherDialect(found: dialect)) {
      try await provisioner.read()
    }
  }

  @Test("a token that may only look makes nothing")
  func notAllowed() async throws {
    let scene = try ProvisionScene(faults: #"[{"on": {"method": "POST"}, "answer": 403}]"#)
    let report = await scene.provisioner().make(try await scene.plan(actions))
    guard case .interrupted(.notAllowed) = report.ending else {
      Issue.record("\(report.ending)")
      return
    }
    #expect(report.made.isEmpty)
    #expect(!report.isFirstUncertain)
  }
}
