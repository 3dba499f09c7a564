import Knowledge

/// Members of one kind of bulk call, cut into calls of one group and at most so many contacts.
///
/// A call's place among the others is that of its first member; two that begin with the same
/// contact stand in the order of their groups.
struct BulkCollector {
  private struct Call: BitwiseCopyable {
    var group: Int32
    /// The step of its first member.
    var step: Int
    var count: Int32
    /// Where its members go in ``CallTable/members``, once the order is known.
    var place: Int32
  }

  struct Entry: BitwiseCopyable {
    var call: Int32
    var member: CallTable.Member
  }

  private let limit: Int32
  private var calls: [Call] = []
  private var entries: [Entry]
  /// Of each group its open call, or -1; the last place is for calls without a group.
  private var openCalls: [Int32]

  /// A collector that keeps its members in memory that it is given.
  init(groupCount: Int, limit: Int, in memory: consuming [Entry]) {
    entries = memory
    entries.removeAll(keepingCapacity: true)
    self.limit = Int32(limit)
    openCalls = Array(repeating: -1, count: groupCount + 1)
  }

  var isEmpty: Bool { entries.isEmpty }

  private func slot(_ group: Int32) -> Int { group < 0 ? openCalls.count - 1 : Int(group) }

  /// The memory of the members, once all are in the table.
  mutating func takeEntries() -> [Entry] {
    var taken: [Entry] = []
    swap(&taken, &entries)
    return taken
  }

  /// Makes room for so many members; what is not used costs no memory.
  mutating func reserve(_ count: Int) { entries.reserveLarge(count) }

  /// Adds a contact to the call of its group (-1: of no group).
  mutating func add(_ member: CallTable.Member, group: Int32, step: Int) {
    var call = openCalls[slot(group)]
    if call < 0 || calls[Int(call)].count == limit {
      call = Int32(calls.count)
      calls.append(Call(group: group, step: step, count: 0, place: 0))
      openCalls[slot(group)] = call
    }
    calls[Int(call)].count += 1
    entries.append(Entry(call: call, member: member))
  }

  /// Moves all calls into the table and is empty again.
  mutating func flush(as kind: CallTable.Kind, into table: inout CallTable) -> Range<Int> {
    let first = table.rows.count
    guard !entries.isEmpty else { return first..<first }
    let start = table.members.count
    var place = Int32(start)
    for call in order() {
      calls[call].place = place
      var row = CallTable.Row(kind: kind, subject: calls[call].group)
      row.first = place
      row.count = calls[call].count
      table.rows.append(row)
      place += calls[call].count
      openCalls[slot(calls[call].group)] = -1
    }
    for entry in entries { table.members.append(entry.member) }
    for entry in entries {
      table.members[Int(calls[Int(entry.call)].place)] = entry.member
      calls[Int(entry.call)].place += 1
    }
    for row in first..<table.rows.count { table.joinMissing(of: row) }
    calls.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    return first..<table.rows.count
  }

  /// Calls were opened in the order of their first members: only groups of one contact may stand
  /// in another order than their numbers.
  private func order() -> [Int] {
    var order = Array(calls.indices)
    for index in order.indices.dropFirst() {
      var place = index
      while place > 0, calls[order[place - 1]].step == calls[order[place]].step,
        calls[order[place - 1]].group > calls[order[place]].group
      {
        order.swapAt(place, place - 1)
        place -= 1
      }
    }
    return order
  }
}

extension CallTable {
  /// One word for the whole call where its members agree, none where all surely exist.
  fileprivate mutating func joinMissing(of row: Int) {
    let range = Int(rows[row].first)..<Int(rows[row].first + rows[row].count)
    guard !range.allSatisfy({ members[$0].isSure }) else { return }
    let word = members[range.lowerBound].missing
    let isOne = range.allSatisfy { members[$0].missing == word }
    rows[row].missing = isOne ? word : .listed
  }
}
