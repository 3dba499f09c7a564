import Engine

/// What planning works in, kept from window to window: fresh memory costs the kernel as much as half of
/// what is then done in it.
struct PlanMemory: Sendable {
  var steps: [PlanBuilder.Step] = []
  var places: [Int32] = []
  var known: [PlanBuilder.Known] = []
  /// Empty, with the memory of a table that was given back.
  var table = CallTable()

  /// Takes the memory of a table that nobody looks at any more, and leaves it empty: memory of which there
  /// is a copy cannot be used again.
  mutating func takeBack(_ table: inout CallTable) {
    self.table = CallTable()
    swap(&self.table, &table)
    self.table.removeAll()
  }
}

extension CallTable {
  /// Forgets all calls; keeps the memory of those of a run.
  fileprivate mutating func removeAll() {
    var emptied = CallTable()
    swap(&rows, &emptied.rows)
    swap(&items, &emptied.items)
    swap(&members, &emptied.members)
    emptied.rows.removeAll(keepingCapacity: true)
    emptied.items.removeAll(keepingCapacity: true)
    emptied.members.removeAll(keepingCapacity: true)
    self = emptied
  }
}
