import Contacts
import Knowledge
import RandomNumbers

/// Draws rulesets with every kind of line, and events that meet them.
struct RandomRules {
  private var random: SplitMix
  private var lines: [String] = []

  private static let lines = [
    "event.a: 1", "event.a: {at_least: 2}", "event.a: present", "event.a: {in: few}",
    "event.b: {contains: x}", "event.b: {not_in: [x, y]}", "event.b: empty",
    "event.c.d: {starts_with: x}", "event.c.d: {is_not: z}", "event.b: {any_item: {in: [x, 1]}}",
    "event.a > 1", "event.a == event.c.d", "'event.c.e + event.a < 4'", "big",
    "event.b.exists(t, t == 'x')", "event.a / 2 > 0.5 || event.c.e == 1", "double(event.b) > 1.5",
    "sum > 2 && big", "now > timestamp('2026-03-02T00:00:00Z')", "event.at: {within: 2d}",
    "contact.exists", "contact.fields.plan: gold", "contact.groups: {contains: A}",
    "contact.name: {is_not: Ana}", "contact.language: absent", "wasGold",
  ]

  init(seed: UInt64) { random = SplitMix(state: seed) }

  /// One or two files, each with its own idea of where type, id and time stand; the first alone
  /// reads the contact, which an earlier file of other events may have changed.
  mutating func files() -> [String] {
    (0...random.below(2)).map { file in
      lines = file == 0 ? Self.lines : Self.lines.filter { !$0.contains("contact") }
      let events = random.pick([
        "{type: event.kind, id: event.id}", "{type: event.kind, id: event.id, time: event.at}",
        "{type: event.type}",
      ])
      let rules = (0...random.below(6)).map { rule(file: file, number: $0) }
      return """
        version: 1
        zone: America/Sao_Paulo
        events: \(events)
        contact: {urn: ["ext:${event.who}", "ext:${event.other}"], missing: create}
        lists: {few: [1, 2, x]}
        let:
          big: event.a > 2
          sum: event.a + event.c.e
          wasGold: \(file == 0 ? "contact.fields.plan == 'gold'" : "event.plan == 'gold'")
        rules:
        \(rules.joined())

        """
    }
  }

  private mutating func rule(file: Int, number: Int) -> String {
    let trigger = random.pick(["", "    when: t\n", "    when: [u, 't*']\n", "    when: u\n"])
    let action = random.pick([
      "set_fields: {plan: '${event.plan}', f: x}", "add_to_group: '${event.group}'",
      "set_name: Ana", "note: seen", "set_language: '${event.plan}'", "remove_from_group: A",
      "set_groups: [A, '${event.group}']", "delete_contact: confirmed",
    ])
    let switched = random.below(8) == 0 ? "    enabled: false\n" : ""
    let lines = (0...random.below(3)).map { _ in line(depth: 2, indent: "      ") }
    return "  - id: r\(file)-\(number)\n\(switched)\(trigger)    if:\n\(lines.joined())"
      + "    do: [\(action)]\n"
  }

  private mutating func line(depth: Int, indent: String) -> String {
    guard depth > 0, random.below(4) == 0 else { return "\(indent)- \(random.pick(lines))\n" }
    let parts = (0...random.below(2)).map { _ in line(depth: depth - 1, indent: indent + "    ") }
    return "\(indent)- \(random.pick(["any", "all", "none"])):\n\(parts.joined())"
  }

  mutating func event(_ number: Int) -> String {
    var parts: [String] = []
    func value(_ choices: [String]) -> String { random.pick(choices) }
    let keys: [(String, [String])] = [
      ("kind", ["\"t\"", "\"u\"", "\"tt\"", "7"]), ("type", ["\"t\"", "\"u\"", "null"]),
      ("id", ["\"e\(number)\"", "\(number)"]), ("a", ["1", "2", "3", "2.5", "\"x\"", "null"]),
      ("b", ["\"x\"", "\"2\"", "[\"x\",1]", "[]", "\"\"", "7"]),
      ("c", ["{\"d\":\"xy\",\"e\":1}", "{\"d\":3,\"e\":2}", "{}", "\"flat\""]),
      ("at", ["\"2026-03-01T10:00:00Z\"", "\"2020-01-01\"", "\"soon\""]),
      ("who", ["\"1\"", "\"2\"", "\"\"", "\"3\""]), ("other", ["\"4\"", "\"2\""]),
      ("plan", ["\"gold\"", "\"por\"", "\" \"", "[1]"]), ("group", ["\"A\"", "\"B\"", "\"\""]),
    ]
    for (key, choices) in keys where random.below(5) > 0 {
      parts.append("\"\(key)\":\(value(choices))")
    }
    return "{\(parts.joined(separator: ","))}"
  }

  /// Some of the contacts that events name.
  mutating func snapshot() throws -> ContactSnapshot? {
    guard random.below(3) > 0 else { return nil }
    var snapshot = ContactSnapshot(.weni)
    var reader = SnapshotReader()
    snapshot.freshSince = 1
    if random.below(2) == 0 { snapshot.completeAt = 1 }
    for number in 1...3 where random.below(4) > 0 {
      let group = #"{"uuid":"60c29c90-2944-5a61-9e58-a0492\#(number)1bdeff","name":"A"}"#
      let line = """
        {"uuid":"2c9fbf96-327f-5f65-98db-72e49739\(number)b55","name":\(random.pick(["\"Ana\"", "null"])),\
        "language":null,"urns":["ext:\(number)"],"groups":[\(random.pick(["", group]))],\
        "fields":{"plan":\(random.pick(["\"gold\"", "null"]))},"blocked":false,"stopped":false,\
        "created_on":"2024-05-10T08:38:30.104208Z","modified_on":"2026-03-02T11:00:00.520113Z"}
        """
      try Array(line.utf8).withUnsafeBytes { text in
        try reader.addContact(text, readAt: 1, to: &snapshot)
      }
    }
    return snapshot
  }
}
