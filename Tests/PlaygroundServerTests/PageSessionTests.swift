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
