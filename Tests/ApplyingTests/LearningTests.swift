import CEL
import Contacts
import Execution
import Foundation
import RandomCalls
import Plans
import Pulling
import StateStore
import Testing

@testable import Applying

/// Random plans of each dialect.
private let seedLimit =
  ProcessInfo.processInfo.environment["REGRA_LAW_CASES"].flatMap { UInt64($0) }.map { $0 / 100 }
  ?? 4

@Suite("What a state directory learns from answers")
struct LearningTests {
  private func scene(
    _ calls: [String], _ dialect: Dialect = .weni, state: String = RandomPlan.state
  ) async throws -> StateScene {
    let scene = try ApplyScene(calls, dialect: dialect, state: state)
    return try await StateScene(scene)
  }

  @Test(
    "it says what the server does, at whatever request a run ends",
    arguments: Dialect.allCases, 0..<seedLimit)
  func law(_ dialect: Dialect, _ seed: UInt64) async throws {
    let calls = RandomPlan(seed: seed, count: 6, .all).calls
    let moves: URNMoves = seed % 2 == 0 ? .allowed : .setAside
    var place = 0
    while true {
      var hasDied = false
      for moment in DyingTransport.Moment.allCases {
        let known = try await scene(calls, dialect)
        let dying = DyingTransport(known.scene.server, at: place, moment)
        _ = try? await known.apply(over: dying, moves: moves)
        hasDied = dying.isDead
        let place = "seed \(seed), request \(place), \(moment)"
        let untruths = try await known.untruths
        #expect(untruths == [], "\(place)")
        guard hasDied else { continue }
        #expect(try await known.apply(moves: moves).ending == .complete)
        let rest = try await known.untruths
        #expect(rest == [], "\(place), at the end")
      }
      guard hasDied else { break }
      place += 1
    }
  }

  @Test(
    "a whole run leaves nobody in doubt whom the calls say all about", arguments: Dialect.allCases)
  func settled(_ dialect: Dialect) async throws {
    let known = try await scene(
      [
        #"POST contacts "query":{"urn":"ext:1"},"body":{"name":"one"}"#,
        #"POST contacts "body":{"name":"new","urns":["ext:9"]}"#,
        #"""
        POST contact_actions "body":{"contacts":["ext:1","ext:2","ext:8"],"action":"add","group":"B"},"missing":"create"
        """#,
        #"POST contact_actions "body":{"contacts":["ext:2"],"action":"remove","group":"A"}"#,
        #"POST contact_actions "body":{"contacts":["ext:3"],"action":"block"}"#,
        #"POST contact_actions "body":{"contacts":["ext:4"],"action":"delete"}"#,
      ], dialect)
    #expect(try await known.apply().ending == .complete)
    #expect(try known.known.values.filter(\.isInDoubt).isEmpty)
    let untruths = try await known.untruths
    #expect(untruths == [])
    #expect(try await known.known.count == known.actual.count)
    #expect(try known.known[RandomPlan.uuid(4)] == nil)
  }

  @Test("groups and fields that are made are known, and those that go are not")
  func inventory() async throws {
    let known = try await scene([
      #"POST groups "body":{"name":"New"}"#,
      #"POST fields "body":{"label":"size","value_type":"numeric"}"#,
      #"GET groups "query":{"name":"B"}"#,
      #"POST groups "query":{"uuid":{"answer":3}},"body":{"name":"Bee"},"after":[3]"#,
      #"GET groups "query":{"name":"A"}"#,
      #"DELETE groups "query":{"uuid":{"answer":5}},"after":[5]"#,
    ])
    #expect(try await known.apply().ending == .complete)
    let groups = try known.inventory["groups"]?.items?.compactMap { $0["name"]?.text }
    #expect(groups?.sorted() == ["Bee", "New"])
    let fields = try known.inventory["fields"]?.items?.compactMap { $0["key"]?.text }
    #expect(fields?.sorted() == ["f", "g", "size"])
    // Whoever was in a group that is gone has other groups now.
    #expect(try known.known.values.allSatisfy(\.isInDoubt))
  }

  @Test("whoever loses a URN loses it there too")
  func moves() async throws {
    let known = try await scene([
      #"POST contacts "query":{"uuid":"\#(RandomPlan.uuid(1))"},"body":{"urns":["ext:1","ext:2"]}"#
    ])
    #expect(try await known.apply(moves: .allowed).ending == .complete)
    let two = try #require(try known.known[RandomPlan.uuid(2)])
    #expect(!two.isInDoubt)
    #expect(two.body.contains(#""urns":[]"#))
    #expect(try await known.untruths == [])
  }

  @Test(
    "a contact that a write does not find is gone; one that a look-up does not find is in doubt")
  func absent() async throws {
    let known = try await scene([
      #"POST contacts "query":{"uuid":"\#(RandomPlan.uuid(1))"},"body":{"name":"x"},"missing":"skip""#,
      #"GET contacts "query":{"urn":"ext:2"},"missing":"skip""#,
    ])
    // Nothing changed behind what the plan knew: the look at what did is as late as the plan.
    try await known.scene.send("DELETE", "contacts.json?uuid=\(RandomPlan.uuid(1))")
    try await known.scene.send("DELETE", "contacts.json?uuid=\(RandomPlan.uuid(2))")
    var plan = known.scene.plan
    plan.head.known = "2026-11-25T01:00:00Z"
    let store = try ContactStore(known.directory, for: .writing)
    let report = try await known.scene.apply(
      plan: plan, into: .init(store, host: StateScene.host))
    #expect(report.ending == .complete)
    #expect(try known.known[RandomPlan.uuid(1)] == nil)
    #expect(try known.known[RandomPlan.uuid(2)]?.isInDoubt == true)
  }

  @Test("the directory of another workspace or server is refused before anything is sent")
  func elsewhere() async throws {
    let known = try await scene([
      #"POST contacts "query":{"urn":"ext:1"},"body":{"name":"one"}"#
    ])
    let before = try known.scene.contacts
    await #expect {
      try await known.apply(host: "staging.weni.ai")
    } throws: { error in
      if case .state(.anotherWorkspace)? = error as? ApplyFailure { true } else { false }
    }
    #expect(try known.scene.contacts == before)
    #expect(try known.scene.journalLines == [])
  }
}

@Suite("Contacts that are forgotten")
struct ForgettingTests {
  private let calls = [
    #"GET contacts "query":{"urn":"ext:1"},"missing":"skip""#,
    #"POST contacts "query":{"uuid":{"answer":1}},"body":{"fields":{"nope":"1"}},"after":[1],"missing":"skip""#,
    #"POST contact_actions "body":{"contacts":["ext:2","ext:1"],"action":"delete"},"missing":"skip""#,
    #"POST contacts "query":{"urn":"ext:3"},"body":{"name":"x"}"#,
  ]

  @Test("a journal says no more than the uuid of a contact whose deletion was acknowledged")
  func journal() async throws {
    let scene = try ApplyScene(calls, state: RandomPlan.state)
    // It ends behind the deletion, before the last call.
    let dying = DyingTransport(scene.server, at: 8, .before)
    #expect(try await scene.apply(over: dying, attempts: 1).doneCount == 3)
    let text = try scene.journalLines.joined(separator: "\n")
    #expect(!text.contains("ext:"))
    #expect(text.contains("Invalid contact field key: nope"))
    #expect(try await scene.apply().ending == .complete)
    #expect(try await scene.apply().ending == .completeBefore)
  }

  @Test("a journal that was not cleared before its process died is cleared by the next")
  func later() async throws {
    let scene = try ApplyScene(calls, state: RandomPlan.state)
    try await scene.apply()
    var coder = JSONCoder()
    let answer =
      #"{"done":[1,1],"answers":[[1,{"uuid":"\#(RandomPlan.uuid(1))","urns":["ext:1"]}]]}"#
    let literal = try Array(answer.utf8).withUnsafeBytes { try coder.value(of: $0) }
    let entry = try #require(JournalEntry(literal))
    try Journal(scene.journal, callCount: 1).append(entry)
    #expect(try scene.journalLines.joined().contains("ext:1"))
    #expect(try await scene.apply().ending == .completeBefore)
    #expect(try !scene.journalLines.joined().contains("ext:1"))
  }
}
