internal import CEL
package import Contacts
internal import Engine
package import Rulesets

/// Looks at events one after the other, and asks the rules about each, on one thread.
package struct Sampler: ~Copyable {
  private var builder: SchemaBuilder
  private var examination: Examination?
  private let conditions: [[Inquiry.Condition]]
  private var outcomes: [RuleOutcome] = []
  private let ruleset: Ruleset

  /// - Parameters:
  ///   - ruleset: the rules as far as they could be read.
  ///   - usability: whether they may be asked.
  ///   - profile: what the API accepts.
  ///   - byteLimit: the longest event that is read.
  package init(
    _ ruleset: Ruleset, _ usability: Usability, profile: APIProfile, byteLimit: Int
  ) {
    self.ruleset = ruleset
    builder = SchemaBuilder(ruleset.typings, byteLimit: byteLimit)
    guard usability == .sound else {
      conditions = []
      return
    }
    var inquiry = InquiryBuilder(ruleset, profile: profile)
    var conditions: [[Inquiry.Condition]] = []
    for rule in ruleset.rules {
      conditions.append(
        rule.predicates.flatMap(\.leaves).map { inquiry.condition($0.predicate, in: rule.file) })
    }
    self.conditions = conditions
    outcomes = conditions.map {
      RuleOutcome(lines: $0.map { _ in LineOutcome() })
    }
    examination = Examination(inquiry.build(), byteLimit: byteLimit)
  }

  /// Whether rules have errors.
  package enum Usability: Sendable { case sound, broken }

  /// What was learnt so far.
  package var evidence: SampleEvidence {
    var evidence = SampleEvidence(builder.schema)
    evidence.outcomes = outcomes
    return evidence
  }

  /// Counts a line that is no event.
  package mutating func addProblem() { builder.addProblem() }

  /// Looks at an event; 64 readable bytes must follow it.
  ///
  /// - Returns: why it is no event, as a sentence without a full stop; nil where it is one.
  package mutating func add(_ text: UnsafeRawBufferPointer, now: Int64) -> String? {
    if let cause = builder.add(text) { return cause }
    guard examination != nil, examination?.open(text, now: now) == nil else { return nil }
    for rule in ruleset.rules.indices { ask(rule) }
    return nil
  }

  private mutating func ask(_ rule: Int) {
    guard let standing = examination?.turn(to: rule) else { return }
    switch standing {
    case .isSwitchedOff, .isOfOtherType: return
    case .isFalse, .isUnknown: break
    case .holds:
      outcomes[rule].fired += 1
      if examination?.lacksContact(rule) == true { outcomes[rule].withoutContact += 1 }
    }
    outcomes[rule].events += 1
    for (line, condition) in conditions[rule].enumerated() {
      outcomes[rule].lines[line].add(examination?.holds(condition) ?? nil)
    }
  }
}

extension Ruleset {
  /// Where the files say the type of an event is, each place once.
  package var typings: [Typing] {
    var labels: Set<String> = []
    return files.compactMap { file in
      let typing = Typing(file.eventType, in: file.environment, keepsUntyped: true)
      return labels.insert(typing.label).inserted ? typing : nil
    }
  }
}

extension Predicate {
  /// The role of a line within its rule.
  enum Role: Sendable {
    /// The rule fires only where the line holds.
    case needed
    /// One of several of which one must hold.
    case alternative
    /// Must not hold.
    case excluded
  }

  /// The lines that are no combinations of others, as written.
  var leaves: [(predicate: Predicate, role: Role)] { leaves(as: .needed) }

  private func leaves(as role: Role) -> [(predicate: Predicate, role: Role)] {
    switch kind {
    case .expression: [(self, role)]
    case .all(let parts): parts.flatMap { $0.leaves(as: role) }
    case .any(let parts):
      parts.flatMap { $0.leaves(as: role == .needed && parts.count > 1 ? .alternative : role) }
    case .none(let parts): parts.flatMap { $0.leaves(as: .excluded) }
    }
  }
}
