@testable import Sending
import Contacts
import Execution
import Foundation
import Plans
import Pulling
import RandomCalls
import Simulator
import Synchronization
import Testing

@testable import Applying

private let calls = [
  #"POST contacts "query":{"urn":"ext:1"},"body":{"name":"one"}"#,
  #"POST contacts "body":{"name":"two","urns":["ext:2"]}"#,
  #"POST contact_actions "body":{"contacts":["ext:1","ext:2"],"action":"add","group":"A"}"#,
]
private let state = #"{"groups": [{"name": "A"}]}"#
private let result = [#"one active ["ext:1"] ["A"] []"#, #"two active ["ext:2"] ["A"] []"#]

@Suite("What goes wrong while a plan is applied")
struct AdversityTests {
  @Test(
    "what the server or the network loses is sent again",
    arguments: [
      Fault.Effect.reset(.done), .reset(.skipped), .truncate(byteCount: 3),
      .answer(APIAnswer(status: 502), .done), .answer(APIAnswer(status: 503), .skipped),
    ])
  func lost(_ effect: Fault.Effect) async throws {
    let scene = try ApplyScene(calls, state: state)
    scene.api.faults = FaultPlan([
      Fault(effect, on: RequestMatcher(method: "POST"), at: Occasions(every: 2))
    ])
    let report = try await scene.apply()
    #expect(report.ending == .complete)
    #expect(report.refusals == [])
    #expect(try scene.contacts == result)
  }

  @Test("a server that asks to come back later is waited for as long as it says")
  func throttled() async throws {
    let scene = try ApplyScene(calls, state: state)
    let answer = APIAnswer(status: 429, headers: [APIHeader("Retry-After", "77")])
    scene.api.faults = FaultPlan([
      Fault(
        .answer(answer, .skipped), on: RequestMatcher(method: "POST"), at: Occasions(times: 3))
    ])
    #expect(try await scene.apply().ending == .complete)
    #expect(scene.waits.withLock(\.self) == [.seconds(77), .seconds(77), .seconds(77)])
    #expect(try scene.contacts == result)
  }

  @Test("a server that stays away ends the run, which can go on")
  func away() async throws {
    let scene = try ApplyScene(calls, state: state)
    scene.api.faults = FaultPlan([
      Fault(.reset(.skipped), on: RequestMatcher(path: "contact_actions.json"))
    ])
    let report = try await scene.apply()
    #expect(report.ending == .interrupted(.transport(.reset)))
    #expect(report.doneCount == 2)
    #expect(scene.waits.withLock(\.self) == [1, 2, 4, 8, 16, 32, 60].map { .seconds($0) })
    scene.api.faults = FaultPlan()
    let rest = try await scene.apply()
    #expect((rest.ending, rest.doneBeforeCount) == (.complete, 2))
    #expect(try scene.contacts == result)
  }

  @Test("what the server refuses is set aside with its words and who asked for it")
  func refused() async throws {
    let scene = try ApplyScene(
      [#"POST contacts "query":{"urn":"ext:1"},"body":{"name":"one","fields":{"f":"1"}}"#])
    scene.api.faults = FaultPlan()
    let report = try await scene.apply()
    #expect(report.ending == .complete)
    let part = try #require(report.refusals.first)
    #expect(part.item == "field `f`")
    #expect(part.words == "Invalid contact field key: f")
    #expect(part.because == [RefusedPart.Reason(rule: "r1", place: "a.yaml:1", event: "e")])
    #expect(try await scene.apply().refusals == report.refusals)
  }

  @Test("a plan for another workspace or dialect is refused before anything is sent")
  func elsewhere() async throws {
    let scene = try ApplyScene(calls, state: state) { $0.workspace = "another" }
    await #expect {
      try await scene.apply()
    } throws: { error in
      guard case .anotherWorkspace(plan: "another", _)? = error as? ApplyFailure else {
        return false
      }
      return true
    }
    let rapid = try ApplyScene(calls, state: state)
    let plan = PlanFile(
      head: PlanFile.Head(made: "2026-11-25T00:00:00Z", dialect: .rapidpro), calls: rapid.plan.calls
    )
    await #expect(throws: ApplyFailure.anotherDialect(plan: .rapidpro, found: .weni)) {
      try await rapid.apply(plan: plan)
    }
    #expect(try scene.contacts == [])
    #expect(try rapid.contacts == [])
  }

  @Test("the journal of another plan is refused as long as that is not done")
  func foreign() async throws {
    let scene = try ApplyScene(calls, state: state)
    let dying = DyingTransport(scene.server, at: 5, .before)
    #expect(try await scene.apply(over: dying, attempts: 1).ending != .complete)
    var other = scene.plan
    other.head.made = "2026-11-25T01:00:00Z"
    await #expect(throws: ApplyFailure.foreignJournal(path: scene.journal)) {
      try await scene.apply(plan: other)
    }
    #expect(try await scene.apply().ending == .complete)
    let next = try await scene.apply(plan: other)
    #expect((next.ending, next.doneBeforeCount, next.doneCount) == (.complete, 0, 3))
  }

  @Test(
    "a damaged journal is refused, and a file that is none stays as it is",
    arguments: [
      "hello", "hello\n", "{\"journal\":2,\"plan\":\"x\",\"workspace\":\"y\"}\n", "\0\0\0\0",
    ])
  func damaged(_ text: String) async throws {
    let scene = try ApplyScene(calls, state: state)
    try Data(text.utf8).write(to: URL(filePath: scene.journal))
    await #expect(throws: ApplyFailure.damaged(path: scene.journal, line: 1)) {
      try await scene.apply()
    }
    #expect(try String(contentsOfFile: scene.journal, encoding: .utf8) == text)
    #expect(try scene.contacts == [])
  }

  @Test("a full disk is an error before anything is sent")
  func full() async throws {
    let scene = try ApplyScene(calls, state: state)
    await #expect(
      throws: ApplyFailure.file(path: "/dev/full", reason: "No space left on device")
    ) { try await scene.apply(journal: "/dev/full") }
    #expect(try scene.contacts == [])
  }

  @Test("two at once: the second says so")
  func twice() throws {
    let scene = try ApplyScene(calls, state: state)
    let first = try Journal(scene.journal, callCount: 1)
    #expect(throws: ApplyFailure.locked(path: scene.journal)) {
      _ = try Journal(scene.journal, callCount: 1)
    }
    withExtendedLifetime(first) {}
  }

  @Test("a child that starts meanwhile does not keep the journal")
  func startingChild() throws {
    let scene = try ApplyScene(calls, state: state)
    // As a child has it from its start until it is its own program.
    let copy = try withExtendedLifetime(Journal(scene.journal, callCount: 1)) {
      fcntl($0.descriptor, F_DUPFD_CLOEXEC, 0)
    }
    defer { close(copy) }
    #expect(copy >= 0)
    #expect(throws: Never.self) { _ = try Journal(scene.journal, callCount: 1) }
  }

  @Test("the journal is its owner's alone")
  func rights() async throws {
    let scene = try ApplyScene(calls, state: state)
    try await scene.apply()
    let rights = try FileManager.default.attributesOfItem(atPath: scene.journal)[.posixPermissions]
    #expect(rights as? Int == 0o600)
  }
}
