/// The changes the other way round: of each contact its pairs, in their order.
struct ContactIndex {
  /// What concerns contact `c` is at `starts[c]..<starts[c + 1]` of the other two.
  private(set) var starts: [Int32]
  private(set) var pairs: [Int32]
  /// The same changes as places in ``MembershipChanges/members``.
  private(set) var changes: [Int32]

  init(_ input: MembershipChanges) {
    starts = Array(repeating: 0, count: input.contactCount + 1)
    for member in input.members { starts[Int(member) + 1] += 1 }
    for contact in 0..<input.contactCount { starts[contact + 1] += starts[contact] }
    var places = starts
    pairs = Array(repeating: 0, count: input.members.count)
    changes = pairs
    for pair in 0..<input.pairCount {
      for change in input.changes(of: pair) {
        let contact = Int(input.members[change])
        let place = Int(places[contact])
        pairs[place] = Int32(pair)
        changes[place] = Int32(change)
        places[contact] += 1
      }
    }
  }

  func range(of contact: Int) -> Range<Int> { Int(starts[contact])..<Int(starts[contact + 1]) }
}
