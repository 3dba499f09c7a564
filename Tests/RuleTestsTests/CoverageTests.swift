import RuleTests
import Rulesets
import Testing

@Suite("What tests cover")
struct CoverageTests {
  private static let paid =
    """
    - name: paid
      events: [{type: order, status: paid, total: 12, order: A1, phone: "82999330001"}]
      expect: {fired: [paid]}
    """

  private func coverage(_ tests: String) async throws -> Coverage {
    try #require(try await TestScene(tests).report().coverage.first)
  }

  @Test("both outcomes of each line count, unknown is neither, and so does each action")
  func counts() async throws {
    let coverage = try await coverage(Self.paid)
    #expect(coverage.lines.map(\.text).count == 5)
    #expect((coverage.coveredOutcomeCount, coverage.outcomeCount) == (2, 10))
    #expect((coverage.coveredActionCount, coverage.actions.count) == (3, 6))
    #expect(coverage.percent == 31)
  }

  @Test("a line behind the one that decides is seen too")
  func behind() async throws {
    let coverage = try await coverage(
      """
      - name: neither
        events: [{type: order, status: lost, total: 9, phone: "82999330001"}]
        expect: {fired: []}
      """)
    let falseLines = coverage.lines.filter(\.sawFalse).map(\.place.line)
    #expect(falseLines == [10, 11])
  }

  @Test("an action that writes nothing is not covered")
  func skippedWrite() async throws {
    let coverage = try await coverage(
      """
      - name: without an order
        events: [{type: order, status: paid, total: 12, phone: "82999330001"}]
        expect: {fired: [paid]}
      """)
    #expect(
      coverage.actions.filter(\.isCovered).map(\.text)
        == ["set_fields: total", "add_to_group: Clients"])
  }

  @Test("a line that cases share counts once")
  func cases() async throws {
    let rules = """
      version: 1
      contact: {urn: "ext:${event.id}"}
      rules:
        - id: r
          if:
            - event.on: true
          match: event.stage
          cases:
            a: {add_to_group: A}
            b: {add_to_group: B}
          otherwise: {note: other}
      """
    let scene = try TestScene(
      file: """
        rules: rules.yaml
        tests:
          - {name: a, events: [{id: 1, on: true, stage: a}], expect: {fired: [r/a]}}
        """, rules: rules)
    let coverage = try #require(try await scene.report().coverage.first)
    #expect(
      coverage.lines.map(\.text) == [
        "event.on: true", "event.stage: a", "event.stage: b", "event.stage: otherwise",
      ])
    #expect(coverage.coveredOutcomeCount == 4)
  }

  @Test("two tests of one path are two lines, and one file in two rulesets is one")
  func sums() async throws {
    let rules = """
      version: 1
      contact: {urn: "ext:${event.id}"}
      rules:
        - id: r
          if:
            - event.n: {at_least: 1, at_most: 5}
          do: {add_to_group: A}
      """
    let scene = try TestScene(
      file: """
        rules: rules.yaml
        tests:
          - {name: a, events: [{id: 1, n: 0}, {id: 1, n: 3}], expect: {fired: [r]}}
        """, rules: rules)
    let part = try #require(try await scene.report().coverage.first)
    var sum = Coverage()
    sum.add(part)
    sum.add(part)
    #expect((sum.coveredOutcomeCount, sum.outcomeCount, sum.actions.count) == (3, 4, 1))
  }
}
