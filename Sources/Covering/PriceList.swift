/// What POSTs and bulk calls cost, when the two are weighed against each other.
struct Prices: Equatable {
  let fold: Int32
  let call: Int32
}

/// The prices of all changes, always within what their contacts can pay: a certificate in the making.
struct PriceList {
  let input: MembershipChanges
  let prices: Prices
  /// Of each change.
  private(set) var ofChange: [Int32]
  /// What each contact's changes leave of the price of a POST.
  private(set) var slack: [Int32]
  /// How many calls each pair is known to make anyway.
  private let leastCalls: [Int32]
  private var ladder = Ladder()

  init(_ input: MembershipChanges, prices: Prices, leastCalls: [Int32]) {
    self.input = input
    self.prices = prices
    self.leastCalls = leastCalls
    ofChange = Array(repeating: 0, count: input.members.count)
    slack = Array(repeating: prices.fold, count: input.contactCount)
  }

  /// Sets one price as near to the wish as its contact can pay.
  mutating func set(_ change: Int, to wish: Int32) {
    let contact = Int(input.members[change])
    guard input.mayFold[contact] else {
      ofChange[change] = prices.call
      return
    }
    let price = min(wish, ofChange[change] + slack[contact])
    slack[contact] += ofChange[change] - price
    ofChange[change] = price
  }

  /// Has a pair take what its contacts have left, and give back what does not make it pay more.
  mutating func raise(_ pair: Int) {
    let changes = input.changes(of: pair)
    guard !changes.isEmpty else { return }
    ladder.clear(limit: input.limit, callPrice: Int(prices.call))
    for change in changes { ladder.add(available(change)) }
    let level = ladder.leastLevel(calls: Int(leastCalls[pair]))
    for change in changes { set(change, to: min(level, available(change))) }
  }

  private func available(_ change: Int) -> Int32 {
    let contact = Int(input.members[change])
    guard input.mayFold[contact] else { return prices.call }
    return min(prices.call, ofChange[change] + slack[contact])
  }

  /// Takes over the prices of the pairs that one call carries; those of the others are raised.
  mutating func take(_ flow: BipartiteFlow) {
    for pair in 0..<input.pairCount where input.size(of: pair) <= input.limit {
      for change in input.changes(of: pair) where flow.flow[change] > 0 {
        set(change, to: flow.flow[change])
      }
    }
    raise((0..<input.pairCount).filter { input.size(of: $0) > input.limit })
  }

  mutating func raiseAll() { raise(Array(0..<input.pairCount)) }

  /// Raises pairs in turn: first those that need little from each member.
  private mutating func raise(_ pairs: [Int]) {
    func need(_ pair: Int) -> Int { (input.size(of: pair) - 1) % input.limit }
    for pair in pairs.sorted(by: { (need($0), $1) > (need($1), $0) }) { raise(pair) }
  }
}
