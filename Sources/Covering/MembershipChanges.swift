/// Group changes of contacts that have nothing else to change, as two ways to pay each of them.
///
/// A *pair* is a group and a sign, add or remove. A change, one contact in one pair, is paid by the
/// contact's own POST, which carries all its changes (the contact *folds*), or by a bulk call of the
/// pair, which carries up to ``limit`` contacts. Contacts that get a POST anyway are left out.
package struct MembershipChanges: Sendable {
  /// Contacts are the numbers below this.
  package let contactCount: Int
  /// The members of pair `p` are `members[starts[p]..<starts[p + 1]]`.
  package let starts: [Int32]
  /// The contacts of one pair after another, each once in its pair.
  package let members: [Int32]
  /// Whether a contact may get a POST: those of whom too little is known may not.
  package let mayFold: [Bool]
  /// How many contacts a bulk call carries at most.
  package let limit: Int

  package init(
    contactCount: Int, starts: [Int32], members: [Int32], mayFold: [Bool], limit: Int
  ) {
    precondition(limit > 0, "a bulk call carries somebody")
    precondition(mayFold.count == contactCount, "of each contact it is known whether it may fold")
    precondition(starts.first == 0 && starts.last.map(Int.init) == members.count, "all have a pair")
    precondition(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }, "pairs follow each other")
    precondition(members.allSatisfy { $0 >= 0 && $0 < contactCount }, "members are contacts")
    self.contactCount = contactCount
    self.starts = starts
    self.members = members
    self.mayFold = mayFold
    self.limit = limit
  }

  package var pairCount: Int { starts.count - 1 }

  /// Where the members of a pair stand in ``members``; such a place names a change.
  func changes(of pair: Int) -> Range<Int> { Int(starts[pair])..<Int(starts[pair + 1]) }

  func size(of pair: Int) -> Int { Int(starts[pair + 1] - starts[pair]) }

  /// How many bulk calls carry so many members.
  func calls(for count: Int) -> Int { (count + limit - 1) / limit }
}
