/// A part of an event's way.
///
/// All but the first four cannot be called alone: they are run with what stands before them, and their
/// own share is the difference.
enum Stage: String, CaseIterable {
  /// Rules are read, checked and compiled, once a start.
  case start
  /// Expressions are read and checked.
  case lexer
  /// JSON becomes a document, which filling the slots does without.
  case parse
  /// JSON goes into slots; no rule listens to the event's type.
  case slots
  /// Rules are found and their lines evaluated; the last line of each holds for nobody.
  case predicates
  /// Rules fire, and their writes are rendered into the log.
  case render
  /// Logs become a batch for each window.
  case merge
  /// Batches become calls.
  case plan
  /// Calls become lines.
  case encode

  /// The stage whose cost is within this one's.
  var follows: Stage? {
    switch self {
    case .start, .lexer, .parse, .slots: nil
    case .predicates: .slots
    case .render: .predicates
    case .merge: .render
    case .plan: .merge
    case .encode: .plan
    }
  }

  /// What is counted in a window.
  var unit: String {
    switch self {
    case .start: "rule"
    case .lexer: "expression"
    case .parse, .slots, .predicates, .render, .merge, .plan, .encode: "event"
    }
  }

  var unitCount: Int {
    switch self {
    case .start: Workload.ruleCount
    case .lexer: SampleRules.expressions.count
    case .parse, .slots, .predicates, .render, .merge, .plan, .encode: Workload.eventCount
    }
  }
}
