/// Spreads the entries of a table with linear probing that has just grown to twice its size.
///
/// They stay in the memory in which they are: that of another table, fresh from the kernel, costs more
/// than all else that growing does.
///
/// - Parameters:
///   - entries: the table; the upper half is empty.
///   - empty: what stands in an empty place.
///   - isEmpty: whether an entry is no entry.
///   - home: where the search for an entry begins, as a hash of which the low bits count.
func spread<Entry: BitwiseCopyable>(
  _ entries: UnsafeMutableBufferPointer<Entry>, leaving empty: Entry, isEmpty: (Entry) -> Bool,
  home: (Entry) -> UInt64
) {
  let mask = entries.count - 1
  let half = entries.count / 2
  guard let start = (0..<half).first(where: { isEmpty(entries[$0]) }) else {
    preconditionFailure("a table without an empty place")
  }
  // Those that would go round the end must wait: what stands at the beginning may still move.
  var late: [Entry] = []
  // Behind an empty place a search begins; all that it passes was put into its new place before.
  for step in 1...half {
    let index = (start + step) & (half - 1)
    let entry = entries[index]
    if isEmpty(entry) { continue }
    entries[index] = empty
    var place = Int(truncatingIfNeeded: home(entry)) & mask
    while place <= mask, !isEmpty(entries[place]) { place += 1 }
    if place <= mask { entries[place] = entry } else { late.append(entry) }
  }
  for entry in late {
    var place = Int(truncatingIfNeeded: home(entry)) & mask
    while !isEmpty(entries[place]) { place = (place + 1) & mask }
    entries[place] = entry
  }
}
