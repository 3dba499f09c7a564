import CEL
package import Engine
import Rulesets

/// Why a rule does not fire for an event, and the smallest change of the event that makes it fire.
package struct WhyNot: Sendable {
  /// A change that was tried: with it the rule fires.
  package struct Change: Sendable {
    /// In the order in which lines ask for them.
    package var edits: [EventEdit]
    /// Whether no change of fewer fields does it; otherwise none was found.
    package var isSmallest: Bool
    /// Whether the rule then fires and finds nobody to write to.
    package var isWithoutContact: Bool
  }

  /// What keeps a rule from firing.
  package enum Obstacle: Sendable, Hashable {
    /// It fires.
    case none
    case notAnEvent(String)
    case switchedOff
    case otherType
    /// The line of the rule's file that stops it first.
    case line(Int)
    /// Its lines hold, and its contact cannot be found out.
    case nobody
  }

  /// Why there is no change to tell.
  package enum Gap: Sendable, Hashable {
    /// Types are not changed, and rules are not switched on.
    case isNotAsked
    /// The line reads nothing of the event that may be changed.
    case readsNothing(line: Int, contact: Bool)
    /// No value of a field that lines compare it with does it.
    case isNotFound
    /// There was too much to try.
    case isTooMuch
  }

  package var obstacle: Obstacle
  /// Absent where it is no event.
  package var trace: RuleTrace?
  package var change: Change?
  /// Why there is no change; absent where there is one, or none is needed.
  package var gap: Gap?
  /// How many samples were looked at.
  package var sampleCount = 0

  /// Asks about one rule and one event.
  ///
  /// - Parameters:
  ///   - rule: its number.
  ///   - event: its JSON.
  ///   - rules: all rules.
  ///   - now: the run's clock, nanoseconds since 1970.
  ///   - view: what is known of the contact that the rule reads.
  ///   - samples: where values of changes are taken from if possible.
  package init(
    _ rule: Int, _ event: [UInt8], with rules: TracedRules, now: Int64,
    knowing view: ContactView? = nil, samples: SampleValues = SampleValues()
  ) {
    var tracer = Tracer(rules)
    sampleCount = samples.count
    guard let trace = tracer.trace(of: rule, event, now: now, knowing: view) else {
      obstacle = .notAnEvent(tracer.trace(event, now: now).problem ?? "it cannot be read")
      return
    }
    self.trace = trace
    switch trace.verdict {
    case .fired: obstacle = .none
    case .switchedOff: obstacle = .switchedOff
    case .otherType: obstacle = .otherType
    case .nobody: obstacle = .nobody
    case .isFalse, .isUnknown: obstacle = .line(trace.stoppers.first?.line ?? 0)
    }
    switch obstacle {
    case .none, .notAnEvent: return
    case .switchedOff, .otherType: gap = .isNotAsked
    case .line, .nobody:
      look(rule, event, rules, trace, now, tracer.time(of: rule), view, samples)
    }
  }

  private mutating func look(
    _ rule: Int, _ event: [UInt8], _ rules: TracedRules, _ trace: RuleTrace, _ now: Int64,
    _ time: Int64, _ view: ContactView?, _ samples: SampleValues
  ) {
    let outline = rules.rules[rule]
    let reach = RuleReach(rules.ruleset.rules[rule], of: rules.ruleset.files[outline.file])
    if let gap = reach.gap(of: trace) {
      self.gap = gap
      return
    }
    var coder = JSONCoder()
    guard let value = event.withUnsafeBytes({ try? coder.value(of: $0) }) else {
      gap = .isTooMuch
      return
    }
    var search = ChangeSearch(
      rules, rule: rule, reach: reach, event: value, byteCount: event.count, now: now, time: time,
      knowing: view, samples: samples, others: reach.others(in: trace))
    change = search.run()
    if change == nil { gap = search.isExhausted ? .isTooMuch : .isNotFound }
  }
}

extension RuleReach {
  /// A line that no change of the event can make hold.
  fileprivate func gap(of trace: RuleTrace) -> WhyNot.Gap? {
    let lines = trace.lines.flatMap(\.allLines)
    for demand in demands where lines[demand.place].outcome != .isTrue && paths(of: demand).isEmpty
    {
      return .readsNothing(
        line: lines[demand.place].line,
        contact: tests[demand.tests].contains { $0.reach.readsContact })
    }
    return nil
  }

  /// What each test that reads more than one thing holds a field against.
  fileprivate func others(in trace: RuleTrace) -> [Int: [Literal]] {
    let lines = trace.lines.flatMap(\.allLines)
    var others: [Int: [Literal]] = [:]
    for (number, test) in tests.enumerated()
    where test.reach.paths.count > 1 || test.reach.readsContact {
      others[number] = lines[test.place].reads.compactMap { read in
        if case .value(let literal) = read.value, literal.isPlain { literal } else { nil }
      }
    }
    return others
  }
}

extension Literal {
  fileprivate var isPlain: Bool {
    switch self {
    case .bool, .int, .double, .string: true
    case .null, .uint, .bytes, .list, .map, .timestamp, .duration, .type, .optional: false
    }
  }
}
