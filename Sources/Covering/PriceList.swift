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
  /// What each pair pays at these prices.
  private(set) var values: [Int]
  private var ladder = Ladder()

  init(_ input: MembershipChanges, prices: Prices) {
    self.input = input
    self.prices = prices
    ofChange = Array(repeating: 0, count: input.members.count)
    slack = Array(repeating: prices.fold, count: input.contactCount)
    values = Array(repeating: 0, count: input.pairCount)
  }

  var value: Int { values.reduce(0, +) }

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
    let (level, value) = ladder.leastLevel()
    for change in changes { set(change, to: min(level, available(change))) }
    values[pair] = value
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
        values[pair] += Int(flow.flow[change])
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

/// The prices of one pair, to be put in ascending order, with their sums.
private struct Ladder {
  private var steps: [Int32] = []
  /// Of the lowest so many steps.
  private var sums: [Int] = []
  private var limit = 1
  private var callPrice = 0
  private var lowest = Int32.max

  mutating func clear(limit: Int, callPrice: Int) {
    steps.removeAll(keepingCapacity: true)
    lowest = .max
    self.limit = limit
    self.callPrice = callPrice
  }

  mutating func add(_ price: Int32) {
    steps.append(price)
    lowest = min(lowest, price)
  }

  /// The most that the pair can be made to pay, and the lowest level to cut its prices to for that.
  ///
  /// It never pays more than its calls. If all can share the price of the last of them, it does.
  mutating func leastLevel() -> (level: Int32, value: Int) {
    let last = (steps.count - 1) % limit + 1
    let share = (callPrice + last - 1) / last
    if lowest >= share {
      return (Int32(share), (steps.count + limit - 1) / limit * callPrice)
    }
    sort()
    let value = value(at: Int32(callPrice))
    var low: Int32 = 0
    var high = Int32(callPrice)
    while low < high {
      let middle = low + (high - low) / 2
      if self.value(at: middle) >= value { high = middle } else { low = middle + 1 }
    }
    return (low, value)
  }

  private mutating func sort() {
    steps.sort()
    sums.removeAll(keepingCapacity: true)
    var sum = 0
    sums.append(0)
    for step in steps {
      sum += Int(step)
      sums.append(sum)
    }
  }

  /// What the pair pays at best where no price is above the level.
  private func value(at level: Int32) -> Int {
    let low = count(upTo: level)
    var best = Int.max
    var calls = 0
    while true {
      let bought = max(0, steps.count - calls * limit)
      let price = sums[min(bought, low)] + max(0, bought - low) * Int(level)
      best = min(best, calls * callPrice + price)
      guard bought > 0 else { return best }
      calls += 1
    }
  }

  /// How many steps are at most as high.
  private func count(upTo level: Int32) -> Int {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle] <= level { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
