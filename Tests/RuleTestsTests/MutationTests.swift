import RuleTests
import Rulesets
import Testing

@Suite("Changed rules")
struct MutationTests {
  private static let rules = """
    version: 1
    events: {type: event.type}
    contact: {urn: "ext:${event.id}", missing: create}
    lists: {good: [paid, sent]}
    let: {big: event.total > 100}
    rules:
      - id: r
        when: order
        if:
          - event.status: {in: good}
          - any:
              - big
              - event.vip: true
        do:
          - add_to_group: A
    """

  private func survivors(_ tests: String) async throws -> [String] {
    let scene = try TestScene(file: "rules: rules.yaml\ntests:\n" + tests, rules: Self.rules)
    let report = try await scene.report()
    let failed = report.results[0].filter { !$0.isPassed }
    #expect(failed.isEmpty)
    let run = MutationRun(scene.session, results: report.results)
    let found = await run.run(workers: 2, until: .now + .seconds(60)) { _ in }
    #expect(found.triedCount == found.count)
    return found.survivors.map { "\($0.place.line) \($0.sentence)" }
  }

  @Test("what no test notices is told, a sentence each")
  func survivors() async throws {
    let found = try await survivors(
      """
        - name: one
          events: [{type: order, id: 1, status: paid, total: 500}]
          expect: {fired: [r]}
      """)
    #expect(found.contains("10 `event.status: {in: good}` is left out"))
    #expect(found.contains("10 `sent` is not in `good`"))
    #expect(!found.contains("10 `paid` is not in `good`"))
    #expect(found.contains("5 in `big`, `100` is `101`"))
    #expect(!found.contains("10 `event.status: {in: good}` is turned round"))
    #expect(found.contains("15 `add_to_group: A` is left out"))
    #expect(found.contains("3 `missing: create` is `skip`"))
  }

  @Test("tests that look at everything notice every change")
  func noticed() async throws {
    let found = try await survivors(
      """
        - name: "${each.status} ${each.total} ${each.vip}"
          each:
            - {status: paid, total: 101, vip: false, groups: [A]}
            - {status: sent, total: 100.5, vip: false, groups: [A]}
            - {status: paid, total: 100, vip: false, groups: []}
            - {status: paid, total: 1, vip: true, groups: [A]}
            - {status: lost, total: 500, vip: true, groups: []}
          contacts: {ana: {urns: ["ext:1"]}}
          events: [{type: order, id: 1, status: "${each.status}", total: "${each.total}", vip: "${each.vip}"}]
          expect: {contacts: {ana: {groups: "${each.groups}"}}}
        - name: others
          events: [{type: other, id: 2, status: paid, total: 500, vip: true}]
          expect: {fired: []}
        - name: new
          events: [{type: order, id: 3, status: paid, total: 500, vip: true}]
          expect: {contacts: {ext:3: {groups: [A]}}}
      """)
    #expect(found == [])
  }

  @Test("nothing is tried once time is up")
  func deadline() async throws {
    let scene = try TestScene(
      file: "rules: rules.yaml\ntests:\n  - {name: a, events: [], expect: {fired: []}}",
      rules: Self.rules)
    let report = try await scene.report()
    let run = MutationRun(scene.session, results: report.results)
    let found = await run.run(workers: 2, until: .now - .seconds(1)) { _ in }
    #expect((found.triedCount, found.count > 10) == (0, true))
  }
}
