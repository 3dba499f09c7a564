import Contacts

/// What a replay has shown, scenario by scenario.
package struct ReplayReport: Sendable {
  private var outcomes: [Replayer.Outcome] = []

  package init() {}

  package mutating func add(_ outcome: Replayer.Outcome) { outcomes.append(outcome) }

  /// Every answer that differs.
  package var differences: [String] {
    outcomes.flatMap { outcome in
      outcome.differences.map { "\(outcome.recording.name) \($0)" }
    }
  }

  /// Every scenario that was left out.
  package var omissions: [String] {
    outcomes.compactMap { outcome in
      outcome.omission.map { "\(outcome.recording.name): \($0)" }
    }
  }

  /// One line for each scenario and one for each dialect.
  package var text: String {
    var lines: [String] = []
    for dialect in Dialect.allCases {
      let own = outcomes.filter { $0.recording.dialect == dialect }
      for outcome in own {
        let note = outcome.omission.map { " · left out: \($0)" } ?? ""
        lines.append(
          "\(outcome.recording.name): \(outcome.matched) of \(outcome.judged)"
            + (outcome.withCaveat > 0 ? " · \(outcome.withCaveat) with a caveat" : "") + note)
      }
      let matched = own.reduce(0) { $0 + $1.matched }
      let judged = own.reduce(0) { $0 + $1.judged }
      lines.append("\(dialect.rawValue): \(matched) of \(judged) answers in \(own.count) scenarios")
    }
    lines += differences + omissions
    return lines.joined(separator: "\n")
  }
}
