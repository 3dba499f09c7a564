import Contacts
import Engine

/// Calls of `contact_actions`: one action, one group, up to a hundred contacts.
extension PlanBuilder {
  /// Plans one phase of a round.
  mutating func bulk(
    _ kind: CallTable.Kind, _ effect: Effects, _ steps: Range<Int>, _ effects: Effects
  ) {
    guard effects.contains(effect) else { return }
    for step in steps where self.steps[step].effects.contains(effect) {
      collect(kind, effect, step)
    }
    let rows = collector.flush(as: kind, into: &table)
    guard workspace.hasCreations else { return }
    for row in rows where table.rows[row].subject >= 0 {
      noteUse(of: table.rows[row].subject, isGroup: true, by: Int32(row))
    }
  }

  private mutating func collect(_ kind: CallTable.Kind, _ effect: Effects, _ step: Int) {
    let part = batch.parts[Int(steps[step].part)]
    // An unblock comes before the POST that would make the contact.
    let isSure = steps[step].isSure && (kind != .unblock || mode == .off)
    let answer = kind == .unblock && mode == .window ? answerBefore(part) : answerAfter(step, part)
    for index in writeRange(step) {
      let write = writes[index]
      guard Effects(write.kind).contains(effect) else { continue }
      let word = kind == .delete ? .skip : word(part, creates: write.kind.createsContact)
      let member = CallTable.Member(
        part: steps[step].part, answer: answer, rule: write.rule, event: write.event,
        missing: word, isSure: isSure)
      let hasGroup = kind == .add || kind == .remove
      collector.add(
        member, group: hasGroup ? write.target : -1, step: step, into: &table)
      if !hasGroup { break }
    }
  }

  /// The row whose answer names a contact before the POSTs of its part; -1 where its key does.
  private mutating func answerBefore(_ part: Batch.Part) -> Int32 {
    let addressee = addressee(of: part, [])
    return addressee.address == .answer ? addressee.answer : -1
  }

  /// The row whose answer names a contact behind the POSTs of its part; -1 where its key does.
  private mutating func answerAfter(_ step: Int, _ part: Batch.Part) -> Int32 {
    steps[step].answer >= 0 ? steps[step].answer : answerBefore(part)
  }

  /// Deletions as `--merge off` sends them: a call each.
  mutating func deleteOneByOne(_ steps: Range<Int>, _ effects: Effects) {
    guard effects.contains(.deletes) else { return }
    for step in steps where self.steps[step].effects.contains(.deletes) {
      let part = batch.parts[Int(self.steps[step].part)]
      let answer = answerAfter(step, part)
      var row = CallTable.Row(
        kind: .deleteContact, address: answer >= 0 ? .answer : .uuid, subject: subject(step))
      row.answer = answer
      row.missing = .skip
      row.first = Int32(table.items.count)
      for index in writeRange(step) where writes[index].kind == .deleteContact {
        append(writes[index], as: .reason)
      }
      row.count = Int32(table.items.count) - row.first
      _ = append(row)
    }
  }
}
