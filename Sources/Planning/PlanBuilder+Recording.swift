package import Contacts
package import Engine
package import Knowledge

/// One write that a plan carries out, and what it finds.
package struct PlannedChange: Sendable {
  /// In the batch.
  package var part: Int32
  /// In the snapshot; -1 where it does not know the contact.
  package var row: Int32
  package var kind: MutationKind
  /// In the batch's targets, or -1.
  package var target: Int32
  package var value: TextRange
  /// In the snapshot: what stands there before; known only with a fresh row.
  package var old: ContactSnapshot.Text
  package var isOldKnown: Bool
  /// The write that it replaced, in the batch's writes, or -1.
  package var previous: Int32
  /// Whether it makes the contact if that is not there.
  package var creates: Bool
  package var rule: Int32
  package var event: Int32

  init(
    of write: Batch.Write, part: Int32, row: Int32, old: ContactSnapshot.Text, isOldKnown: Bool,
    creates: Bool
  ) {
    self.part = part
    self.row = row
    kind = write.kind
    target = write.target
    value = write.value
    self.old = old
    self.isOldKnown = isOldKnown
    previous = write.previous
    self.creates = creates
    rule = write.rule
    event = write.event
  }
}

extension PlanBuilder {
  /// Keeps what a round changes, for whoever asked for it.
  mutating func record(_ steps: Range<Int>) {
    guard recording == .changes else { return }
    for step in steps {
      let part = batch.parts[Int(self.steps[step].part)]
      let row = batch.rows.isEmpty ? -1 : batch.rows[Int(part.contact)]
      let isKnown = self.steps[step].settlement >= 0
      if part.replacesGroups, !isKnown { table.unseenDepartureCount += 1 }
      let creates = part.creates && (row < 0 || row >= firstNewRow)
      for index in writeRange(step) {
        table.changes.append(
          PlannedChange(
            of: writes[index], part: self.steps[step].part, row: row,
            old: olds.isEmpty ? .none : olds[index], isOldKnown: isKnown, creates: creates))
      }
    }
  }
}

/// Whether a plan keeps its changes one by one.
package enum Recording: Sendable { case nothing, changes }
