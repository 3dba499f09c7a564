import Diagnostics
import Rulesets
import Testing

@Suite("Field tests")
struct FieldTestTests {
  @Test("a field test stands for stated CEL", arguments: tests)
  func meaning(_ test: (written: String, meaning: String)) {
    #expect(expression(of: "event.x: \(test.written)") == test.meaning)
  }

  @Test("dates without a zone are those of the file's zone")
  func zone() {
    #expect(
      expression(of: "event.x: {after: 2026-03-01}", top: "zone: America/Sao_Paulo\n")
        == #"present(event.x) && date(event.x, "America/Sao_Paulo") "#
        + #"> timestamp("2026-03-01T03:00:00Z")"#)
  }

  @Test("several tests of one path must all hold")
  func several() throws {
    let predicate = try #require(checkedLine("event.x: {at_least: 1, below: 5}"))
    guard case .all(let parts) = predicate.kind else {
      Issue.record("not a combination")
      return
    }
    #expect(
      parts.map(\.meaning) == [
        "present(event.x) && event.x >= 1", "present(event.x) && event.x < 5",
      ])
    #expect(predicate.text == "event.x: {at_least: 1, below: 5}")
  }

  @Test(
    "a key is any expression, also over lets and the contact",
    arguments: [
      ("contact.fields.last_order: present", "present(contact.fields.last_order)"),
      ("size(event.tags): {above: 2}", "present(size(event.tags)) && size(event.tags) > 2"),
      (#"event["order-id"]: A1"#, #"present(event["order-id"]) && event["order-id"] == "A1""#),
    ])
  func keys(line: String, meaning: String) {
    #expect(expression(of: line) == meaning)
  }

  @Test("`any`, `all` and `none` nest")
  func nesting() throws {
    let lines =
      "any:\n          - event.a: 1\n          - none: [event.b == 2, all: [event.c == 3]]"
    let predicate = try #require(checkedLine(lines))
    #expect(
      predicate.meaning
        == "any(present(event.a) && event.a == 1, none(event.b == 2, all(event.c == 3)))")
  }
}

private let tests: [(written: String, meaning: String)] = [
  ("paid", #"present(event.x) && event.x == "paid""#),
  ("true", "present(event.x) && event.x == true"),
  (#""true""#, #"present(event.x) && event.x == "true""#),
  ("1", "present(event.x) && event.x == 1"),
  ("1.50", "present(event.x) && event.x == 1.5"),
  ("01", #"present(event.x) && event.x == "01""#),
  ("present", "present(event.x)"),
  (#""present""#, #"present(event.x) && event.x == "present""#),
  ("absent", "!present(event.x)"),
  (
    "empty",
    #"!present(event.x) || (type(event.x) == string ? event.x.trim() == "" : "#
      + "(type(event.x) == list || type(event.x) == map) && size(event.x) == 0)"
  ),
  ("{in: [a, 1, true]}", #"present(event.x) && event.x in ["a", 1, true]"#),
  ("{in: states}", #"present(event.x) && event.x in ["AL", "NO", 1]"#),
  ("{not_in: [a, b]}", #"!(known(event.x) in ["a", "b"])"#),
  ("{is_not: 5}", "known(event.x) != 5"),
  ("{at_least: 5}", "present(event.x) && event.x >= 5"),
  ("{at_most: 5}", "present(event.x) && event.x <= 5"),
  ("{above: 5}", "present(event.x) && event.x > 5"),
  ("{below: -0.5}", "present(event.x) && event.x < -0.5"),
  ("{between: [1, 10]}", "present(event.x) && event.x >= 1 && event.x <= 10"),
  ("{starts_with: 55}", #"present(event.x) && event.x.startsWith("55")"#),
  ("{ends_with: .br}", #"present(event.x) && event.x.endsWith(".br")"#),
  (#"{matches: '^\d+$'}"#, #"present(event.x) && event.x.matches("^\\d+$")"#),
  (
    "{contains: vip}",
    #"present(event.x) && (type(event.x) == list ? "vip" in event.x : event.x.contains("vip"))"#
  ),
  ("{contains: 5}", "present(event.x) && 5 in event.x"),
  (
    "{before: 2026-03-01T09:00:00-03:00}",
    #"present(event.x) && date(event.x) < timestamp("2026-03-01T12:00:00Z")"#
  ),
  ("{after: now}", "present(event.x) && date(event.x) > now"),
  ("{before: '${event.end}'}", "present(event.x) && date(event.x) < date(event.end)"),
  (
    "{within: 7d}",
    #"present(event.x) && date(event.x) >= now - duration("604800s") && date(event.x) <= now"#
  ),
  ("'${event.y}'", "present(event.x) && event.x == event.y"),
  ("{at_least: '${event.y + 1}'}", "present(event.x) && event.x >= event.y + 1"),
  (
    "{any_item: {starts_with: a}}",
    #"present(event.x) && event.x.exists(cel.item(), present(cel.item()) && cel.item().startsWith("a"))"#
  ),
  (
    "{all_items: 1}",
    "present(event.x) && event.x.all(cel.item(), present(cel.item()) && cel.item() == 1)"
  ),
]

private func checkedLine(_ line: String, top: String = "") -> Rulesets.Predicate? {
  let (ruleset, diagnostics) = check(
    """
    version: 1
    contact: {urn: "whatsapp:${event.phone}"}
    \(top)lists:
      states: [AL, NO, 1]
    let:
      uses_states: event.state in states
    rules:
      - id: a
        if:
          - \(line.replacing("\n    ", with: "\n        "))
        do: {note: "${uses_states}"}

    """)
  #expect(diagnostics.map(\.summary) == [])
  return ruleset?.rules.first?.predicates.first
}

private func expression(of line: String, top: String = "") -> String? {
  checkedLine(line, top: top)?.meaning
}
