/// Where the time of a run's rules went, estimated from the events that were timed.
package struct Profile: Sendable {
  /// A line under `if`; rules that say the same share it.
  package struct Condition: Sendable {
    /// `PATH:LINE` of the first rule's line.
    package var at: String
    package var text: String
    /// The first rule that has it, and how many have.
    package var rule: String
    package var ruleCount: Int
    /// Of the whole run.
    package var microseconds: Int
    /// How often it was answered.
    package var count: Int
    /// Calls that its rules caused.
    package var calls: Int
  }

  package struct Rule: Sendable {
    package var id: String
    /// `PATH:LINE`.
    package var at: String
    /// Its part of the conditions that it has with others, and its own.
    package var conditions: Int
    /// What it takes to render its writes.
    package var writes: Int
    /// Calls that it is a reason for.
    package var calls: Int

    package var microseconds: Int { conditions + writes }
  }

  package var eventCount = 0
  package var timedCount = 0
  /// Microseconds of finding the rules of all events, their conditions among them.
  package var finding = 0
  /// Slowest first; those that took no time and caused no call are left out.
  package var rules: [Rule] = []
  package var conditions: [Condition] = []

  /// - Parameters:
  ///   - counters: what was timed.
  ///   - program: the rules.
  ///   - calls: of each rule the calls that it is a reason for.
  package init(_ counters: ProfileCounters, of program: Program, calls: [Int]) {
    guard counters.timedCount > 0 else { return }
    eventCount = Int(counters.eventCount)
    timedCount = Int(counters.timedCount)
    func microseconds(_ nanoseconds: Double) -> Int { Int(nanoseconds / 1_000) }
    finding = microseconds(Double(counters.finding))
    var holders: [Int: [(rule: Int, line: RuleLines.Line)]] = [:]
    for rule in 0..<program.lines.ruleCount {
      for line in program.lines[rule] {
        holders[Int(line.predicate), default: []].append((rule, line))
      }
    }
    var ofRule = Array(repeating: 0.0, count: program.ruleIDs.count)
    for (number, holding) in holders {
      let condition = counters.conditions[number]
      guard condition.count > 0, let first = holding.first else { continue }
      let holdingRules = Set(holding.map(\.rule))
      for rule in holdingRules {
        ofRule[rule] += Double(condition.nanoseconds) / Double(holdingRules.count)
      }
      let place = program.ruleLocations[first.rule]
      let path = place[..<(place.lastIndex(of: ":") ?? place.endIndex)]
      conditions.append(
        Condition(
          at: "\(path):\(first.line.line)", text: program.lines.text(of: first.line),
          rule: program.ruleIDs[first.rule], ruleCount: holdingRules.count,
          microseconds: microseconds(Double(condition.nanoseconds)),
          count: condition.count,
          calls: holdingRules.reduce(0) { $0 + calls[$1] }))
    }
    conditions.sort { ($1.microseconds, $0.at, $0.text) < ($0.microseconds, $1.at, $1.text) }
    for rule in program.ruleIDs.indices {
      let row = Rule(
        id: program.ruleIDs[rule], at: program.ruleLocations[rule],
        conditions: microseconds(ofRule[rule]),
        writes: microseconds(Double(counters.writing[rule])), calls: calls[rule])
      if row.microseconds > 0 || row.calls > 0 { rules.append(row) }
    }
    rules.sort { ($1.microseconds, $1.calls, $0.id) < ($0.microseconds, $0.calls, $1.id) }
  }
}
