import Execution
import Planning
import Plans
import Simulator

/// What a rehearsal comes to in numbers.
struct RehearsalFigures {
  /// How often a rule was asked, and what it came to.
  struct RuleCount {
    var heard = 0
    var fired = 0
    var isFalse = 0
    var unknown = 0
    /// How often each line, by its number, was the first that kept the rule from firing.
    var stoppers: [Int: Int] = [:]
  }

  struct SetAsideCount {
    var rule: Int?
    var reason: String
    var count: Int
  }

  private(set) var rules: [RuleCount]
  private(set) var made = 0
  private(set) var changed = 0
  private(set) var deleted = 0
  private(set) var calls = CallCounts()
  private(set) var setAside: [SetAsideCount] = []
  private(set) var repeats = 0
  private(set) var problems = 0
  private(set) var overwritten = 0

  init(_ rehearsal: Rehearsal) {
    rules = Array(repeating: RuleCount(), count: rehearsal.rules.rules.count)
    let lines = rehearsal.rules.rules.map { rule in (rule.lines, rule.allLines.count) }
    for step in rehearsal.steps {
      count(step.outcomes, lines)
      if step.isRepeat { repeats += 1 }
      if step.outcomes.problem != nil { problems += 1 }
      for refused in step.setAside { count(refused) }
    }
    setAside = setAside.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }
    .map(\.element)
    compare(rehearsal.before, rehearsal.after)
    for window in rehearsal.windows { add(window) }
  }

  private mutating func count(
    _ outcomes: EventOutcomes, _ lines: [(top: [RuleOutline.Line], count: Int)]
  ) {
    var place = 0
    for (rule, verdict) in zip(outcomes.rules, outcomes.verdicts) {
      rules[rule].heard += 1
      switch verdict {
      case .fired, .nobody: rules[rule].fired += 1
      case .isFalse:
        rules[rule].isFalse += 1
        stop(rule, outcomes.lines[place...], lines[rule].top, by: .isFalse)
      case .isUnknown:
        rules[rule].unknown += 1
        stop(rule, outcomes.lines[place...], lines[rule].top, by: .isUnknown)
      case .otherType, .switchedOff: break
      }
      place += lines[rule].count
    }
  }

  /// Counts the first line of a rule with this outcome.
  private mutating func stop(
    _ rule: Int, _ outcomes: ArraySlice<LineOutcome>, _ lines: [RuleOutline.Line],
    by outcome: LineOutcome
  ) {
    guard let first = lines.first else { return }
    let stopper = lines.first { line in
      outcomes[outcomes.startIndex + line.number - first.number] == outcome
    }
    if let stopper { rules[rule].stoppers[stopper.number, default: 0] += 1 }
  }

  private mutating func count(_ refused: Rehearsal.Refused) {
    let known = setAside.firstIndex { $0.rule == refused.rule && $0.reason == refused.reason }
    if let known {
      setAside[known].count += 1
    } else {
      setAside.append(SetAsideCount(rule: refused.rule, reason: refused.reason, count: 1))
    }
  }

  private mutating func compare(_ before: [ContactRecord], _ after: [ContactRecord]) {
    let old = Dictionary(before.map { ($0.uuid, $0) }, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(after.map { ($0.uuid, $0) }, uniquingKeysWith: { first, _ in first })
    made = after.count { old[$0.uuid] == nil }
    deleted = before.count { new[$0.uuid] == nil }
    changed = after.count { record in old[record.uuid].map { $0 != record } ?? false }
  }

  private mutating func add(_ window: Rehearsal.Window) {
    calls.posts += window.counts.posts
    calls.lookups += window.counts.lookups
    calls.groups += window.counts.groups
    calls.statuses += window.counts.statuses
    calls.deletes += window.counts.deletes
    calls.workspace += window.counts.workspace
    calls.naive += window.counts.naive
    overwritten += window.contacts.reduce(0) { count, contact in
      count + contact.lines.reduce(0) { $0 + $1.overwritten.count }
    }
  }
}
