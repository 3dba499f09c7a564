import Contacts
import RandomNumbers

/// A long stream of events as bad days make it, and rules that meet it.
///
/// The law of the whole program does not hold for all of it, but what comes of it is always the same.
struct HostileStream {
  /// The case whose rules, workspace and knowledge it has.
  private(set) var example: LawCase
  /// Lines of each source.
  private(set) var sources: [[UInt8]] = []
  /// A rule file that reads what earlier events of the window did to the contact, and sometimes has a guard.
  private(set) var readingRules = ""
  private var random: SplitMix

  init(seed: UInt64) {
    random = SplitMix(state: ~seed)
    var generator = CaseGenerator(seed: seed)
    example = generator.draw(knowing: random.pick(StartingKnowledge.allCases))
    readingRules = drawReadingRules()
    example.window = random.pick([1, 7, 40, 300])
    let events = generator.crowd(of: random.pick([100, 400, 900]))
    let cuts = (0..<random.below(3)).map { _ in random.below(events.count) }.sorted()
    for (start, end) in zip([0] + cuts, cuts + [events.count]) {
      example.events = Array(events[start..<end])
      let lines = example.eventsText.split(separator: "\n").map(String.init)
      sources.append(harmed(lines))
    }
  }

  // Rules.

  private static let lines = [
    "contact.exists", "contact.fields.f1: x", "contact.groups: {contains: A}",
    "contact.name: {is_not: Bia}", "contact.language: absent", "contact.fields.f2: {above: 1}",
    "event.n > 1 || contact.fields.f1 == 'seen'", "double(event.value) / 2.0 > 0.5",
    "event.name: Bia", "event.other: {starts_with: 'ext:'}",
  ]

  private static let actions = [
    "set_fields: {f1: seen}", "set_fields: {f1: '${event.value}'}", "add_to_group: A",
    "remove_from_group: [A, b]", "set_name: '${event.name}'", "note: 'saw ${event.id}'",
    "add_urn: '${event.other}'", "delete_contact: confirmed", "set_groups: [b]",
  ]

  private mutating func drawReadingRules() -> String {
    let rules = (0...random.below(5)).map { number in
      let lines = (0...random.below(2)).map { _ in "      - \(random.pick(Self.lines))\n" }
      return "  - id: reads\(number)\n    when: t*\n    if:\n\(lines.joined())"
        + "    do:\n      - \(random.pick(Self.actions))\n"
    }
    let missing = random.pick(MissingPolicy.allCases).word
    return """
      version: 1
      events: {id: event.id, time: event.at}
      contact: [{urn: "${event.urn}", missing: \(missing)}, {uuid: "${event.uuid}"}]
      rules:
      \(rules.joined())\(random.chance(4) ? "guards: {max_changed: \(random.below(90) + 10)}\n" : "")
      """
  }

  // Events.

  /// Lines that come again, in bursts and in lists; that are older than what was there before; and
  /// broken ones.
  private mutating func harmed(_ lines: [String]) -> [UInt8] {
    var bytes: [UInt8] = random.chance(3) ? [0xEF, 0xBB, 0xBF] : []
    for index in lines.indices {
      let line = timed(lines[index])
      let old = random.pick(Array(lines[...index]))
      switch random.below(24) {
      case 0: bytes += Array("\(old)\n\(line)\n".utf8)
      case 1: for _ in 0...random.below(30) { bytes += Array("\(line)\n".utf8) }
      case 2: bytes += Array("[\(line),\(old),\(timed(old)),7]\n".utf8)
      case 3: bytes += line.utf8.prefix(random.below(line.utf8.count)) + [UInt8(ascii: "\n")]
      case 4: bytes += Array("\n\r\n  \n\(line)\r\n".utf8)
      case 5:
        bytes += Array("{\"type\":\"t0\",\"urn\":\"".utf8) + [0xFF, 0xC0] + Array("\"}\n".utf8)
      case 6: bytes += Array("{\"name\":\"first\",\(line.dropFirst())\n".utf8)
      case 7:
        let padding = String(
          repeating: random.pick(["x", "é", "\\\""]), count: random.below(9_000))
        bytes += Array("{\"padding\":\"\(padding)\",\(line.dropFirst())\n".utf8)
      case 8:
        let depth = random.pick([3, 61, 2_000])
        let nest = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        bytes += Array("{\"nest\":\(nest),\(line.dropFirst())\n".utf8)
      case 9:
        bytes += Array("\(random.pick(["{}", "null", "\"\"", "{\"type\":7,\"id\":[]}"]))\n".utf8)
      default: bytes += Array("\(line)\n".utf8)
      }
    }
    // A missing last line end is no mistake.
    return random.chance(2) ? bytes : bytes.dropLast()
  }

  /// The same line with a time, which may be older than that of the line before it.
  private mutating func timed(_ line: String) -> String {
    let minute = random.below(60)
    return "{\"at\":\"2026-03-02T10:\(minute < 10 ? "0" : "")\(minute):00Z\",\(line.dropFirst())"
  }
}
