/// Closes in from both sides: better covers from above, better prices from below.
struct Solver {
  private let input: MembershipChanges
  private let index: ContactIndex
  private let goal: Goal
  /// Whether some pair needs more than one call.
  private let isBeyondMatching: Bool
  private let sizes: PairSizes
  private let noCalls: [Int32]
  private var best: FoldState
  private var proof: PriceList
  private var bound: Fraction
  private var dice = Dice(seed: 1)

  /// How many changes may be looked at by the relaxation, by the search, and to balance two waits.
  private static let relaxationBudget = 8_000_000
  private static let searchBudget = 8_000_000
  private static let balanceBudget = 10_000_000
  private static let flowBudget = 1_000_000
  /// The relaxation is of no use before it has made some hundreds of steps.
  private static let relaxationSteps = 200
  /// Prices are multiples of a POST's or a call's price divided by this.
  private static let unit: Int32 = 1 << 20

  init(_ input: MembershipChanges, goal: Goal) {
    self.input = input
    self.goal = goal
    index = ContactIndex(input)
    sizes = PairSizes(input)
    isBeyondMatching = (0..<input.pairCount).contains { input.size(of: $0) > input.limit }
    let nobody = Array(repeating: false, count: input.contactCount)
    best = FoldState(input, index: index, folded: nobody)
    noCalls = Array(repeating: 0, count: input.pairCount)
    proof = PriceList(input, prices: Prices(fold: 1, call: 1), leastCalls: noCalls)
    bound = Fraction(numerator: 0, denominator: 1)
    keep(proof)
  }

  var cover: Cover {
    Cover(
      folded: best.folded, callCounts: best.callCounts, foldCount: best.foldCount,
      callCount: best.callCount,
      certificate: Certificate(
        foldPrice: Int(proof.prices.fold), callPrice: Int(proof.prices.call),
        prices: proof.ofChange),
      bound: bound, isProvedMinimal: isProved)
  }

  /// What one look at everything costs.
  private var size: Int { input.members.count + input.contactCount + input.pairCount + 1 }

  private var isProved: Bool { !(goal.fraction(goal.cost(of: best)) > bound) }

  private mutating func keep(_ state: FoldState) {
    if goal.cost(of: state) < goal.cost(of: best) { best = state }
  }

  private mutating func keep(_ list: PriceList) {
    let new = goal.highestBound(of: list, sizes, atMost: goal.fraction(goal.cost(of: best)))
    if new > bound { (proof, bound) = (list, new) }
  }
}

extension Solver {
  mutating func solve() {
    switch goal {
    case .calls:
      let unit = isBeyondMatching ? Self.unit : 1
      let prices = Prices(fold: unit, call: unit)
      weigh(prices, leastCalls: noCalls)
      guard !isProved else { return }
      sweep(by: FoldState.worths(input, index: index))
      improve(searchBudget / 8)
      for _ in 0..<2 where !isProved {
        let relaxed = relax(
          prices, leastCalls: supposedCalls, steps: Self.relaxationBudget / size)
        improve(searchBudget)
        guard relaxed != nil else { return }
      }
    case .time(let quotas):
      let effort = Self.balanceBudget / size
      balance(quotas, leastCalls: noCalls, rounds: max(4, min(16, effort)))
      sweep(by: FoldState.worths(input, index: index))
      improve(searchBudget / 8)
      balance(quotas, leastCalls: supposedCalls, rounds: min(16, effort / 16))
      improve(searchBudget)
      keep(PriceList(input, prices: Prices(fold: 0, call: 1), leastCalls: noCalls))
    }
  }

  /// The calls that each pair makes in any cover that is cheaper than the best so far.
  private var supposedCalls: [Int32] {
    Supposition(sizes, goal: goal, below: goal.fraction(goal.cost(of: best))).leastCalls
  }

  private mutating func improve(_ budget: Int) {
    if Enumeration.isPossible(for: best) {
      best = Enumeration.best(from: best, goal: goal)
    } else {
      var search = FoldSearch(best, goal: goal, dice: dice, budget: budget)
      search.improve(until: goal.leastCost(above: bound))
      dice = search.dice
      keep(search.state)
    }
    keep(proof)
  }

  /// Less where there is so much that reading it takes long already.
  private var searchBudget: Int { min(Self.searchBudget, 1_000_000_000_000 / size) }

  private mutating func sweep(by worths: [Double]) {
    keep(FoldState.sweep(input, index: index, by: worths, goal: goal))
  }

  /// Looks for the prices at which neither quota makes the cheapest cover wait longer.
  ///
  /// Dearer POSTs mean fewer of them. At any price the cheapest cover is a bound on every wait.
  private mutating func balance(_ quotas: Quotas, leastCalls: [Int32], rounds: Int) {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<rounds where !isProved {
      let share = (low + high) / 2
      let prices = Prices(foldShare: share, of: quotas, unit: Self.unit)
      let amounts = weigh(prices, leastCalls: leastCalls)
      let steps = isBeyondMatching ? min(400, Self.balanceBudget / size / 8) : 0
      let (folds, calls) = relax(prices, leastCalls: leastCalls, steps: steps) ?? amounts
      if quotas.contactWait(folds) > quotas.otherWait(calls) { low = share } else { high = share }
    }
  }

  /// Prices and a cover from the cheapest cover of the pairs that one call carries; its POSTs and
  /// calls.
  @discardableResult
  private mutating func weigh(
    _ prices: Prices, leastCalls: [Int32]
  ) -> (folds: Double, calls: Double) {
    // With one price for all it ends soon by itself.
    let effort = prices.fold == prices.call ? .max : Self.flowBudget + 4 * size
    let flow = BipartiteFlow(
      input, index: index, prices: prices, leastCalls: leastCalls, effort: effort)
    let state = FoldState(input, index: index, folded: flow.folded)
    keep(state)
    var list = PriceList(input, prices: prices, leastCalls: leastCalls)
    list.take(flow)
    keep(list)
    return (Double(state.foldCount), Double(state.callCount))
  }

  /// Better prices, and a cover that rounds them, from the linear relaxation; its POSTs and calls,
  /// unless so few steps would lead nowhere.
  @discardableResult
  private mutating func relax(
    _ prices: Prices, leastCalls: [Int32], steps: Int
  ) -> (folds: Double, calls: Double)? {
    let rounds = min(steps, 4_000) / Self.relaxationSteps
    guard !isProved, rounds > 0 else { return nil }
    var relaxation = Relaxation(input, prices: prices, leastCalls: leastCalls)
    var highest = 0
    var idleRounds = 0
    for round in 1...rounds where !isProved && idleRounds < 4 {
      relaxation.run(Self.relaxationSteps)
      let isLast = round % 2 == 0 || round == rounds
      if isLast { relaxation.restart() }
      let list = relaxation.priceList(prices)
      keep(list)
      if isLast { sweep(by: relaxation.folds) }
      let value = PayTable(list).value(leastCalls: leastCalls)
      idleRounds = value > highest + highest / 20_000 ? 0 : idleRounds + 1
      highest = max(highest, value)
    }
    return (relaxation.folds.reduce(0, +), relaxation.calls.reduce(0, +))
  }
}
