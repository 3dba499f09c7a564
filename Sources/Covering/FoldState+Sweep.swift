extension FoldState {
  /// The best of the choices that fold the contacts of highest worth: none, one, two, … all.
  static func sweep(
    _ input: MembershipChanges, index: ContactIndex, by worths: [Double], goal: Goal
  ) -> FoldState {
    let order = worths.indices.filter { input.mayFold[$0] && !index.range(of: $0).isEmpty }
      .sorted { (worths[$0], $1) > (worths[$1], $0) }
    let nobody = Array(repeating: false, count: input.contactCount)
    var state = FoldState(input, index: index, folded: nobody)
    var least = goal.cost(of: state)
    var bestCount = 0
    for (count, contact) in order.enumerated() {
      state.fold(contact)
      let cost = goal.cost(of: state)
      if cost < least { (least, bestCount) = (cost, count + 1) }
    }
    for contact in order[bestCount...].reversed() { state.unfold(contact) }
    return state
  }

  /// The parts of calls that each contact's folding saves where nobody folds.
  static func worths(_ input: MembershipChanges, index: ContactIndex) -> [Double] {
    let shares = (0..<input.pairCount).map { pair in
      1 / Double(max(0, input.size(of: pair) - 1) % input.limit + 1)
    }
    return (0..<input.contactCount).map { contact in
      index.range(of: contact).reduce(0) { $0 + shares[Int(index.pairs[$1])] }
    }
  }
}
