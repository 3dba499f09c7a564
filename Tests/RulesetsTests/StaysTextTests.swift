import CEL
import Contacts
import Diagnostics
import Rulesets
import Testing

/// What other readers of YAML turn into something else.
@Suite("Values stay what was written")
struct StaysTextTests {
  @Test(
    "the schema decides types, not the look of the text",
    arguments: [
      "01310100", "NO", "Null", "null", "12:30", "2020-01-31", "1_000", "+5582999331122", "yes",
      "true", "1e3", "~", "0x1F", "12345678901234567890", "no", "on",
    ])
  func values(_ text: String) throws {
    let ruleset = try ruleset(of: "set_fields: {campo: \(text)}")
    #expect(ruleset.rules[0].actions[0].text == text)
  }

  @Test("a name that looks like a bool is a name", arguments: ["Null", "Yes", "No", "True"])
  func names(_ name: String) throws {
    let ruleset = try ruleset(of: "set_name: \(name)")
    #expect(ruleset.rules[0].actions[0].text == name)
  }

  @Test(
    "an address keeps its plus, its blanks and its case until its scheme decides",
    arguments: [
      ("tel:+55 82 99933-0001", "tel:+5582999330001"),
      ("whatsapp:5582999330001", "whatsapp:5582999330001"),
      ("mailto:Maria@Example.COM", "mailto:maria@example.com"),
    ])
  func addresses(written: String, kept: String) throws {
    let ruleset = try ruleset(of: "add_urn: \(written)")
    #expect(ruleset.rules[0].actions[0].text == kept)
  }

  @Test("`pt` and `pt-BR` become `por`, without a word", arguments: ["pt", "pt-BR", "POR", "por"])
  func languages(_ language: String) throws {
    let ruleset = try ruleset(of: "set_language: \(language)")
    #expect(ruleset.rules[0].actions[0].text == "por")
  }

  @Test(
    "where any value may stand, JSON decides",
    arguments: [
      ("NO", #""NO""#), ("01", #""01""#), ("1_000", #""1_000""#), ("12:30", #""12:30""#),
      ("2020-01-31", #""2020-01-31""#), ("Null", #""Null""#), ("yes", #""yes""#), (".5", #"".5""#),
      ("+5", #""+5""#), ("1.", #""1.""#), ("0x10", #""0x10""#), ("5", "5"), ("-0", "0"),
      ("1e3", "1000.0"), ("'5'", #""5""#), (#""true""#, #""true""#), ("true", "true"),
      ("12345678901234567890", "1.2345678901234567e+19"),
    ])
  func tests(written: String, value: String) throws {
    let checked = check(
      """
      version: 1
      rules:
        - id: a
          if:
            - event.x: \(written)
          do: {note: a}

      """)
    let ruleset = try #require(checked.ruleset)
    guard case .expression(let expression) = ruleset.rules[0].predicates[0].kind else { return }
    #expect(expression.description == "present(event.x) && event.x == \(value)")
  }

  @Test("arithmetic of whole numbers and decimals is defined")
  func arithmetic() {
    let text = "version: 1\nrules:\n  - id: a\n    if: [event.qty * 2.5 > 10]\n    do: {note: a}\n"
    #expect(check(text).diagnostics == [])
  }

  @Test("fields beyond what one call carries are no mistake: they go in several")
  func manyFields() {
    let fields = (0...100).map { "f\($0): a" }.joined(separator: ", ")
    #expect(throws: Never.self) { try ruleset(of: "set_fields: {\(fields)}") }
  }

  @Test("limits are those of the dialect")
  func dialects() {
    let name = String(repeating: "a", count: 65)
    let text =
      "version: 1\ncontact: {uuid: \"${event.u}\"}\nrules:\n  - {id: a, do: {set_name: \(name)}}\n"
    let source = SourceText(path: "rules.yaml", contents: text)
    #expect(Ruleset.check([source], profile: .weni).diagnostics == [])
    #expect(Ruleset.check([source], profile: .rapidpro).diagnostics.map(\.code) == [.refusedName])
  }

  @Test("a hole needs no quotes on a line of its own")
  func holes() throws {
    let ruleset = try ruleset(of: "set_name: ${event.name}")
    guard case .setName(let name) = ruleset.rules[0].actions[0].kind,
      case .hole(let hole)? = name.parts.first
    else {
      Issue.record("not one hole")
      return
    }
    #expect(hole.description == "event.name")
  }

  @Test(
    "`$${` is the two characters, other braces are text",
    arguments: [
      ("a $${b}", "a ${b}"), ("'{{1}} e {{2}}'", "{{1}} e {{2}}"), ("R$ 5", "R$ 5"),
      ("'{a: 1}'", "{a: 1}"), ("x $$ y", "x $$ y"),
    ])
  func escapes(written: String, text: String) throws {
    let ruleset = try ruleset(of: "set_fields: {campo: \(quoted(written))}")
    #expect(ruleset.rules[0].actions[0].text == text)
  }

  @Test(
    "braces and quotes inside a hole belong to it",
    arguments: [
      #"${{"a": event.x}["a"]}"#, #"${event.x + "}"}"#, #"${event.x + '\'}'}"#,
    ])
  func nestedBraces(_ hole: String) throws {
    let ruleset = try ruleset(of: "note: |-\n          \(hole)")
    guard case .note(let note) = ruleset.rules[0].actions[0].kind else { return }
    #expect(note.parts.count == 1)
    #expect(note.constant == nil)
  }
}

private func quoted(_ text: String) -> String { text.contains("'") ? text : "'\(text)'" }

private func ruleset(of action: String) throws -> Ruleset {
  let checked = check(
    """
    version: 1
    contact: {urn: "whatsapp:${event.phone}"}
    rules:
      - id: a
        do:
          - \(action)

    """)
  #expect(checked.diagnostics.map(\.summary) == [])
  return try #require(checked.ruleset)
}

extension Action {
  /// The constant text of its only value.
  fileprivate var text: String? {
    switch kind {
    case .setName(let value), .setLanguage(let value), .setField(_, let value),
      .addURN(let value, _):
      value.constant
    default: nil
    }
  }
}
