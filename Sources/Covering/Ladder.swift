/// The prices of one pair, and what it pays for each number of calls.
struct Ladder {
  private var steps: [Int32] = []
  /// Of the lowest so many steps, once they are sorted.
  private var sums: [Int] = []
  private var limit = 1
  private var callPrice = 0
  private var lowest = Int32.max
  private var highest: Int32 = 0

  mutating func clear(limit: Int, callPrice: Int) {
    steps.removeAll(keepingCapacity: true)
    lowest = .max
    highest = 0
    self.limit = limit
    self.callPrice = callPrice
  }

  mutating func add(_ price: Int32) {
    steps.append(price)
    lowest = min(lowest, price)
    highest = max(highest, price)
  }

  private var mostCalls: Int { (steps.count + limit - 1) / limit }

  /// The lowest level to which all prices can be cut without the pair paying less, if it makes at
  /// least so many calls.
  mutating func leastLevel(calls: Int) -> Int32 {
    guard calls < mostCalls else { return 0 }
    // It never pays more than its calls; where all can share the price of the last, it does.
    let last = (steps.count - 1) % limit + 1
    let share = (callPrice + last - 1) / last
    if lowest >= share { return Int32(share) }
    sort()
    let value = value(at: Int32(callPrice), calls: calls)
    var low: Int32 = 0
    var high = Int32(callPrice)
    while low < high {
      let middle = low + (high - low) / 2
      if self.value(at: middle, calls: calls) >= value { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// What the pair pays with 0, 1, … calls, the rest of its members at the lowest prices.
  mutating func payments() -> [Int] {
    if lowest < highest { sort() }
    return (0...mostCalls).map { calls in
      let bought = max(0, steps.count - calls * limit)
      return calls * callPrice + (lowest < highest ? sums[bought] : bought * Int(highest))
    }
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
  private func value(at level: Int32, calls: Int) -> Int {
    let low = count(upTo: level)
    var best = Int.max
    for calls in calls...mostCalls {
      let bought = max(0, steps.count - calls * limit)
      let price = sums[min(bought, low)] + max(0, bought - low) * Int(level)
      best = min(best, calls * callPrice + price)
    }
    return best
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
