import Diagnostics
import Testing

@Suite("Mistakes in rule files")
struct MistakeTests {
  @Test("each is found, once, where it was written", arguments: mistakes)
  func place(_ mistake: Mistake) {
    let (text, range) = marked(mistake.text)
    let found = check(text).diagnostics
    #expect(found.map(\.code) == [mistake.code])
    #expect(found.first?.location.range == range, "\(found.map(\.summary))")
  }

  @Test("all of all files are found in one run, in the order of the files")
  func several() {
    let broken =
      "version: 1\nrules:\n  - id: b\n    wen: x\n    if: [evnt.a]\n    do: [set_nam: a]\n"
    let found = check(broken, broken).diagnostics
    #expect(
      found.map { "\($0.location.path) \($0.code.rawValue)" } == [
        "rules.yaml E0301", "rules.yaml E0203", "rules.yaml E0401",
        "other.yaml E0304", "other.yaml E0301", "other.yaml E0203", "other.yaml E0401",
      ])
  }

  @Test("a node that could not be read is not complained about again")
  func silence() {
    let text = """
      version: 1
      contact: {urn: "whatsapp:${event.phone +}"}
      let:
        vip: event.total >=
      rules:
        - id: a
          if: [vip]
          do: {add_to_group: Clientes}

      """
    #expect(check(text).diagnostics.map(\.code) == [.expressionSyntax, .expressionSyntax])
  }
}

struct Mistake: CustomTestStringConvertible {
  var code: Code
  var text: String

  /// A mistake within one rule; the lines are those of the rule.
  static func rule(_ code: Code, _ lines: String) -> Mistake {
    let body = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
    return Mistake(
      code: code,
      text: "version: 1\ncontact: {urn: \"whatsapp:${event.phone}\"}\nrules:\n  - id: a\n\(body)")
  }

  static func action(_ code: Code, _ line: String) -> Mistake { .rule(code, "do:\n  - \(line)") }

  static func condition(_ code: Code, _ line: String) -> Mistake {
    .rule(code, "if:\n  - \(line)\ndo: {note: a}")
  }

  static func top(_ code: Code, _ lines: String) -> Mistake {
    Mistake(code: code, text: "version: 1\n\(lines)\nrules:\n  - {id: a, do: {note: a}}\n")
  }

  var testDescription: String { "\(code.rawValue) \(text.suffix(60))" }
}

private let mistakes: [Mistake] =
  [
    Mistake(code: .missingKey, text: "«rules»:\n  - {id: a, do: {note: a}}\n"),
    Mistake(code: .notARuleFile, text: "«»- a\n"),
    Mistake(code: .missingKey, text: "version: 1\nrules:\n  - «do»: {note: a}\n"),
    Mistake(code: .unknownKey, text: "version: 1\nrules:\n  - «idd»: a\n    do: {note: a}\n"),
    Mistake(code: .unknownKey, text: "version: 1\nrules:\n  - id: a\n    «then»: {note: a}\n"),
    Mistake(
      code: .unknownAction,
      text: "version: 1\nrules:\n  - {id: a, do: &x {«nota»: a}}\n  - {id: b, do: *x}\n"),
    .top(.unsupportedVersion, "about: x").replacing("version: 1", "version: «1.0»"),
    .top(.unknownKey, "«rule»: x"),
    .top(.unknownKey, "events: {«kind»: event.kind}"),
    .top(.unknownName, "events: {type: «kind»}"),
    .top(.contactNotReadable, "events: {time: «contact.name»}"),
    .top(.unknownZone, "zone: «Brasil»"),
    .top(.missingKey, "contact: «{missing: skip}»"),
    .top(.unknownWord, "contact: {uuid: \"${event.u}\", missing: «ignore»}"),
    .top(.wrongShape, "contact: «whatsapp:5582999330001»"),
    .top(.refusedURN, "contact: {urn: \"«wattsapp»:${event.phone}\"}"),
    .top(.refusedURN, "contact: {urn: «'${phone(event.phone, \"BR\")}'»}"),
    .top(.refusedURN, "contact: {urn: «\"55${event.phone}\"»}"),
    .top(.wrongShape, "lists: {a: «b»}"),
    .top(.nameTaken, "let: {«contact»: event.a}"),
    .top(.nameTaken, "let: {«phone»: event.a}"),
    .top(.badLimit, "guards: {max_deletes: «-1»}"),
    .top(.badLimit, "guards: {max_changed: «120%»}"),
    .top(.unknownKey, "guards: {«max_delete»: 1}"),
    .top(.keyOfLabel, "ensure: {fields: {«pedido»: {label: Last order, type: text}}}"),
    .top(.unknownWord, "ensure: {fields: {saldo: {label: Saldo, type: «money»}}}"),
    .top(.missingKey, "ensure: {fields: {saldo: {«label»: Saldo}}}"),
    .top(.refusedLabel, "ensure: {fields: {endereco: {label: «Endereço», type: text}}}"),
    .top(.refusedGroup, "ensure: {groups: [«\"   \"»]}"),
    .top(.unusedName, "lists: {«a»: [b]}"),
  ] + [
    .rule(.unknownKey, "«quando»: a\ndo: {note: a}"),
    .rule(.unknownKey, "«faça»: {note: a}"),
    .rule(.pathAsText, "when: «'event.type == \"a\"'»\ndo: {note: a}"),
    .rule(.wrongShape, "when: [a, «[b]»]\ndo: {note: a}"),
    .rule(.unknownWord, "enabled: «no»\ndo: {note: a}"),
    .rule(.nothingInside, "do: «[]»"),
    .rule(.missingKey, "«match»: event.stage"),
    .rule(.sameTarget, "do:\n  - set_fields: {a: b}\n  - clear_fields: [«a»]"),
    .rule(.sameTarget, "do:\n  - add_to_group: A\n  - «set_groups»: [A, B]"),
    .rule(.sameTarget, "do:\n  - add_to_group: Leads\n  - remove_from_group: «leads»"),
    .rule(
      .sameTarget, "do:\n  - add_to_group: \"${event.g}\"\n  - remove_from_group: «\"${event.g}\"»"),
    .rule(.sameTarget, "do:\n  - block_contact\n  - «unblock_contact»"),
    .rule(.sameTarget, "match: event.s\ncases:\n  x: {set_name: A, «clear_name»: true}"),
    .rule(
      .unknownName, "match: «stage»\ncases:\n  x: {note: a}\n  y: {note: b}\notherwise: {note: c}"),
  ] + [
    .condition(.wrongShape, "«[event.a, event.b]»"),
    .condition(
      .unknownName, "any: [event.a == 1, «evnt.b» == 2]".replacing("«evnt.b»", with: "«evnt».b")),
    .condition(.unknownName, "«order».status: paid"),
    .condition(.unknownTest, "event.a: {«gte»: 5}"),
    .condition(.badTestValue, "event.a: «null»"),
    .condition(.badTestValue, "event.a: {at_least: «true»}"),
    .condition(.badTestValue, "event.a: {between: «[1]»}"),
    .condition(.badTestValue, "event.a: {at_least: «\"5 ${event.b}\"»}"),
    .condition(.badTestValue, "event.a: {between: «10»}"),
    .condition(.badTestValue, "event.a: {between: «[10, 5]»}"),
    .condition(.unknownTest, "event.a: {«present»: true}"),
    .condition(.unknownTest, "event.a: {«maior_que»: 5}"),
    .condition(.pathAsText, "event.a: «exists»"),
    .condition(.unknownKey, "«ou»: [event.a, event.b]"),
    .condition(.nothingInside, "event.a: {in: «[]»}"),
    .condition(.notATime, "event.a: {within: «7»}"),
    .condition(.unknownList, "event.a: {not_in: «states»}"),
    .condition(.unknownList, "event.a: {any_item: {in: «states»}}"),
    .condition(.badPattern, "event.a: {matches: «\"(\"»}"),
    .condition(.constantCondition, "«false»"),
    .condition(.conditionNotBool, "«\"'paid'\"»"),
    .condition(.unknownContactPart, "contact.«nome»: Maria"),
    .condition(.unknownContactPart, "«contact» == event.a"),
    .condition(.minusInName, "«event.order-id»: A1"),
  ] + [
    .action(.unknownAction, "«send_message»: oi"),
    .action(.emptyText, "«set_name»:"),
    .action(.unknownWord, "clear_name: «false»"),
    .action(.wrongShape, "set_name: «[a]»"),
    .action(.unknownWord, "block_contact: «{}»"),
    .action(.pathAsText, "set_name: «$event.name»"),
    .action(.pathAsText, "note: «contact.name»"),
    .condition(.expressionSyntax, "event«.situação» == 1"),
    .condition(.pathAsText, "event.a: «event.b»"),
    .action(.refusedName, "set_name: «\(String(repeating: "á", count: 101))»"),
    .action(.refusedLanguage, "set_language: «português»"),
    .action(.refusedKey, "set_fields: {«Último»: a}"),
    .action(.refusedKey, "clear_fields: «name»"),
    .action(.refusedValue, "set_fields: {a: «\(String(repeating: "a", count: 641))»}"),
    .action(.refusedGroup, "add_to_group: [A, «\(String(repeating: "b", count: 65))»]"),
    .action(.refusedURN, "add_urn: {urn: «whatsapp:maria», prefer: true}"),
    .action(.unknownWord, "add_urn: {urn: ext:1, prefer: «sim»}"),
    .action(.plusInURN, "add_urn: whatsapp:«+»5582999330001"),
    .action(.unconfirmedDeletion, "delete_contact: «yes»"),
    .action(.unconfirmedDeletion, "delete_group: «Leads»"),
    .action(.unconfirmedDeletion, "«delete_group»: {group: Leads}"),
    .action(.missingKey, "rename_group: {«from»: A}"),
    .action(.unclosedHole, "note: a «${event.b»"),
    .action(.doubleBraces, "note: \"«{{ event.b }}»\""),
    .action(.unknownName, "note: \"á ${«evento».b}\""),
    .action(.unwritableHole, "note: «${[event.a]}»"),
    .action(.replacesAllGroups, "«set_groups»: Clientes"),
    .action(.blankValue, "set_fields: {a: «\"\"»}"),
  ]

extension Mistake {
  fileprivate func replacing(_ old: String, _ new: String) -> Mistake {
    Mistake(code: code, text: text.replacing(old, with: new))
  }
}
