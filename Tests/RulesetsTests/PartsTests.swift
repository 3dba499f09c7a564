import Contacts
import Diagnostics
import Rulesets
import Testing
import TwoPieces

@Suite("Rules that are read in parts")
struct PartsTests {
  private static func work(_ way: Int) -> ForkJoin {
    ForkJoin(from: 1, TwoPieces.ways[way].both)
  }

  private static let bodies = [
    "if: [evnt.total > 1]\ndo: {note: a}",
    "if:\n  - event.total: {atleast: 3}\n  - event.code: {in: codes}\ndo: {add_to_group: Clientes}",
    "if: [event.total + 1, vip]\ndo: {set_name: \"${event.name\"}",
    "wen: x\ndo: [set_nam: a]",
    "do: {set_fields: {last_order: \"${event.order}\", Nome: \"x\"}}",
    "do:\n  - add_to_group: A\n  - remove_from_group: A",
    "if: [event.code in codes, event.plan: {in: [a, b]}]\ndo: {add_urn: \"whatsapp:+55\"}",
    "if: [event.plan: {in: [a, b]}]\ndo: {set_groups: [6d4f2b1c-0a4f-4b5e-8a52-0c3c1c6a5c11]}",
    "if: [contact.fields.vip == 1]\ndo: {note: \"${event.tags}\"}",
    "when: order.paid == 1 # here\ndo: {set_language: portuguese}",
    "if: [&line event.total > yes]\ndo: {note: #a\n  }",
    "if: [*line, 1 == 1]\ndo: {delete_contact: true}",
    "match: event.s\ncases:\n  a: {note: x}\n  b: {clear_nam: true}",
  ]

  private static func file(_ count: Int, from first: Int) -> String {
    var text = """
      version: 1
      contact: {urn: "whatsapp:${event.phone}"}
      lists:
        codes: [A, B]
        unused: [C]
      let:
        vip: event.total > 100 && contact.exists
        other: evnt.total
      rules:

      """
    for number in 0..<count {
      let body = bodies[(number * 5 + first) % bodies.count]
      let lines = body.split(separator: "\n").map { "    \($0)\n" }.joined()
      text += "  - id: r\(number % 17)\n\(lines)"
    }
    return text + "ensure:\n  groups: [Clientes]\n"
  }

  @Test(
    "are found wrong where they are, in the same words and order, and are the same rules",
    arguments: 0..<3)
  func sameDiagnostics(_ way: Int) {
    for first in 0..<13 {
      for count in [1, 2, 3, 14, 29] {
        let text = Self.file(count, from: first)
        let source = SourceText(path: "rules.yaml", contents: text)
        let whole = Ruleset.check([source, source], profile: .weni)
        let parts = Ruleset.check([source, source], profile: .weni, on: Self.work(way))
        #expect(!whole.diagnostics.isEmpty)
        #expect(parts.diagnostics == whole.diagnostics, "\(TwoPieces.ways[way].name) of\n\(text)")
      }
    }
  }

  @Test("become the same rules", arguments: 0..<3)
  func sameRules(_ way: Int) throws {
    let bodies = [
      "if: [{event.plan: {in: [a, b]}}, event.total > 1]\ndo: {note: \"${event.name}\"}",
      "if: [{event.plan: {in: [a, b]}}, contact.exists]\ndo: {add_to_group: A}",
      "match: event.s\ncases:\n  a: {note: x}\n  b: {clear_name: true}",
    ]
    var text = "version: 1\ncontact: {urn: \"whatsapp:${event.phone}\"}\nrules:\n"
    for number in 0..<31 {
      let lines = bodies[number % 3].split(separator: "\n").map { "    \($0)\n" }.joined()
      text += "  - id: r\(number)\n\(lines)"
    }
    let source = SourceText(path: "rules.yaml", contents: text)
    let whole = try #require(Ruleset.check([source], profile: .weni).ruleset)
    let parts = try #require(
      Ruleset.check([source], profile: .weni, on: Self.work(way)).ruleset)
    #expect(whole.rules.count == 41)
    let words = { (rule: Rule) in
      "\(rule.id) \(rule.line) \(rule.readsContact) \(rule.actions) "
        + rule.predicates.map { "\($0.kind) \($0.line) \($0.range) \($0.text)" }.joined()
    }
    #expect(parts.rules.map(words) == whole.rules.map(words))
    #expect(
      parts.files[0].constantLists.map(\.range) == whole.files[0].constantLists.map(\.range))
  }
}
