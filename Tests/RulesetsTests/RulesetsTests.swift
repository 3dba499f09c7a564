import Contacts
import Diagnostics
import Rulesets
import Testing

@Suite("Rulesets")
struct RulesetsTests {
  @Test("the language's own example is clean and becomes a ruleset")
  func example() throws {
    let ruleset = try clean(shopOrders)
    #expect(
      ruleset.rules.map(\.id) == [
        "order-paid", "stage-to-group/novo", "stage-to-group/proposta", "stage-to-group/perdido",
        "stage-to-group/otherwise", "erasure",
      ])
    #expect(ruleset.ensure.fields.map(\.key) == ["last_order", "last_paid_at"])
    #expect(ruleset.guards.maxChanged == .percent(20))
    #expect(ruleset.files[0].zone == "America/Sao_Paulo")
    #expect(ruleset.rules[0].predicates.map(\.line) == [26, 27, 28, 31])
    #expect(ruleset.rules[0].actions.map(\.line) == [34, 36, 37, 38, 39])
    #expect(ruleset.rules[0].actions.map(\.group) == [0, 1, 1, 2, 3])
    #expect(ruleset.rules[1].line == 45)
  }

  @Test("`match` compares the value's text with each case, and asks `otherwise` of the rest")
  func match() throws {
    let ruleset = try clean(
      rules(
        "id: a\nif: [event.a == 1]\nmatch: event.s\ncases:\n  5: {note: x}\notherwise: {note: y}"))
    #expect(
      ruleset.rules.map { $0.predicates.map(\.meaning) } == [
        ["event.a == 1", #"present(event.s) && string(event.s) == "5""#],
        ["event.a == 1", #"present(event.s) && !(string(event.s) in ["5"])"#],
      ])
  }

  @Test("a rule without `when` listens to every event")
  func triggers() throws {
    let ruleset = try clean(
      rules(
        "id: a\ndo: {note: a}", "id: b\nwhen: order.*\ndo: {note: b}",
        "id: c\nwhen: [x, y]\ndo: {note: c}"))
    let words = ruleset.rules.map { rule in
      switch rule.trigger {
      case .every: ["every"]
      case .types(let types): types
      }
    }
    #expect(words == [["every"], ["order.*"], ["x", "y"]])
  }

  @Test(
    "a rule that reads the contact is marked, also through lets and in holes",
    arguments: [
      ("if: [event.a == 1]\ndo: {note: a}", false),
      ("if: [contact.exists]\ndo: {note: a}", true),
      ("if: [known_vip]\ndo: {note: a}", true),
      ("if: [any: [{contact.name: present}]]\ndo: {note: a}", true),
      ("do: {note: \"${contact.name}\"}", true),
      ("do: {set_fields: {a: \"${event.a}\"}}", false),
    ])
  func readsContact(body: String, reads: Bool) throws {
    let lets = "let:\n  known_vip: vip && contact.exists\n  vip: contact.fields.vip == \"1\"\n"
    let user = "id: user\nif: [known_vip]\ndo: {note: a}"
    let ruleset = try clean(rules("id: a\n" + body, user, top: lets))
    #expect(ruleset.rules[0].readsContact == reads)
    #expect(ruleset.files[0].lets.map(\.name) == ["vip", "known_vip"])
  }

  @Test("a list under `contact` is tried in order; a rule replaces the whole of it")
  func contacts() throws {
    let own =
      "id: b\ncontact:\n  - uuid: \"${event.u}\"\n  - urn: \"tel:${event.p}\"\n    missing: skip # allow W0310: a\ndo: {clear_name: true}"
    let checked = check(rules("id: a\ndo: {clear_name: true}", own))
    let ruleset = try #require(checked.ruleset)
    #expect(ruleset.rules[0].contact?.identifiers.count == 1)
    #expect(ruleset.rules[0].contact?.missing == .create)
    #expect(ruleset.rules[1].contact?.identifiers.count == 2)
    #expect(ruleset.rules[1].contact?.missing == .skip)
    #expect(checked.diagnostics.map(\.code) == [.mixedAddressing, .unusedSuppression])
  }

  @Test("the strictest guard of all files wins")
  func guards() throws {
    let first =
      "version: 1\nguards: {max_deletes: 10, max_changed: 20%, groups: {A: 5}, never: [B]}\n"
    let second =
      "version: 1\nguards: {max_deletes: 3, max_changed: 50%, groups: {a: 9}, never: [b, C]}\n"
    let guards = try clean(first, second).guards
    #expect(guards.maxDeletes == .count(3))
    #expect(guards.maxChanged == .percent(20))
    #expect(guards.maxCreated == nil)
    #expect(guards.groups.map(\.limit) == [.count(5)])
    #expect(guards.never == ["B", "C"])
  }

  @Test("`ensure` of all files is one; what two files name is named once")
  func ensure() throws {
    let file =
      "version: 1\nensure: {fields: {a: {label: A, type: numeric}}, groups: [\" X \", x]}\n"
    let ensure = try clean(file, file).ensure
    #expect(ensure.fields.map(\.type) == [.number])
    #expect(ensure.groups.map(\.name) == ["X"])
  }

  @Test("actions without a value are words, alone or with `true`")
  func words() throws {
    let ruleset = try clean(
      rules(
        "id: a\ndo:\n  - create_contact\n  - clear_name: true\n  - interrupt_contact:\n  - archive_messages"
      ))
    #expect(ruleset.rules[0].actions.count == 4)
  }

  @Test("a warning is silenced by its code and a reason, on its line")
  func suppression() {
    let text = rules("id: a\ndo:\n  - set_groups: [A] # allow W0401: the only group there is")
    #expect(check(text).diagnostics == [])
  }

  @Test("`date` of one value is read in the file's zone")
  func zone() throws {
    let text = rules(
      "id: a\nif: [date(event.a) < now]\ndo: {note: a}", top: "zone: America/Sao_Paulo\n")
    #expect(
      try clean(text).rules[0].predicates[0].meaning
        == #"date(event.a, "America/Sao_Paulo") < now"#)
  }
}

/// A file with these rules; each is written as the lines of its mapping.
private func rules(_ rules: String..., top: String = "") -> String {
  let items = rules.map { rule in
    rule.split(separator: "\n").enumerated()
      .map { ($0.offset == 0 ? "  - " : "    ") + $0.element + "\n" }.joined()
  }
  return "version: 1\ncontact: {urn: \"whatsapp:${event.phone}\"}\n\(top)rules:\n\(items.joined())"
}

private func clean(_ files: String...) throws -> Ruleset {
  let names = ["rules.yaml", "other.yaml"]
  let sources = zip(names, files).map { SourceText(path: $0, contents: $1) }
  let checked = Ruleset.check(sources, profile: .weni)
  #expect(checked.diagnostics.map(\.summary) == [])
  return try #require(checked.ruleset)
}
