import CEL
import Engine
import Foundation
import Playground
import RandomNumbers
import Rulesets
import Testing

private let caseCount =
  ProcessInfo.processInfo.environment["REGRA_LAW_CASES"].flatMap { Int($0) } ?? 400

@Suite("The law of smallest changes")
struct ChangeLawTests {
  @Test("an event that is changed as told fires the rule in the engine")
  func fires() throws {
    var told = 0
    var asked = 0
    var seed: UInt64 = 0
    while asked < caseCount {
      seed += 1
      var random = RandomRules(seed: seed)
      let files = random.files()
      let rules = try traced(files: files)
      let snapshot = try random.snapshot()
      for number in 0..<4 {
        let event = random.event(number)
        for rule in rules.rules.indices {
          var scene = TraceScene(rules, knowing: snapshot)
          let why = scene.whyNot(rule, event)
          if why.obstacle == .none || why.gap == .isNotAsked { continue }
          asked += 1
          guard let change = why.change else { continue }
          told += 1
          let changed = try JSON.text(JSON.value(event).applying(change.edits))
          let done = scene.play(changed).done
          guard done.fired.contains(rule) else {
            Issue.record(
              """
              seed \(seed), rule \(rules.rules[rule].id), event \(event), told \(changed)
              fired \(done.fired)
              \(files.joined(separator: "---\n"))
              """)
            return
          }
        }
      }
    }
    // Most of the random rules read a contact, or contradict themselves; many do not.
    #expect(told > asked / 4, "\(told) of \(asked)")
  }

  @Test("no change of fewer fields fires the rule, by trying all values of a small world")
  func isSmallest() throws {
    var sizes: [Int: Int] = [:]
    var certain = 0
    for seed in 1...UInt64(max(40, caseCount / 20)) {
      var world = SmallWorld(seed: seed)
      let rules = try traced(world.rules())
      for _ in 0..<4 {
        let event = world.event()
        let why = WhyNot(0, Array(event.utf8), with: rules, now: sceneTime)
        if why.obstacle == .none { continue }
        sizes[why.change?.edits.count ?? 0, default: 0] += 1
        if why.change?.isSmallest == true { certain += 1 }
        if let less = try world.change(of: event, below: why.change?.edits.count, firing: rules) {
          Issue.record("seed \(seed), event \(event), less: \(less)\n\(why)\n\(world.text)")
          return
        }
      }
    }
    for size in 0...3 { #expect(sizes[size, default: 0] > 3, "\(sizes)") }
    let told = sizes.values.reduce(0, +) - sizes[0, default: 0]
    #expect(certain * 10 > told * 9, "\(certain) of \(told) are called smallest")
  }
}

/// Rules over three fields, and all values that their lines can tell apart.
private struct SmallWorld {
  private var random: SplitMix
  private(set) var text = ""

  private static let keys = ["a", "b", "c"]
  private static let values: [Literal?] = [
    nil, .bool(true), .int(0), .int(1), .int(2), .int(3), .int(5), .double(2.5), .string(""),
    .string("x"), .string("xy"), .string("y"), .string("z"), .list([]), .list([.string("x")]),
  ]
  private static let tests = [
    "1", "x", "present", "absent", "empty", "{in: [1, x]}", "{not_in: [1, 2, x]}", "{is_not: x}",
    "{at_least: 2}", "{below: 3}", "{above: 2, at_most: 4}", "{between: [2, 3]}", "true",
    "{starts_with: x}", "{contains: y}", "{is_not: 2}",
  ]
  private static let free = [
    "event.a == 'x' || event.b == 2", "has(event.c) && event.c != 1", "event.a in [2, 'y']",
    "!(event.b > 1)", "!has(event.a)", "isTwo",
  ]

  init(seed: UInt64) { random = SplitMix(state: seed) }

  mutating func rules() -> String {
    let lines = (0...random.below(4)).map { _ in line(depth: 2, indent: "      ") }
    text = """
      version: 1
      let: {isTwo: event.b == 2}
      rules:
        - id: r
          if:
      \(lines.joined())    do: [note: hi]

      """
    return text
  }

  private mutating func line(depth: Int, indent: String) -> String {
    if depth > 0, random.chance(4) {
      let parts = (0...random.below(2)).map { _ in line(depth: depth - 1, indent: indent + "    ") }
      return "\(indent)- \(random.pick(["any", "all", "none"])):\n\(parts.joined())"
    }
    if random.chance(5) { return "\(indent)- \"\(random.pick(Self.free))\"\n" }
    return "\(indent)- event.\(random.pick(Self.keys)): \(random.pick(Self.tests))\n"
  }

  mutating func event() -> String {
    let value = Self.keys.reduce(Literal.map([])) { event, key in
      event.setting([key][...], to: random.pick(Self.values))
    }
    return JSON.text(value)
  }

  /// An event with fewer fields changed than so many that fires the first rule; without a number, with
  /// any fields changed.
  func change(of event: String, below count: Int?, firing rules: TracedRules) throws -> String? {
    let start = try JSON.value(event)
    var tracer = Tracer(rules)
    let subsets = (1..<8).map { bits in Self.keys.indices.filter { bits >> $0 & 1 == 1 } }
    for subset in subsets where subset.count < count ?? 4 {
      let events = subset.reduce([start]) { events, key in
        events.flatMap { event in
          Self.values.map { event.setting([Self.keys[key]][...], to: $0) }
        }
      }
      for event in events {
        let text = JSON.text(event)
        if tracer.standing(of: 0, text.utf8, now: sceneTime)?.verdict == .fired { return text }
      }
    }
    return nil
  }
}

/// JSON texts and their values.
enum JSON {
  static func value(_ text: String) throws -> Literal {
    var coder = JSONCoder()
    return try Array(text.utf8).withUnsafeBytes { try coder.value(of: $0) }
  }

  static func text(_ value: Literal) -> String {
    var coder = JSONCoder()
    return String(decoding: coder.bytes(of: value), as: UTF8.self)
  }
}
