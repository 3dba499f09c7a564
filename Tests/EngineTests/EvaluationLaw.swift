import Contacts
import Diagnostics
import Engine
import Foundation
import Rulesets
import Testing

/// Rulesets to try, thirty rules (every third: ninety) and twenty-five events each.
private let caseCount =
  ProcessInfo.processInfo.environment["REGRA_LAW_CASES"].flatMap { Int($0) }.map { $0 / 40 } ?? 50

/// A field test as rules write it, and as the specification means it.
struct SampleTest: Sendable {
  var path: [String]
  var yaml: String
  /// nil is unknown.
  var holds: @Sendable (SampleValue) -> Bool?
}

@Suite("Compiled rules")
struct EvaluationLaw {
  @Test("fire exactly when the specification says so", arguments: 0..<caseCount)
  func law(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    // With many tests of few paths, rules share what they hang on, and texts are looked through for many others.
    let isLarge = seed % 3 == 0
    let tests = (0..<(isLarge ? 60 : 12)).map { _ in sampleTest(&random) }
    // Many rules without `when` have an index of their own.
    let isCommon = seed % 6 == 0
    let rules = (0..<(isLarge ? 90 : 30)).map { number in
      SampleRule(tests: tests, isCommon: isCommon && number % 3 < 2, &random)
    }
    let program = try compile(rules)
    for event in 0..<25 {
      let values = Dictionary(uniqueKeysWithValues: paths.map { ($0, random.value()) })
      let type = random.pick([nil, "t", "t.u", "u", "te\u{301}"])
      let line = json(values, type: type, id: event, &random)
      let run = EngineRun(program, [line])
      let answers = rules.map { $0.listens(to: type) ? $0.holds(tests, values) : false }
      let expected = answers.indices.filter { answers[$0] == true }
      #expect(
        run.firings == expected.map { "r\($0) \(event)" }, "seed \(seed): \(line)\n\(source(rules))"
      )
      let unknown = answers.indices.filter { answers[$0] == nil }
      #expect(
        run.statistics.rules.indices.filter { run.statistics.rules[$0].unknown > 0 } == unknown,
        "seed \(seed), unknown: \(line)\n\(source(rules))")
    }
  }

  private let paths = [["a"], ["b", "c"], ["b", "d"], ["e e"]]

  /// The object with the values at their paths; sometimes a key is written twice, the last counts.
  private func json(
    _ values: [[String]: SampleValue], type: String?, id: Int, _ random: inout SeededGenerator
  ) -> String {
    func member(_ path: [String]) -> String? {
      guard let value = values[path], let key = path.last else { return nil }
      if case .absent = value { return nil }
      return "\(quoted(key)):\(value.json)"
    }
    let inner = [member(["b", "c"]), member(["b", "d"])].compactMap { $0 }.joined(separator: ",")
    var parts = [
      type.map { "\"type\":\(quoted($0))" }, "\"id\":\(id)", member(["a"]), member(["e e"]),
    ].compactMap { $0 }
    if id % 5 == 0 { parts.append("\"b\":{\"c\":\"first\",\"d\":1}") }
    parts.append("\"b\":{\(inner)}")
    return "{" + parts.joined(separator: ",") + "}"
  }

  private func sampleTest(_ random: inout SeededGenerator) -> SampleTest {
    let path = random.pick(paths)
    let choice = Bool.random(using: &random) ? constantTest(&random) : rangeTest(&random)
    return SampleTest(path: path, yaml: choice.yaml, holds: choice.holds)
  }

  /// A test against a value, or for being there.
  private func constantTest(_ random: inout SeededGenerator) -> Choice {
    let constant: SampleValue = random.pick([
      .text(random.text()), .int(random.pick([0, 5, 100])), .bool(true),
      .double(1.5, written: "1.5"),
    ])
    let text = random.text()
    let list: [SampleValue] = [constant, .text(text)]
    let listText = "[\(constant.yaml), \(quotedForYAML(text))]"
    let choices: [Choice] = [
      (constant.yaml, known { $0.equals(constant) }),
      ("present", { if case .unrepresentable = $0 { nil } else { !$0.isNothing } }),
      ("absent", { if case .unrepresentable = $0 { nil } else { $0.isNothing } }),
      ("{in: \(listText)}", known { value in list.contains { $0.equals(value) } }),
      ("{not_in: \(listText)}", strict { value in !list.contains { $0.equals(value) } }),
      ("{is_not: \(constant.yaml)}", strict { !$0.equals(constant) }),
    ]
    return random.pick(choices)
  }

  /// A test of order, or of a text's parts.
  private func rangeTest(_ random: inout SeededGenerator) -> Choice {
    let text = random.text()
    let bound = random.pick([0.0, 5.0, 1.5, 100.0])
    let number = bound == 1.5 ? "1.5" : "\(Int(bound))"
    let bytes = Array(text.utf8)
    let choices: [Choice] = [
      ("{at_least: \(number)}", order { $0 >= bound }),
      ("{at_most: \(number)}", order { $0 <= bound }),
      ("{above: \(number)}", order { $0 > bound }),
      ("{below: \(number)}", order { $0 < bound }),
      ("{between: [\(number), 100]}", order { $0 >= bound && $0 <= 100 }),
      ("{starts_with: \(quotedForYAML(text))}", onText { $0.starts(with: bytes) }),
      (
        "{ends_with: \(quotedForYAML(text))}",
        onText { $0.reversed().starts(with: bytes.reversed()) }
      ),
      (
        "{contains: \(quotedForYAML(text))}",
        known {
          switch $0 {
          case .text(let whole): occurs(bytes, in: Array(whole.utf8))
          case .list(let items): items.contains { $0.equals(.text(text)) }
          default: nil
          }
        }
      ),
    ]
    return random.pick(choices)
  }
}

/// How a test is written, and when it holds.
private typealias Choice = (yaml: String, holds: @Sendable (SampleValue) -> Bool?)

/// Absent and null are false.
private func known(
  _ test: @escaping @Sendable (SampleValue) -> Bool?
) -> @Sendable (SampleValue) -> Bool? {
  { value in
    switch value {
    case .absent, .null: false
    case .unrepresentable: nil
    default: test(value)
    }
  }
}

/// Absent and null are unknown.
private func strict(
  _ test: @escaping @Sendable (SampleValue) -> Bool?
) -> @Sendable (SampleValue) -> Bool? {
  { value in
    switch value {
    case .absent, .null, .unrepresentable: nil
    default: test(value)
    }
  }
}

private func order(
  _ test: @escaping @Sendable (Double) -> Bool
) -> @Sendable (SampleValue) -> Bool? {
  known { $0.number.map(test) }
}

private func onText(
  _ test: @escaping @Sendable ([UInt8]) -> Bool
) -> @Sendable (SampleValue) -> Bool? {
  known { if case .text(let text) = $0 { test(Array(text.utf8)) } else { nil } }
}

extension SampleValue {
  fileprivate var isNothing: Bool {
    switch self {
    case .absent, .null: true
    default: false
    }
  }
}

private func occurs(_ needle: [UInt8], in text: [UInt8]) -> Bool {
  needle.isEmpty || text.indices.contains { text[$0...].starts(with: needle) }
}

/// Lines and combinations of lines, by the number of the test.
indirect enum SampleLine: Sendable {
  case test(Int)
  case all([SampleLine]), any([SampleLine]), none([SampleLine])

  init(tests: Int, depth: Int, _ random: inout SeededGenerator) {
    let kind = depth == 0 ? 0 : Int.random(in: 0..<6, using: &random)
    func parts() -> [SampleLine] {
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        SampleLine(tests: tests, depth: depth - 1, &random)
      }
    }
    switch kind {
    case 3: self = .all(parts())
    case 4: self = .any(parts())
    case 5: self = .none(parts())
    default: self = .test(Int.random(in: 0..<tests, using: &random))
    }
  }

  /// Kleene's logic: a decisive value wins over the unknown.
  func holds(_ answer: (Int) -> Bool?) -> Bool? {
    switch self {
    case .test(let number): answer(number)
    case .all(let parts): combine(parts.map { $0.holds(answer) }, decisive: false)
    case .any(let parts): combine(parts.map { $0.holds(answer) }, decisive: true)
    case .none(let parts): combine(parts.map { $0.holds(answer) }, decisive: true).map { !$0 }
    }
  }

  private func combine(_ answers: [Bool?], decisive: Bool) -> Bool? {
    if answers.contains(decisive) { return decisive }
    return answers.contains(nil) ? nil : !decisive
  }

  func yaml(_ tests: [SampleTest], indent: String) -> String {
    func block(_ word: String, _ parts: [SampleLine]) -> String {
      "\(indent)- \(word):\n"
        + parts.map { $0.yaml(tests, indent: indent + "    ") }.joined()
    }
    switch self {
    case .test(let number):
      let test = tests[number]
      let path = test.path.reduce("event") { $1.contains(" ") ? "\($0)['\($1)']" : "\($0).\($1)" }
      return "\(indent)- \"\(path)\": \(test.yaml)\n"
    case .all(let parts): return block("all", parts)
    case .any(let parts): return block("any", parts)
    case .none(let parts): return block("none", parts)
    }
  }
}

/// A rule with a few lines.
struct SampleRule: Sendable {
  var lines: [SampleLine]
  var yaml: String
  /// The types it names; nil where it meets all events.
  var types: [String]?

  init(tests: [SampleTest], isCommon: Bool, _ random: inout SeededGenerator) {
    let lines = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      SampleLine(tests: tests.count, depth: 2, &random)
    }
    self.lines = lines
    let names: [[String]?] = [
      nil, ["t"], ["t"], ["t", "t"], ["t*"], ["*"], ["u", "t.u"], ["u", "t.*"], ["te\u{301}"],
      ["t\u{e9}"],
    ]
    types = isCommon ? nil : random.pick(names)
    yaml = lines.map { $0.yaml(tests, indent: "      ") }.joined()
  }

  var when: String {
    types.map { "    when: [\($0.map(quotedForYAML).joined(separator: ", "))]\n" } ?? ""
  }

  /// `*` stands at the end of a name only.
  func listens(to type: String?) -> Bool {
    guard let types else { return true }
    guard let type else { return false }
    return types.contains { name in
      name.hasSuffix("*")
        ? type.utf8.starts(with: name.utf8.dropLast()) : Array(name.utf8) == Array(type.utf8)
    }
  }

  func holds(_ tests: [SampleTest], _ values: [[String]: SampleValue]) -> Bool? {
    SampleLine.all(lines).holds { number in
      tests[number].holds(values[tests[number].path] ?? .absent)
    }
  }
}

private func source(_ rules: [SampleRule]) -> String {
  "version: 1\nevents: {id: event.id}\ncontact: {urn: \"ext:1\"}\nrules:\n"
    + rules.enumerated().map {
      "  - id: r\($0.offset)\n\($0.element.when)    if:\n\($0.element.yaml)    do: [{note: hit}]\n"
    }.joined()
}

private func compile(_ rules: [SampleRule]) throws -> Engine.Program {
  let text = SourceText(path: "law.yaml", contents: source(rules))
  let (ruleset, diagnostics) = Ruleset.check([text], profile: .weni)
  let errors = diagnostics.filter { $0.severity == .error }
  try #require(errors.isEmpty, "\(errors)\n\(source(rules))")
  return Program(try #require(ruleset), profile: .weni)
}
