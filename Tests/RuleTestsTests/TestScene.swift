import Contacts
import Diagnostics
import RuleTests
import Rulesets
import Testing

/// Rules and a file of tests as texts.
struct TestScene {
  static let rules = """
    version: 1
    zone: America/Sao_Paulo
    events: {type: event.type, id: event.id}
    contact: {urn: "whatsapp:${phone(event.phone, 'BR')}", missing: create}
    lists: {good: [paid, sent]}
    rules:
      - id: paid
        when: order
        if:
          - event.status: {in: good}
          - event.total: {at_least: 10}
        do:
          - set_fields: {last_order: "${event.order}", total: "${event.total}"}
          - add_to_group: Clients
      - id: quiet
        when: order
        if:
          - event.missing.part > 3
        do:
          - remove_from_group: Clients
      - id: late
        when: reminder
        if:
          - now > timestamp("2026-03-02T13:00:00Z")
          - contact.fields.last_order: present
        do:
          - add_to_group: Late
      - id: erase
        when: erase
        do:
          - delete_contact: confirmed
      - id: off
        enabled: false
        when: order
        do:
          - add_to_group: Late
    ensure:
      fields: {last_order: {label: Last order, type: text}, total: {label: Total, type: number}}
      groups: [Clients, Late]
    guards: {max_deletes: 1}
    """

  static let head = """
    rules: rules.yaml
    now: 2026-03-02T09:00:00-03:00
    contacts:
      ana:
        name: Ana
        urns: ["whatsapp:5582999330001"]
        groups: [Late]
        fields: {last_order: A0}
    tests:

    """

  let file: TestFile
  let diagnostics: [Diagnostic]
  let session: TestSession

  /// A whole file of tests.
  init(file text: String, rules: String = Self.rules, snapshots: [String: String] = [:]) throws {
    let source = SourceText(path: "rules.yaml", contents: rules)
    let (ruleset, found) = Ruleset.check([source], profile: .weni)
    let checked = try #require(ruleset, "\(found.map(\.message))")
    let runner = TestRunner(checked, sources: [source], profile: .weni)
    let (file, diagnostics) = TestFile.read(
      SourceText(path: "rules.test.yaml", contents: text), profile: .weni)
    self.file = file
    self.diagnostics = diagnostics + file.check(against: checked, profile: .weni)
    let job = TestSession.Job(
      file, runner: 0, tests: file.tests,
      eventFiles: [
        "day.ndjson": TestSession.EventFile(
          events: [
            Array(
              #"{"type":"order","id":"f1","status":"paid","total":12,"phone":"82999330001"}"#.utf8)
          ],
          problems: ["day.ndjson:2: no JSON"])
      ], snapshots: snapshots)
    session = TestSession(runners: [runner], jobs: [job]) { piece in
      switch piece {
      case .plain(let text), .value(let text, _), .contact(let text): text
      }
    }
  }

  /// Tests below a head that gives one contact.
  init(_ tests: String, rules: String = Self.rules, snapshots: [String: String] = [:]) throws {
    let lines = tests.split(separator: "\n", omittingEmptySubsequences: false)
    try self.init(
      file: Self.head + lines.map { "  \($0)\n" }.joined(), rules: rules, snapshots: snapshots)
  }

  func report() async throws -> TestSession.Report {
    try #require(diagnostics.isEmpty, "\(diagnostics.map(\.message))")
    return await session.run(workers: 2)
  }

  /// What is wrong with each test.
  func messages() async throws -> [[String]] {
    try await report().results[0].map { result in result.mismatches.map { $0.message.plain } }
  }
}

extension Words {
  /// The words with nothing masked.
  var plain: String {
    text { piece in
      switch piece {
      case .plain(let text), .value(let text, _), .contact(let text): text
      }
    }
  }
}
