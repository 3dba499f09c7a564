import Contacts
import Engine
import Testing

/// Cases that broke the law before something was mended, as small as they could be made.
@Suite("Cases that broke the law")
struct RememberedCasesTests {
  @Test("they keep it", arguments: RememberedCase.all)
  func law(_ remembered: RememberedCase) async throws {
    let run = try CaseRun()
    defer { run.remove() }
    let example = remembered.example
    #expect(example.isLawful)
    let results = try await run.results(
      of: example,
      [RunStyle(merge: .off, window: 1), RunStyle(merge: .window, window: example.window)])
    #expect(results[0].state == results[1].state)
  }
}

struct RememberedCase: CustomTestStringConvertible {
  var testDescription: String
  var example: LawCase

  static let all = [
    RememberedCase(
      testDescription: "a block that empties groups, then a block of a contact without a row",
      example: LawCase(
        window: 2, knowledge: .fresh,
        rules: [("t0", .create, [.createContact([]), .block]), ("t1", .create, [.note])],
        contacts: [LawCase.Contact(uuid: uuid, urns: ["ext:b"], groups: ["A", "B", "C"])],
        events: [("t0", "ext:a"), ("t1", "ext:a"), ("t0", "ext:b"), ("t0", "ext:a")])),
    RememberedCase(
      testDescription: "a list of URNs with one of somebody else's, then whoever has none is made",
      example: LawCase(
        window: 100, knowledge: .fresh,
        rules: [
          ("t0", .fail, [.setURNs([.text("ext:a"), .event("own")]), .createContact([])]),
          ("t1", .fail, [.setURNs([.text("ext:a")]), .createContact([])]),
        ], contacts: [], events: [("t1", "ext:a"), ("t0", "mailto:a@example.com")])),
    RememberedCase(
      testDescription: "a made contact's URN goes to one that is known, who is deleted",
      example: LawCase(
        window: 100, knowledge: .fresh,
        rules: [
          ("t0", .skip, [.createContact([])]),
          ("t1", .fail, [.createContact([.text("mailto:a@example.com")])]),
          ("t2", .skip, [.deleteContact]),
        ], contacts: [LawCase.Contact(uuid: uuid, urns: ["ext:b"])],
        events: [
          ("t0", "mailto:a@example.com"), ("t1", "ext:b"), ("t2", "ext:b"),
          ("t0", "mailto:a@example.com"),
        ])),
  ]

  private static let uuid = "00000000-0000-4000-8000-000000000001"
}

extension LawCase {
  /// A case of one file and the groups A, B and C; rules as type, policy and actions, events as
  /// type and key.
  fileprivate init(
    dialect: Dialect = .weni, window: Int, knowledge: StartingKnowledge,
    rules: [(type: String, missing: MissingPolicy, actions: [Action])], contacts: [Contact],
    events: [(type: String, key: String)]
  ) {
    let rules = rules.enumerated().map { number, rule in
      Rule(
        id: "r\(number)", type: rule.type,
        contact: Addressing(form: .either, missing: rule.missing), actions: rule.actions)
    }
    self.init(
      seed: 1, dialect: dialect, window: window,
      files: [
        RuleFile(
          contact: Addressing(form: .either, missing: .create), rules: rules, ensuresTypes: false)
      ],
      events: events.enumerated().map { number, event in
        Event(id: "e\(number)", type: event.type, key: event.key, n: 0, values: ["own": event.key])
      }, contacts: contacts, groups: ["A", "B", "C"].map { Group(name: $0, isSmart: false) },
      fields: [Field(key: "f1", type: .text)], knowledge: knowledge)
  }
}
