import CEL
package import Engine
import Rulesets

/// Makes the traces of events, one at a time.
package struct Tracer: ~Copyable {
  private let traced: TracedRules
  private var examination: Examination

  package init(_ traced: TracedRules, byteLimit: Int = 16 << 20) {
    self.traced = traced
    examination = Examination(traced.inquiry, byteLimit: byteLimit)
  }

  /// Whom the rules that read `contact` are about, by the number of the rule.
  ///
  /// What is known of them before the event is what ``trace(_:now:knowing:)`` must be given.
  package mutating func contacts(
    _ event: some Sequence<UInt8>, now: Int64
  ) -> [(rule: Int, contact: String?)] {
    guard !traced.contactReaders.isEmpty, examination.open(event, now: now) == nil else {
      return []
    }
    return traced.contactReaders.map { rule in
      _ = examination.turn(to: rule)
      return (rule, examination.contact(of: rule))
    }
  }

  /// What every rule makes of an event.
  ///
  /// - Parameters:
  ///   - event: its JSON.
  ///   - now: the run's clock, nanoseconds since 1970.
  ///   - views: what is known of the contacts that rules read, by the number of the rule.
  /// - Returns: the trace, in which nothing but why it is no event stands where it is none.
  package mutating func trace(
    _ event: some Sequence<UInt8>, now: Int64, knowing views: [Int: ContactView] = [:]
  ) -> EventTrace {
    var trace = EventTrace(id: "")
    if let problem = examination.open(event, now: now) {
      trace.problem = problem
      return trace
    }
    trace.id = examination.id
    trace.rules = traced.rules.indices.map { self.trace(of: $0, views[$0]) }
    return trace
  }

  /// What one rule makes of an event that its ``trace(_:now:knowing:)`` need not be made of.
  package mutating func trace(
    of rule: Int, _ event: some Sequence<UInt8>, now: Int64, knowing view: ContactView? = nil
  ) -> RuleTrace? {
    guard examination.open(event, now: now) == nil else { return nil }
    return trace(of: rule, view)
  }

  private mutating func trace(of rule: Int, _ view: ContactView?) -> RuleTrace {
    let outline = traced.rules[rule]
    let standing = examination.turn(to: rule, knowing: view)
    var trace = RuleTrace(
      rule: rule, verdict: verdict(standing, rule), type: examination.type(for: rule))
    trace.contact = examination.contact(of: rule)
    trace.lines = outline.lines.map { self.trace(of: $0) }
    if trace.verdict.isFiring { trace.writes = writes(of: rule) }
    if trace.verdict == .nobody { trace.identifiers = outline.identifiers.map { read($0) } }
    return trace
  }

  private mutating func verdict(
    _ standing: Examination.Standing, _ rule: Int
  ) -> RuleTrace.Verdict {
    switch standing {
    case .isSwitchedOff: .switchedOff
    case .isOfOtherType: .otherType
    case .isFalse: .isFalse
    case .isUnknown: .isUnknown
    case .holds: examination.lacksContact(rule) ? .nobody : .fired
    }
  }

  private mutating func trace(of line: RuleOutline.Line) -> LineTrace {
    let outcome = LineOutcome(examination.holds(line.condition))
    var trace = LineTrace(
      number: line.number, kind: line.kind, text: line.text, line: line.line, range: line.range,
      outcome: outcome, reads: line.reads.map { read($0) }, children: [])
    if outcome == .isUnknown, let whole = line.whole { trace.doubt = doubt(about: whole, line) }
    for child in line.children { trace.children.append(self.trace(of: child)) }
    return trace
  }

  private mutating func read(_ read: RuleOutline.Read) -> ReadTrace {
    let value: ReadValue
    switch read.source {
    case .constant(let literal): value = .value(literal)
    case .question(let question):
      switch examination.value(of: question) {
      case .value(let literal): value = .value(literal)
      case .unknown(let reason, let path, let found):
        value = .unknown(Doubt(reason, path, found, in: read.text))
      }
    }
    return ReadTrace(
      text: read.text, name: read.name, value: value, isPersonal: read.isPersonal)
  }

  private mutating func doubt(about question: Inquiry.Question, _ line: RuleOutline.Line) -> Doubt {
    switch examination.value(of: question) {
    // A value that is neither true nor false.
    case .value: Doubt(.wrongType, [], .missing, in: line.text)
    case .unknown(let reason, let path, let found): Doubt(reason, path, found, in: line.text)
    }
  }

  private mutating func writes(of rule: Int) -> [WriteTrace] {
    let outline = traced.rules[rule]
    var traces: [WriteTrace] = []
    for (action, written) in outline.actions.enumerated() {
      let reads = outline.holes[action].map { read($0) }
      for write in examination.writes(of: rule, action: action) {
        traces.append(WriteTrace(action: action, line: written.line, write: write, reads: reads))
      }
    }
    return traces
  }
}

extension Tracer {
  /// What one rule comes to.
  package struct Standing: Sendable {
    package var verdict: RuleTrace.Verdict
    /// As ``RuleOutline/allLines`` has them.
    package var lines: [LineOutcome]
    /// Whether it would write to a contact and finds none, also where it does not fire.
    package var lacksContact: Bool
  }

  /// What one rule and its lines come to, without values; nil for what is no event.
  package mutating func standing(
    of rule: Int, _ event: some Sequence<UInt8>, now: Int64, knowing view: ContactView? = nil
  ) -> Standing? {
    guard examination.open(event, now: now) == nil else { return nil }
    let standing = examination.turn(to: rule, knowing: view)
    return Standing(
      verdict: verdict(standing, rule),
      lines: traced.conditions[rule].map { LineOutcome(examination.holds($0)) },
      lacksContact: examination.lacksContact(rule))
  }

  /// What a rule takes for the present time, as the last event says.
  func time(of rule: Int) -> Int64 { examination.time(for: rule) }
}

extension Tracer {
  /// What the lines of the rules that listen to an event come to, without their values.
  package mutating func outcomes(
    _ event: some Sequence<UInt8>, now: Int64, knowing views: [Int: ContactView] = [:]
  ) -> EventOutcomes {
    var outcomes = EventOutcomes()
    outcomes.problem = examination.open(event, now: now)
    guard outcomes.problem == nil else { return outcomes }
    outcomes.id = examination.id
    outcomes.type = examination.type
    outcomes.rules = examination.listeners()
    for rule in outcomes.rules {
      let standing = examination.turn(to: rule, knowing: views[rule])
      outcomes.verdicts.append(verdict(standing, rule))
      for condition in traced.conditions[rule] {
        outcomes.lines.append(LineOutcome(examination.holds(condition)))
      }
    }
    return outcomes
  }
}

extension Doubt {
  fileprivate init(
    _ reason: Value.Reason, _ path: [String], _ found: Value.Tag, in text: String
  ) {
    self.init(
      reason: reason, text: path.isEmpty ? text : path.joined(separator: "."),
      isOnPath: !path.isEmpty, found: found)
  }
}
