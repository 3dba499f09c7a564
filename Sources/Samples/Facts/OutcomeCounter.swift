package import Contacts
internal import Engine
package import Rulesets

/// Asks rules about events, one after the other, and counts how often each line holds.
package struct OutcomeCounter: ~Copyable {
  private var examination: Examination
  private let conditions: [[Inquiry.Condition]]
  /// Of each rule.
  package private(set) var outcomes: [RuleOutcome]

  /// - Parameters:
  ///   - ruleset: rules without errors.
  ///   - profile: what the API accepts.
  ///   - byteLimit: the longest event that is read.
  package init(_ ruleset: Ruleset, profile: APIProfile, byteLimit: Int) {
    var inquiry = InquiryBuilder(ruleset, profile: profile)
    var conditions: [[Inquiry.Condition]] = []
    for rule in ruleset.rules {
      conditions.append(
        rule.predicates.flatMap(\.leaves).map { inquiry.condition($0.predicate, in: rule.file) })
    }
    self.conditions = conditions
    outcomes = conditions.map { RuleOutcome(lines: $0.map { _ in LineOutcome() }) }
    examination = Examination(inquiry.build(), byteLimit: byteLimit)
  }

  /// Asks about an event; what is none is passed over.
  package mutating func add(_ text: UnsafeRawBufferPointer, now: Int64) {
    guard examination.open(text, now: now) == nil else { return }
    for rule in outcomes.indices { ask(rule) }
  }

  private mutating func ask(_ rule: Int) {
    switch examination.turn(to: rule) {
    case .isSwitchedOff, .isOfOtherType: return
    case .isFalse, .isUnknown: break
    case .holds:
      outcomes[rule].fired += 1
      if examination.lacksContact(rule) { outcomes[rule].withoutContact += 1 }
    }
    outcomes[rule].events += 1
    for (line, condition) in conditions[rule].enumerated() {
      outcomes[rule].lines[line].add(examination.holds(condition))
    }
  }
}
