import Contacts
import Diagnostics
import Rulesets
import Samples
import Testing

@Suite("Rules against samples")
struct FactTests {
  private static let events: [String] = (0..<60).map { number in
    let status = ["paid", "shipped", "Em separação"][number % 3]
    let name = "Ana Canária \(number)"
    return """
      {"kind": "\(number % 4 == 0 ? "cart.left" : "order.paid")", "order": {"status": "\(status)",\
      "total": \(number), "items": [{"sku": "S\(number % 2)", "kind": "livro"}]}, "client": {"id": \(number),\
      "name": "\(name)", "agent_name": "Rita"}}
      """
  }

  /// What is said of rules with one line under `if`, as `CODE: message; help`.
  private func said(
    _ line: String, in head: String = "", when: String = "order.paid", events: [String] = events
  ) -> [String] {
    let text = """
      version: 1
      events: {type: event.kind}
      contact: {urn: "ext:${event.client.id}"}
      \(head)
      rules:
        - id: a
          when: \(when)
          if:
            - \(line)
          do:
            - add_to_group: Clientes
      """
    return problems([SourceText(path: "rules.yaml", contents: text)], events).map { problem in
      "\(problem.code.rawValue): \(problem.message)" + (problem.help.map { "; \($0)" } ?? "")
    }
  }

  @Test(
    "facts come with a repair",
    arguments: [
      ("event.order.Status: paid", "did you mean `status`?"),
      ("event.order.item_s: present", "did you mean `items`?"),
      ("event.status: paid", "did you mean `event.order.status`?"),
      (#"event.order.items.exists(i, i.skuu == "S1")"#, "did you mean `sku`?"),
      (#"event.order.items.exists(i, i.kind == "lviro")"#, "did you mean `livro`?"),
      (#"event.order.items.sku == "S1""#, "exists"),
      ("event.order.items: livro", "any_item"),
      ("event.order.status: em separacao", "did you mean `Em separação`?"),
      ("event.order.status: {starts_with: shp}", "did you mean `shi`?"),
      ("event.order.status: {is_not: payd}", "did you mean `paid`?"),
      (#"event.order["statsu"] == "paid""#, "did you mean `status`?"),
      ("event.order.total > \"5\"", "write `5` without quotes"),
      ("event.order.status > 5", "double(event.order.status)"),
      (#"has(event.order.totl)"#, "did you mean `total`?"),
    ])
  func repairs(line: String, help: String) {
    let all = said(line)
    #expect(all.count == 1, "\(all)")
    #expect(all.first?.contains(help) == true, "\(all)")
  }

  @Test(
    "what samples bear out is not spoken against",
    arguments: [
      "event.order.status: paid", "event.order.total: {between: [10, 30]}",
      #"event.order.items.exists(i, i.sku == "S1")"#, "event.order.items[0].sku: S1",
      #"event.?order.?coupon.orValue("") == "" && event.order.total > 20"#,
      "contact.fields.plan: gold", "event.order.status: {in: [paid, refunded]}",
      #"event.order.status in ["paid", "lost"]"#,
    ])
  func right(line: String) {
    #expect(said(line) == [])
  }

  @Test("a mistake under `let` is shown there, once")
  func lets() {
    let all = said("big", in: "let:\n  big: event.order.totl >= 20")
    #expect(all.count == 1, "\(all)")
    #expect(all.first?.contains("did you mean `total`?") == true)
  }

  @Test("a warning can be allowed, and what is allowed in vain is told")
  func allowing() {
    #expect(said("event.order.total: {above: 500}  # allow W0313: large orders are rare") == [])
    #expect(
      said("event.order.total: {above: 5}  # allow W0313: large orders").map { $0.prefix(5) } == [
        "W0501"
      ])
  }

  @Test("values that may say who somebody is are not shown")
  func masking() {
    let all = said("event.client.name: ana canaria 7", events: Self.events)
    #expect(all.count == 1)
    #expect(!all.joined().contains("Canária"))
    let shown = learn(Self.events)
    for text in [shown.text(.masked), shown.json(.masked)] {
      #expect(!text.contains("Canária"))
      #expect(!text.contains("Rita"))
    }
    #expect(shown.text(.revealed).contains("Rita"))
  }

  @Test("rules about another stream are left alone, but for a slip in the type of an event")
  func otherStreams() {
    #expect(said("event.foo: 1", when: "ticket.closed") == [])
    #expect(said("event.order.status: paid", when: "order.piad").first?.hasPrefix("E0318") == true)
  }

  @Test("a saved schema tells of fields, types and values")
  func schema() throws {
    let source = SourceText(
      path: "rules.yaml",
      contents: """
        version: 1
        events: {type: event.kind}
        contact: {urn: "ext:${event.client.id}"}
        rules:
          - id: a
            if:
              - event.order.stauts: paid
              - event.order.status: piad
              - event.order.total: "7"
            do: [add_to_group: Clientes]
        """)
    let saved = try SchemaReader.read(Array(learn(Self.events).json(.masked).utf8))
    let found = Ruleset.check([source], profile: .weni) { ruleset, found in
      var checker = FactChecker(ruleset, [source], SampleEvidence(saved), beside: found)
      return checker.check()
    }.diagnostics
    #expect(found.map(\.code) == [.unknownName, .valueNeverSeen, .typeNeverFits])
  }

  @Test("lines about the time are not judged where nobody knows when events came")
  func times() {
    let events = Self.events.map { String($0.dropLast()) + #", "at": "2026-03-02T10:00:00Z"}"# }
    let line = "event.at: {within: 1h}"
    #expect(said(line, events: events) == [])
    let known = problems(
      [
        SourceText(
          path: "rules.yaml",
          contents: """
            version: 1
            events: {type: event.kind, time: event.at}
            contact: {urn: "ext:${event.client.id}"}
            rules:
              - id: a
                when: order.paid
                if:
                  - \(line)
                do: [add_to_group: Clientes]
            """)
      ], events)
    #expect(known.map(\.code) == [.alwaysHolds])
  }

  @Test("names that stand on names are looked into once", .timeLimit(.minutes(1)))
  func manyNames() {
    let lets = (1..<40).map { "  n\($0): n\($0 - 1) && n\($0 - 1)" }
    let all = said("n39", in: "let:\n  n0: event.order.totl > 3\n" + lets.joined(separator: "\n"))
    #expect(all.contains { $0.hasPrefix("E0203") })
  }

  @Test("other mistakes do not keep facts from being told")
  func beside() {
    let all = said("event.order.stauts: paid && phon(event.client.id)")
    #expect(!all.isEmpty)
    let both = said(#"event.order.stauts == "paid" && phon(event.client.name, "BR") != """#)
    #expect(both.map { $0.prefix(5) }.sorted() == ["E0203", "E0204"], "\(both)")
  }
}
