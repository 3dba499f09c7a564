import CEL
import Contacts
import Diagnostics
import Playground
import RuleTests
import Rulesets
import Testing

@testable import PlaygroundServer

private func request(
  _ rules: String = orderRules, _ events: String = orderEvents
) -> RehearseRequest {
  RehearseRequest(files: [PageFile(path: "rules/orders.yaml", text: rules)], events: events)
}

private func json(_ bytes: [UInt8]) throws -> Literal {
  var coder = JSONCoder()
  return try bytes.withUnsafeBytes { try coder.value(of: $0) }
}

@Suite("Questions of the page")
struct PageSessionTests {
  @Test("rules and events are rehearsed at each change, with what every line came to")
  func rehearse() async throws {
    let reply = await PageSession(try orderPage()).rehearse(request())
    #expect(reply.runs && reply.diagnostics.isEmpty)
    #expect(reply.events.map(\.fired) == [[0], [], [1]])
    #expect(reply.events.map(\.type) == ["order.paid", "order.paid", "page.seen"])
    #expect(reply.lines.map(\.line) == [9])
    #expect(reply.lines.map { [$0.holds, $0.fails, $0.unknown] } == [[1, 1, 0]])
    #expect(reply.summary.changed == 1 && reply.summary.made == 0)
  }

  @Test("a slip is told where it stands, in units of the page, and nothing runs")
  func slip() async throws {
    let rules = orderRules.replacing("Conta", with: "Ação 😀").replacing(
      "at_least", with: "at_leest")
    let reply = await PageSession(try orderPage()).rehearse(request(rules))
    let problem = try #require(reply.diagnostics.first)
    let units = Array(rules.utf16)[problem.from..<problem.to]
    #expect(String(decoding: units, as: UTF16.self) == "at_leest")
    #expect(problem.line == 9 && !reply.runs)
  }

  @Test("all about an event is what `regra play` says of it, without personal data")
  func step() async throws {
    let session = PageSession(try orderPage())
    let number = await session.rehearse(request()).rehearsal
    let bytes = try await session.step(StepRequest(rehearsal: number, step: 0))
    let reply = try json(bytes)
    #expect(reply["event"]?["rules"]?.items?.count == 1)
    #expect(reply["event"]?["changes"]?.items?.count == 1)
    #expect(reply["calls"]?.items?.isEmpty == false)
    let text = String(decoding: bytes, as: UTF8.self)
    for own in ["Ana", "99933", "330001"] { #expect(!text.contains(own)) }
  }

  @Test(
    "what does not fire says why, in the language of the page",
    arguments: [
      (
        Language.english,
        "Line 9 stops it: `event.order.total: {at_least: 100}` does not hold (event.order.total = 20). It would fire with this change, and no smaller one does it: `event.order.total`: 20 → 250."
      ),
      (
        .portuguese,
        "A linha 9 a impede: `event.order.total: {at_least: 100}` não vale (event.order.total = 20). Ela dispararia com esta mudança, e nenhuma menor basta: `event.order.total`: 20 → 250."
      ),
    ])
  func whyNot(_ language: Language, _ sentence: String) async throws {
    let session = PageSession(try orderPage(language: language))
    let number = await session.rehearse(request()).rehearsal
    let reply = try await session.whyNot(StepRequest(rehearsal: number, step: 1, rule: 0))
    #expect(reply.sentence == sentence)
  }

  @Test("a question about a rehearsal that is gone, or an event that is not there, has no answer")
  func gone() async throws {
    let session = PageSession(try orderPage())
    let number = await session.rehearse(request()).rehearsal
    await #expect(throws: PageSession.Failure.self) {
      try await session.step(StepRequest(rehearsal: number, step: 3))
    }
    for _ in 0..<2 { _ = await session.rehearse(request()) }
    await #expect(throws: PageSession.Failure.self) {
      try await session.step(StepRequest(rehearsal: number, step: 0))
    }
  }

  @Test("what is shared names nobody, and the same person has one stand-in")
  func share() async throws {
    let session = PageSession(try orderPage())
    let number = await session.rehearse(request()).rehearsal
    let reply = try await session.share(StepRequest(rehearsal: number, step: 0))
    for own in ["Ana", "Souza", "99933", "330001", "9944"] { #expect(!reply.text.contains(own)) }
    let steps = try #require(try json(Array(reply.text.utf8))["steps"]?.items)
    let phones = try steps.map { step in
      try json(Array(try #require(step["event"]?.text).utf8))["phone"]?.text?.filter(\.isNumber)
    }
    #expect(phones[0]?.suffix(8) == phones[2]?.suffix(8))
    #expect(phones[0]?.suffix(8) != phones[1]?.suffix(8))
  }
}

@Suite("Shared files")
struct SharedScenarioTests {
  private func shared() async throws -> String {
    let session = PageSession(try orderPage())
    let number = await session.rehearse(request()).rehearsal
    return try await session.share(StepRequest(rehearsal: number, step: 0)).text
  }

  @Test("a shared file is played again to the same end")
  func replays() async throws {
    let text = try await shared()
    let scenario = try SharedScenario(Array(text.utf8))
    let dialect = try #require(scenario.dialect)
    let scene = try RehearsalScene(
      contacts: scenario.contacts, dialect: dialect, now: try #require(scenario.now))
    let ruleset = try #require(Ruleset.check(scenario.sources, profile: APIProfile(dialect)).0)
    let rehearsal = await Rehearsal(
      RehearsalEvent.lines(of: scenario.events),
      with: TracedRules(ruleset, sources: scenario.sources, profile: APIProfile(dialect)),
      in: scene)
    let steps = try #require(try json(Array(text.utf8))["steps"]?.items)
    let ids = rehearsal.rules.rules.map(\.id)
    let fired = rehearsal.steps.map { $0.outcomes.fired.map { ids[$0] } }
    #expect(fired == steps.map { $0["fired"]?.texts ?? [] })
    #expect(fired.joined().count > 1)
    #expect(
      rehearsal.events.map { Int64($0.line) }
        == steps.compactMap { step in
          guard case .int(let line)? = step["line"] else { return nil }
          return line
        })
  }

  @Test(
    "what is no shared file, or a broken one, says what to do",
    arguments: [
      ("{}", "this is no shared rehearsal: *Share as one file*"),
      ("- a: 1", "this is no shared rehearsal"), ("", "this is no shared rehearsal"),
      (#"{"regra":"rehearsal","version":2}"#, "shared by another version of regra"),
      (#"{"regra":"rehearsal","version":1}"#, "broken, `rules` is no list: share it again"),
      (
        #"{"regra":"rehearsal","version":1,"rules":[],"steps":[],"contacts":[]}"#,
        "broken, it has no rules"
      ),
      (
        #"{"regra":"rehearsal","version":1,"rules":[{"path":"x"}],"steps":[],"contacts":[]}"#,
        "a file of `rules` has no `path` or no `text`"
      ),
      (
        #"{"regra":"rehearsal","version":1,"rules":[{"path":"x","text":""}],"steps":[{}]}"#,
        "a step has no `event`"
      ), (#"{"regra":"rehearsal","version":1,"#, "the shared rehearsal is broken, "),
    ])
  func refused(_ text: String, _ words: String) {
    let failure = #expect(throws: SharedScenario.Failure.self) {
      try SharedScenario(Array(text.utf8))
    }
    #expect(failure?.sentence.contains(words) == true, "\(failure?.sentence ?? "")")
  }

  @Test("a line far behind the others is not waited for")
  func hostile() throws {
    let text = """
      {"regra":"rehearsal","version":1,"rules":[{"path":"x","text":""}],"contacts":[],\
      "steps":[{"line":9000000000000000000,"event":"{}"},{"line":-1,"event":"{\\n}"}]}
      """
    let scenario = try SharedScenario(Array(text.utf8))
    #expect(String(decoding: scenario.events, as: UTF8.self) == "{}\n{ }\n")
  }
}

@Suite("Events that become tests")
struct TestDraftTests {
  /// What becomes of the test of an event when it is run beside the rules.
  private func outcome(of step: Int) async throws -> (text: String, wrongs: [String]) {
    let session = PageSession(try orderPage())
    let number = await session.rehearse(request()).rehearsal
    let draft = try await session.test(StepRequest(rehearsal: number, step: step))
    #expect(draft.file == "rules/orders.test.yaml")
    let text = "rules: orders.yaml\ntests:\n\(draft.text)"
    let rules = SourceText(path: "rules/orders.yaml", contents: orderRules)
    let ruleset = try #require(Ruleset.check([rules], profile: .weni).0)
    let (file, problems) = TestFile.read(
      SourceText(path: draft.file, contents: text), profile: .weni)
    let wrongs = problems + file.check(against: ruleset, profile: .weni)
    let tests = TestSession(
      runners: [TestRunner(ruleset, sources: [rules], profile: .weni)],
      jobs: [.init(file, runner: 0, tests: file.tests, eventFiles: [:], snapshots: [:])],
      mask: { "\($0)" })
    let results = await tests.run(workers: 1).results.flatMap { $0 }
    #expect(results.count == 1)
    let mismatches = results.flatMap(\.mismatches).map { $0.message.text { "\($0)" } }
    return (text, wrongs.map(\.message) + mismatches)
  }

  @Test("the test of an event passes, and names nobody", arguments: 0..<3)
  func passes(_ step: Int) async throws {
    let (text, wrongs) = try await outcome(of: step)
    #expect(wrongs == [], "\(text)")
    for own in ["Ana", "Souza", "99933", "330001", "9944"] { #expect(!text.contains(own)) }
  }
}
