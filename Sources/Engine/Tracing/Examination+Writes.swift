package import Contacts
import Knowledge

extension Examination {
  /// One write of an action, as it would be merged.
  package struct Write: Sendable, Hashable {
    package enum Outcome: Sendable, Hashable {
      case written
      /// A hole was unknown, null or blank.
      case skipped
      case refused(Refusal)
      /// There is no contact to write to.
      case nobody
    }

    package var kind: MutationKind
    /// A field key, group or URN; empty for other kinds.
    package var target: String
    /// In the form that is sent; empty where there is none.
    package var value: String
    package var second: String
    package var outcome: Outcome
  }

  /// What an action of the rule asks for; some ask for several writes.
  package mutating func writes(of rule: Int, action: Int) -> [Write] {
    let rows = inquiry.actions[rule][action]
    return (rows.first..<rows.first + rows.count).map { write(of: $0, in: inquiry.rows[rule]) }
  }

  private mutating func write(of number: Int32, in rule: RuleRow) -> Write {
    let action = program.actions[Int(number)]
    var row = rule
    row.actions = RowRange(first: number, count: 1)
    let counts = (log.mutations.count, log.outcomes.count)
    writer.write(row, &evaluator, into: &log)
    var write = Write(
      kind: action.kind, target: target(of: action), value: "", second: "", outcome: .nobody)
    if log.mutations.count > counts.0 {
      let mutation = log.mutations[counts.0]
      write.outcome = .written
      write.value =
        mutation.isConstant ? program.constant(mutation.value) : log.string(mutation.value)
      write.second = log.string(mutation.second)
      if action.target < 0, action.kind.takesTargetFromValue { write.target = write.value }
    } else if log.outcomes.count > counts.1 {
      switch log.outcomes[counts.1].kind {
      case .skipped: write.outcome = .skipped
      case .refused: write.outcome = .refused(log.outcomes[counts.1].refusal ?? .notText)
      case .noContact, .unknown: break
      }
    }
    return write
  }

  private func target(of action: ActionRow) -> String {
    action.target < 0 ? "" : program.constant(program.targets[Int(action.target)].text)
  }
}

extension Program {
  /// A text among the constants.
  fileprivate func constant(_ range: TextRange) -> String {
    String(
      decoding: UnsafeBufferPointer(
        start: constants.base + Int(range.offset), count: Int(range.length)), as: UTF8.self)
  }
}
