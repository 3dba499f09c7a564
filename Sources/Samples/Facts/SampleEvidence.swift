/// What samples tell of events, and of rules that met them.
package struct SampleEvidence: Sendable {
  package var schema = SampleSchema()
  /// Of each rule; none where the rules have not met the events.
  package var outcomes: [RuleOutcome] = []

  package init() {}

  package init(_ schema: SampleSchema, _ outcomes: [RuleOutcome] = []) {
    self.schema = schema
    self.outcomes = outcomes
  }

  /// Adds what other events tell of the same rules.
  package mutating func merge(_ other: SampleEvidence) {
    schema.merge(other.schema)
    guard outcomes.count == other.outcomes.count else {
      if outcomes.isEmpty { outcomes = other.outcomes }
      return
    }
    for rule in outcomes.indices { outcomes[rule].merge(other.outcomes[rule]) }
  }
}

/// How often a rule's lines held among the events it listens to.
package struct RuleOutcome: Sendable, Equatable {
  package var events = 0
  package var fired = 0
  /// Of these, events that name nobody to write to.
  package var withoutContact = 0
  /// In the order of ``Predicate/leaves``.
  package var lines: [LineOutcome]

  mutating func merge(_ other: RuleOutcome) {
    events += other.events
    fired += other.fired
    withoutContact += other.withoutContact
    for line in lines.indices { lines[line].merge(other.lines[line]) }
  }
}

/// How often a line held.
package struct LineOutcome: Sendable, Equatable {
  package var holds = 0
  package var fails = 0
  package var unknown = 0

  mutating func add(_ answer: Bool?) {
    switch answer {
    case true?: holds += 1
    case false?: fails += 1
    case nil: unknown += 1
    }
  }

  mutating func merge(_ other: LineOutcome) {
    holds += other.holds
    fails += other.fails
    unknown += other.unknown
  }
}
