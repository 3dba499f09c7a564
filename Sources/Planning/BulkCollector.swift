import Knowledge

/// Members of one kind of bulk call, cut into calls of one group and at most so many contacts.
///
/// Members go into the table as they come, and change places there once all are known. A call's place
/// among the others is that of its first member; two that begin with the same contact stand in the
/// order of their groups.
struct BulkCollector {
  private struct Call: BitwiseCopyable {
    var group: Int32
    /// The step of its first member.
    var step: Int
    var count: Int32
    /// Where its members go in ``CallTable/members``, once the order is known.
    var place: Int32
  }

  private let limit: Int32
  private var calls: [Call] = []
  /// Of each member its call, and once that is known its place among all.
  private var places: [Int32] = []
  /// Of each group its open call, or -1; the last place is for calls without a group.
  private var openCalls: [Int32]

  init(groupCount: Int, limit: Int) {
    self.limit = Int32(limit)
    openCalls = Array(repeating: -1, count: groupCount + 1)
  }

  private func slot(_ group: Int32) -> Int { group < 0 ? openCalls.count - 1 : Int(group) }

  /// Adds a contact to the call of its group (-1: of no group).
  mutating func add(
    _ member: CallTable.Member, group: Int32, step: Int, into table: inout CallTable
  ) {
    var call = openCalls[slot(group)]
    if call < 0 || calls[Int(call)].count == limit {
      call = Int32(calls.count)
      calls.append(Call(group: group, step: step, count: 0, place: 0))
      openCalls[slot(group)] = call
    }
    calls[Int(call)].count += 1
    places.append(call)
    table.members.append(member)
  }

  /// Adds all calls to the table and is empty again.
  mutating func flush(as kind: CallTable.Kind, into table: inout CallTable) -> Range<Int> {
    let first = table.rows.count
    guard !places.isEmpty else { return first..<first }
    let start = table.members.count - places.count
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
    for index in places.indices {
      let call = Int(places[index])
      places[index] = calls[call].place - Int32(start)
      calls[call].place += 1
    }
    table.members.withUnsafeMutableBufferPointer { move($0.extracting(start...)) }
    for row in first..<table.rows.count { table.joinMissing(of: row) }
    calls.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    return first..<table.rows.count
  }

  /// Puts each member into its place.
  private mutating func move(_ members: UnsafeMutableBufferPointer<CallTable.Member>) {
    for index in places.indices {
      while Int(places[index]) != index {
        let place = Int(places[index])
        members.swapAt(index, place)
        places.swapAt(index, place)
      }
    }
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
