/// What would follow if some cover were cheaper than a bound: it has few POSTs, so that each pair
/// has members left for calls.
struct Supposition {
  /// How many calls each pair would make at least.
  private(set) var leastCalls: [Int32] = []
  /// Whether these are already too many.
  private(set) var isAbsurd = false

  /// It rarely takes more than a few; what is left out only means to suppose less.
  private static let roundLimit = 50

  /// Of a cover with less than so many calls, or less than so long a wait.
  init(_ sizes: PairSizes, goal: Goal, below bound: Fraction) {
    switch goal {
    case .calls:
      let total = bound.roundedUp(times: 1) - 1
      var folds = total
      // Each call that must be made is a POST fewer, and may so compel another pair.
      for _ in 0..<Self.roundLimit where folds >= 0 {
        leastCalls = sizes.leastCalls(folds: folds)
        let left = total - leastCalls.reduce(0) { $0 + Int($1) }
        guard left < folds else { return }
        folds = left
      }
      isAbsurd = folds < 0
    case .time(let quotas):
      let folds = bound.roundedUp(times: quotas.contactRate) - 1 - quotas.contactCallsDue
      let calls = bound.roundedUp(times: quotas.otherRate) - 1 - quotas.otherCallsDue
      leastCalls = sizes.leastCalls(folds: max(0, folds))
      isAbsurd = folds < 0 || leastCalls.reduce(0) { $0 + Int($1) } > calls
    }
  }
}

/// How many members each pair has, and how many of them may not fold.
struct PairSizes {
  private let input: MembershipChanges
  private let bulkOnly: [Int32]

  init(_ input: MembershipChanges) {
    self.input = input
    bulkOnly = (0..<input.pairCount).map { pair in
      Int32(input.changes(of: pair).count { !input.mayFold[Int(input.members[$0])] })
    }
  }

  /// The calls of each pair that so many POSTs cannot save.
  func leastCalls(folds: Int) -> [Int32] {
    bulkOnly.indices.map { pair in
      Int32(input.calls(for: max(Int(bulkOnly[pair]), input.size(of: pair) - folds)))
    }
  }
}
