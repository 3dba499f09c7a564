extension MembershipChanges {
  /// The cheapest cover that is found, with a proof of how cheap one can be.
  ///
  /// Where each pair fits in one bulk call and calls are counted, it is exact. The same input gives
  /// the same cover: what may be tried is limited by steps, not by time.
  package func cheapestCover(minimising goal: Goal = .calls) -> Cover {
    var solver = Solver(self, goal: goal)
    solver.solve()
    return solver.cover
  }
}
