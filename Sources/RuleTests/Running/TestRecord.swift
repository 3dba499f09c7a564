package import Engine
package import Playground
package import Simulator

/// What a test's events came to.
package struct TestRecord: Sendable {
  /// An event and what became of it.
  package struct Event: Sendable {
    package var json: [UInt8]
    /// What rules saw as the clock, nanoseconds since 1970.
    package var now: Int64
    /// Rules that fired, as indices, in their order.
    package var fired: [Int] = []
    package var isRepeat = false
    /// What the rules that listen to it came to, and their lines; also where it is a repeat.
    package var outcomes: EventOutcomes
    /// What rules saw of contacts, by their numbers.
    package var views: [Int: ContactView] = [:]

    /// What a rule came to; absent where it was not asked.
    package func verdict(of rule: Int) -> RuleTrace.Verdict? {
      outcomes.rules.firstIndex(of: rule).map { outcomes.verdicts[$0] }
    }
  }

  package var events: [Event] = []
  /// The planned calls, a JSON object each.
  package var calls: [[UInt8]] = []
  package var setAsideCount = 0
  /// Why, as far as it is kept: sentences, with the rule that asked.
  package var setAside: [String] = []
  /// Events that cannot be used, guards that end a run, a server that does not answer.
  package var problems: [String] = []
  package var before: [ContactRecord] = []
  package var after: [ContactRecord] = []
}

extension [ContactRecord] {
  /// Finds a contact by its uuid or a URN.
  func contact(named name: String) -> ContactRecord? {
    first { $0.uuid == name || $0.urns.contains(name) }
  }
}

extension ContactRecord {
  func value(of key: String) -> String? { fields.first { $0.key == key }?.value }
}
