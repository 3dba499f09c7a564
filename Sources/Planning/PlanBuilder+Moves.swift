import Engine
import Knowledge

/// A URN that a plan takes from a contact that is known to have it.
package struct PlannedMove: Sendable {
  /// In the batch's targets.
  package var urn: Int32
  /// In the snapshot: who loses it.
  package var owner: Int32
  /// In the batch: who gets it.
  package var part: Int32
  package var rule: Int32
  package var event: Int32
}

extension PlanBuilder {
  /// Notes which URNs of a new list are others', as long as the snapshot says so.
  mutating func noteMoves(of list: [ListedURN], _ step: Int, to row: Int32) {
    guard recording == .changes else { return }
    for case .target(let target) in list {
      let owner = snapshot.row(ofExactURN: batch.targets[Int(target)], in: batch)
      guard owner >= 0, owner != row, snapshot.hasUUID(owner),
        let giving = writeRange(step).last(where: {
          writes[$0].target == target && writes[$0].kind.isAboutURNs
        })
      else { continue }
      let write = writes[giving]
      table.moves.append(
        PlannedMove(
          urn: target, owner: owner, part: steps[step].part, rule: write.rule, event: write.event))
    }
  }
}
