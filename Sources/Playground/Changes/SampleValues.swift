import CEL
import Engine
import Rulesets

/// Which values events of one type have, to choose those of changes among.
package struct SampleValues: Sendable {
  /// How many samples are of the type.
  package private(set) var count = 0
  private var tables: [[String]: [String: (value: Literal, count: Int)]] = [:]

  /// Beyond so many values of a field, new ones are not remembered.
  private static let valueLimit = 1_000
  /// A text that is longer says nothing to people.
  private static let lengthLimit = 200

  /// No samples.
  package init() {}

  /// Looks at events as a rule sees them.
  ///
  /// - Parameters:
  ///   - samples: events of any type; what is no event is left out.
  ///   - rule: its number; only events of a type it listens to count, by its file's reading.
  ///   - rules: all rules.
  package init(_ samples: [RehearsalEvent], for rule: Int, of rules: TracedRules) {
    let outline = rules.rules[rule]
    let reach = RuleReach(rules.ruleset.rules[rule], of: rules.ruleset.files[outline.file])
    var tracer = Tracer(rules)
    var coder = JSONCoder()
    for sample in samples {
      guard let verdict = tracer.standing(of: rule, sample.text, now: 0)?.verdict,
        verdict != .otherType,
        let event = sample.text.withUnsafeBytes({ try? coder.value(of: $0) })
      else { continue }
      add(event, reach.paths)
    }
  }

  private mutating func add(_ event: Literal, _ paths: [[String]]) {
    count += 1
    for path in paths {
      guard let value = event.value(at: path), !value.isNull else { continue }
      let key = "\(value)"
      guard key.utf8.count <= Self.lengthLimit else { continue }
      if tables[path]?[key] == nil, tables[path, default: [:]].count >= Self.valueLimit { continue }
      tables[path, default: [:]][key, default: (value, 0)].count += 1
    }
  }

  /// The values of a path, the most frequent first.
  func values(of path: [String]) -> [Literal] {
    (tables[path] ?? [:]).sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map(\.value.value)
  }

  /// How many samples have a value at a path.
  func count(of value: Literal?, at path: [String]) -> Int {
    value.flatMap { tables[path]?["\($0)"]?.count } ?? 0
  }
}
