/// Closes in from both sides: better covers from above, better prices from below.
struct Solver {
  private let input: MembershipChanges
  private let index: ContactIndex
  private let goal: Goal
  /// Whether some pair needs more than one call.
  private let isBeyondMatching: Bool
  private var best: FoldState
  private var proof: PriceList

  /// How many changes may be looked at by the relaxation, by the search, and to balance two waits.
  private static let relaxationBudget = 8_000_000
  private static let searchBudget = 8_000_000
  private static let balanceBudget = 10_000_000
  /// The relaxation is of no use before it has made some hundreds of steps.
  private static let relaxationSteps = 200
  /// Prices are multiples of a POST's or a call's price divided by this.
  private static let unit: Int32 = 1 << 20

  /// What one look at everything costs.
  private var size: Int { input.members.count + input.contactCount + input.pairCount + 1 }

  init(_ input: MembershipChanges, goal: Goal) {
    self.input = input
    self.goal = goal
    index = ContactIndex(input)
    isBeyondMatching = (0..<input.pairCount).contains { input.size(of: $0) > input.limit }
    let nobody = Array(repeating: false, count: input.contactCount)
    best = FoldState(input, index: index, folded: nobody)
    proof = PriceList(input, prices: Prices(fold: 1, call: 1))
  }

  var cover: Cover {
    Cover(
      folded: best.folded, callCounts: best.callCounts, foldCount: best.foldCount,
      callCount: best.callCount,
      certificate: Certificate(
        foldPrice: Int(proof.prices.fold), callPrice: Int(proof.prices.call),
        prices: proof.ofChange, value: proof.value),
      bound: bound(of: proof), isProvedMinimal: isProved)
  }

  private func bound(of list: PriceList) -> Fraction {
    goal.bound(value: list.value, prices: list.prices)
  }

  private var least: Cost { goal.leastCost(above: bound(of: proof)) }

  private var isProved: Bool { goal.isMet(by: goal.cost(of: best), least: least) }

  private mutating func keep(_ state: FoldState) {
    if goal.cost(of: state) < goal.cost(of: best) { best = state }
  }

  private mutating func keep(_ list: PriceList) {
    if bound(of: list) > bound(of: proof) { proof = list }
  }
}

extension Solver {
  mutating func solve() {
    switch goal {
    case .calls:
      let unit = isBeyondMatching ? Self.unit : 1
      weigh(Prices(fold: unit, call: unit))
      guard !isProved else { return }
    case .time(let quotas): balance(quotas)
    }
    let isTiny = Enumeration.isPossible(for: best)
    if isTiny {
      best = Enumeration.best(from: best, goal: goal)
    } else {
      sweep(by: FoldState.worths(input, index: index))
      search(searchBudget / 8)
    }
    relax(proof.prices, steps: Self.relaxationBudget / size)
    if !isTiny { search(searchBudget) }
  }

  /// Looks for the prices at which neither quota makes the cheapest cover wait longer.
  ///
  /// Dearer POSTs mean fewer of them. At any price the cheapest cover is a bound on every wait.
  private mutating func balance(_ quotas: Quotas) {
    var (low, high) = (0.0, 1.0)
    let effort = Self.balanceBudget / size
    for _ in 0..<min(24, max(4, effort)) {
      let share = (low + high) / 2
      let prices = Prices(foldShare: share, of: quotas, unit: Self.unit)
      let amounts = weigh(prices)
      let relaxed = isBeyondMatching ? relax(prices, steps: min(400, effort / 8)) : nil
      let (folds, calls) = relaxed ?? amounts
      if quotas.contactWait(folds) > quotas.otherWait(calls) { low = share } else { high = share }
    }
  }

  /// Prices and a cover from the cheapest cover of the pairs that one call carries; its POSTs and
  /// calls.
  @discardableResult
  private mutating func weigh(_ prices: Prices) -> (folds: Double, calls: Double) {
    let flow = BipartiteFlow(input, index: index, prices: prices)
    let state = FoldState(input, index: index, folded: flow.folded)
    keep(state)
    var list = PriceList(input, prices: prices)
    list.take(flow)
    keep(list)
    return (Double(state.foldCount), Double(state.callCount))
  }

  /// Better prices, and a cover that rounds them, from the linear relaxation; its POSTs and calls,
  /// unless so few steps would lead nowhere.
  @discardableResult
  private mutating func relax(_ prices: Prices, steps: Int) -> (folds: Double, calls: Double)? {
    let rounds = min(steps, 4_000) / Self.relaxationSteps
    guard !isProved, rounds > 0 else { return nil }
    var relaxation = Relaxation(input, prices: prices)
    var highest = 0
    var idleRounds = 0
    for round in 1...rounds where !isProved && idleRounds < 4 {
      relaxation.run(Self.relaxationSteps)
      let isLast = round % 2 == 0 || round == rounds
      if isLast { relaxation.restart() }
      let list = relaxation.priceList(prices)
      keep(list)
      if isLast { sweep(by: relaxation.folds) }
      idleRounds = list.value > highest + highest / 20_000 ? 0 : idleRounds + 1
      highest = max(highest, list.value)
    }
    return (relaxation.folds.reduce(0, +), relaxation.calls.reduce(0, +))
  }

  private mutating func sweep(by worths: [Double]) {
    keep(FoldState.sweep(input, index: index, by: worths, goal: goal))
  }

  /// Less where there is so much that reading it takes long already.
  private var searchBudget: Int {
    min(Self.searchBudget, 1_000_000_000_000 / size)
  }

  private mutating func search(_ budget: Int) {
    var search = FoldSearch(best, goal: goal, budget: budget)
    search.improve(until: least)
    keep(search.state)
  }
}
