import CEL
import Diagnostics
import Rulesets
import Testing

@Suite("Lines that several rules repeat")
struct RepeatedLineTests {
  private static let lines = [
    "event.total > 100 && event.vip",
    "'event.name == \"Ana\"'",
    #"event.code: {"in": ["A", "B"]}"#,
    #"event.store: {"starts_with": "loja-1"}"#,
    "event.tags: {any_item: {at_least: 3}}",
    "event.order.paid_at: {after: 2026-03-01}",
    "event.order.total: {between: [1, 2]}",
    "any: [event.a == 1, event.b: present]",
    "event.a: {at_least: 1, below: 3}",
    "evnt.total > 100",
    "event.total + 1",
    "event.name: {startswith: A}",
    "event.state: {in: states}",
    "event.name: event.other",
    "event.paid_at: {after: event.x}",
    "1 == 1",
  ]

  @Test("each stands where it was written, and says what the first says", arguments: lines)
  func places(_ line: String) {
    let texts = rulesOfTwo(line)
    let found = check(texts.both).diagnostics
    let alone = check(texts.alone).diagnostics
    #expect(found.prefix(alone.count).map(\.summary) == alone.map(\.summary))
    let repeated = found.dropFirst(alone.count)
    #expect(repeated.map(\.message) == alone.map(\.message))
    #expect(
      repeated.map(\.location.range)
        == alone.map { range in
          SourceRange(
            range.location.range.start + texts.distance..<range.location.range.end + texts.distance)
        })
    guard let rules = check(texts.both).ruleset?.rules else { return }
    let written = rules.map { rule in rule.predicates.flatMap { $0.pieces(of: texts.both) } }
    #expect(written[0] == written[1])
    let starts = rules.map { rule in rule.predicates.flatMap(\.starts) }
    #expect(starts[0].map { $0 + texts.distance } == starts[1])
    #expect(
      rules.map { $0.predicates.map(\.meaning) }.allSatisfy {
        $0 == rules[0].predicates.map(\.meaning)
      })
  }

  @Test("a list of constants stands at each of its places")
  func lists() throws {
    let texts = rulesOfTwo(#"event.code: {"in": ["A", "B"]}"#)
    let lists = try #require(check(texts.both).ruleset).files[0].constantLists
    #expect(lists.count == 2)
    #expect(lists[1].range.lowerBound == lists[0].range.lowerBound + texts.distance)
    let words = lists.map { list in
      list.items.map { String(decoding: Array(texts.both.utf8)[$0.range], as: UTF8.self) }
    }
    #expect(words == [["\"A\"", "\"B\""], ["\"A\"", "\"B\""]])
  }

  @Test("an alias in a line that looks the same may stand for something else")
  func aliases() throws {
    let text = """
      version: 1
      rules:
        - {id: a, about: &x one, if: [{event.a: *x}], do: {note: a}}
        - {id: b, about: &x two, if: [{event.a: *x}], do: {note: a}}

      """
    let rules = try #require(check(text).ruleset).rules
    #expect(
      rules.flatMap { $0.predicates.map(\.meaning) } == [
        #"present(event.a) && event.a == "one""#, #"present(event.a) && event.a == "two""#,
      ])
  }

  /// A file of one rule with the line, one of two, and how far the second stands behind the first.
  private func rulesOfTwo(_ line: String) -> (alone: String, both: String, distance: Int) {
    let rule = { (id: String) in "  - id: \(id)\n    if:\n      - \(line)\n    do: {note: a}\n" }
    let alone = "version: 1\nrules:\n" + rule("a")
    return (alone, alone + rule("b"), rule("a").utf8.count)
  }
}

extension Rulesets.Predicate {
  private var expressions: [Expression] {
    switch kind {
    case .expression(let expression): [expression]
    case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(\.expressions)
    }
  }

  fileprivate func pieces(of text: String) -> [String] {
    expressions.flatMap(\.all).map { node in
      String(decoding: Array(text.utf8)[node.range], as: UTF8.self)
    }
  }

  fileprivate var starts: [Int] { expressions.flatMap(\.all).map(\.range.lowerBound) }
}

extension Expression {
  fileprivate var all: [Expression] { [self] + children.flatMap(\.all) }
}
