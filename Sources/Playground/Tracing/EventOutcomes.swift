/// What the rules that listen to an event came to, without values: for counting, and for colours.
package struct EventOutcomes: Sendable {
  /// Empty where events have none.
  package var id = ""
  /// As the first rules that find one read it.
  package var type: String?
  /// Why it is no event.
  package var problem: String?
  /// In firing order; the others are switched off or listen to other types.
  package var rules: [Int] = []
  /// Of each of these rules.
  package var verdicts: [RuleTrace.Verdict] = []
  /// Of every line of each of these rules, one behind the other, as ``RuleOutline/allLines`` has them.
  package var lines: [LineOutcome] = []

  /// The rules that fired.
  package var fired: [Int] { rules.indices.filter { verdicts[$0].isFiring }.map { rules[$0] } }
  /// Those that only an unknown kept from firing.
  package var unknown: [Int] {
    rules.indices.filter { verdicts[$0] == .isUnknown }.map { rules[$0] }
  }
}
