/// What each pair pays at some prices for each number of its calls.
struct PayTable {
  private let starts: [Int32]
  private let payments: [Int]
  /// Where each pair pays least; its payments fall until there and rise from there on.
  private let cheapest: [Int32]

  init(_ list: PriceList) {
    let input = list.input
    var ladder = Ladder()
    var starts: [Int32] = [0]
    var payments: [Int] = []
    var cheapest: [Int32] = []
    for pair in 0..<input.pairCount {
      ladder.clear(limit: input.limit, callPrice: Int(list.prices.call))
      for change in input.changes(of: pair) { ladder.add(list.ofChange[change]) }
      let own = ladder.payments()
      cheapest.append(Int32(own.indices.min { own[$0] < own[$1] } ?? 0))
      payments += own
      starts.append(Int32(payments.count))
    }
    self.starts = starts
    self.payments = payments
    self.cheapest = cheapest
  }

  /// What all pairs pay at least, if each makes at least so many calls.
  func value(leastCalls: [Int32]) -> Int {
    var value = 0
    for pair in cheapest.indices {
      value += payments[Int(starts[pair] + max(cheapest[pair], leastCalls[pair]))]
    }
    return value
  }
}
