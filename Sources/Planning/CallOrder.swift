package import Engine

/// What a call may not trade places with, as far as planning knows.
///
/// Calls of one round may run side by side unless they are about one contact, one is `after` the
/// other, or both stand in the URN lane; those of different rounds may not.
package struct CallOrder: Sendable, Equatable {
  package var round: Int
  /// Numbers that stand for contacts within the batch.
  package var contacts: [Int32]
  /// Numbers of calls.
  package var after: [Int]
  /// Whether it edits a list of URNs, or reads one that is edited: a URN that another contact takes
  /// between reading a list and writing it would be taken back.
  package var isInURNLane: Bool
  /// Whether it changes fields or groups of the workspace: nothing runs beside it.
  package var standsAlone: Bool

  package init(
    round: Int, contacts: [Int32], after: [Int], isInURNLane: Bool, standsAlone: Bool
  ) {
    self.round = round
    self.contacts = contacts
    self.after = after
    self.isInURNLane = isInURNLane
    self.standsAlone = standsAlone
  }
}

extension CallTable {
  /// The order of all calls of the batch that this was planned from.
  package func order(of batch: Batch) -> [CallOrder] {
    var orders: [CallOrder] = []
    orders.reserveCapacity(rows.count)
    var round = -1
    for (index, row) in rows.enumerated() {
      while round + 1 < roundStarts.count, Int(roundStarts[round + 1]) <= index { round += 1 }
      orders.append(
        CallOrder(
          round: max(0, round), contacts: contacts(of: row, batch), after: after(row),
          isInURNLane: row.urns != .none && row.address != .none,
          standsAlone: row.kind.changesWorkspace))
    }
    for row in rows where row.urns == .edit && row.list >= 0 {
      orders[Int(row.list)].isInURNLane = true
    }
    return orders
  }

  private func contacts(of row: Row, _ batch: Batch) -> [Int32] {
    if row.kind.isBulk {
      return members[range(of: row)].map { batch.parts[Int($0.part)].contact }
    }
    return row.kind.isAboutContact ? [batch.parts[Int(row.subject)].contact] : []
  }
}

extension CallTable.Kind {
  fileprivate var changesWorkspace: Bool {
    switch self {
    case .createField, .createGroup, .findGroup, .renameGroup, .deleteGroup: true
    case .findContact, .postContact, .deleteContact, .add, .remove, .block, .unblock, .interrupt,
      .archiveMessages, .delete:
      false
    }
  }
}
