package import Engine

extension CallTable {
  /// Counts, for each rule, the calls that it is a reason for.
  ///
  /// - Parameters:
  ///   - batch: what the table was planned from.
  ///   - counts: one for each of `Program.ruleIDs`; what `ensure` asks for is no rule's.
  package func countCalls(of batch: borrowing Batch, into counts: inout [Int]) {
    // Of each rule the call that counted it last: a call counts once, however many writes it carries.
    var last = Array(repeating: -1, count: counts.count)
    for (number, row) in rows.enumerated() {
      let range = Int(row.first)..<Int(row.first + row.count)
      if row.kind.isBulk {
        for index in range { count(members[index].rule, number, &last, &counts) }
      } else if row.kind.isAboutContact {
        for index in range { count(items[index].rule, number, &last, &counts) }
      } else {
        count(batch.workspace[Int(row.subject)].rule, number, &last, &counts)
      }
    }
  }

  private func count(_ rule: Int32, _ call: Int, _ last: inout [Int], _ counts: inout [Int]) {
    guard Int(rule) < counts.count, last[Int(rule)] != call else { return }
    last[Int(rule)] = call
    counts[Int(rule)] += 1
  }
}
