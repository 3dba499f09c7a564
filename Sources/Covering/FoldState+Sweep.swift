extension FoldState {
  /// The best of the choices that fold the contacts of highest worth: none, one, two, … all.
  static func sweep(
    _ input: MembershipChanges, index: ContactIndex, by worths: [Double], goal: Goal
  ) -> FoldState {
    let order = contacts(of: input, index: index, by: worths)
    let nobody = Array(repeating: false, count: input.contactCount)
    let start = FoldState(input, index: index, folded: nobody)
    var state = start
    var least = goal.cost(of: start)
    var bestCount = 0
    for (count, contact) in order.enumerated() {
      state.fold(contact)
      let cost = goal.cost(of: state)
      if cost < least { (least, bestCount) = (cost, count + 1) }
    }
    state = start
    for contact in order.prefix(bestCount) { state.fold(contact) }
    return state
  }

  /// The contacts that have something to change and may fold, those of highest worth first.
  ///
  /// Worths that are not negative are in the order of their bits, so that whole numbers are sorted.
  private static func contacts(
    of input: MembershipChanges, index: ContactIndex, by worths: [Double]
  ) -> [Int] {
    var keys: [UInt64] = []
    for contact in worths.indices where input.mayFold[contact] && !index.range(of: contact).isEmpty
    {
      keys.append(
        UInt64(Float(worths[contact]).bitPattern) << 32 | UInt64(UInt32.max - UInt32(contact)))
    }
    keys.sort()
    return keys.reversed().map { Int(UInt32.max - UInt32(truncatingIfNeeded: $0)) }
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
