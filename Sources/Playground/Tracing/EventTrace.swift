package import CEL
package import Engine

/// What every rule of a ruleset made of one event.
package struct EventTrace: Sendable {
  /// Empty where events have none.
  package var id: String
  /// Why the event cannot be used; there are no rules then.
  package var problem: String?
  /// In firing order, also those that are switched off or listen to other types.
  package var rules: [RuleTrace] = []

  /// The ids' numbers of the rules that fired.
  package var fired: [Int] { rules.indices.filter { rules[$0].verdict.isFiring } }
  /// Those that only an unknown kept from firing.
  package var unknown: [Int] { rules.indices.filter { rules[$0].verdict == .isUnknown } }
}

/// What one rule made of an event.
package struct RuleTrace: Sendable {
  package enum Verdict: String, Sendable, CaseIterable {
    case fired
    /// It fired, and its contact cannot be found out: its writes to one are set aside.
    case nobody
    case isFalse = "false"
    case isUnknown = "unknown"
    case otherType = "other type"
    case switchedOff = "switched off"

    package var isFiring: Bool { self == .fired || self == .nobody }
  }

  /// Index in the ruleset's rules.
  package var rule: Int
  package var verdict: Verdict
  /// The event's type as this rule's file reads it.
  package var type: String?
  /// The URN or uuid it is about; absent where none is usable or none is needed.
  package var contact: String?
  /// Every line, also those behind the one that decides.
  package var lines: [LineTrace] = []
  /// What it wrote, or why not; empty unless it fired.
  package var writes: [WriteTrace] = []
  /// What the identifiers of its contact read; empty unless none was usable.
  package var identifiers: [ReadTrace] = []

  /// The lines that kept the rule from firing: those that are false, or else unknown.
  package var stoppers: [LineTrace] {
    switch verdict {
    case .isFalse: lines.filter { $0.outcome == .isFalse }
    case .isUnknown: lines.filter { $0.outcome == .isUnknown }
    case .fired, .nobody, .otherType, .switchedOff: []
    }
  }
}

/// True, false or unknown.
package enum LineOutcome: String, Sendable, CaseIterable {
  case isTrue = "true"
  case isFalse = "false"
  case isUnknown = "unknown"

  init(_ holds: Bool?) { self = holds.map { $0 ? .isTrue : .isFalse } ?? .isUnknown }
}

/// One line under `if`, with what it came to.
package struct LineTrace: Sendable {
  /// ``RuleOutline/Line/number``.
  package var number: Int
  package var kind: RuleOutline.Line.Kind
  package var text: String
  package var line: Int
  /// In UTF-8 offsets of the rule's file.
  package var range: Range<Int>
  package var outcome: LineOutcome
  /// Why it is unknown; absent for combinations, whose lines say it.
  package var doubt: Doubt?
  package var reads: [ReadTrace]
  package var children: [LineTrace]

  /// This line and those in it.
  package var allLines: [LineTrace] { [self] + children.flatMap(\.allLines) }
}

/// A part of a line or hole, and its value.
package struct ReadTrace: Sendable {
  /// As written.
  package var text: String
  /// The `let` in which it stands; empty where it stands in the line itself.
  package var name: String
  package var value: ReadValue
  /// Whether it may tell who somebody is, by the paths it is made of.
  package var isPersonal: Bool
}

package enum ReadValue: Sendable {
  case value(Literal)
  case unknown(Doubt)
}

/// One write that a rule asked for.
package struct WriteTrace: Sendable {
  /// Index in the rule's actions.
  package var action: Int
  package var line: Int
  package var write: Examination.Write
  /// What the holes of its value read.
  package var reads: [ReadTrace]
}
