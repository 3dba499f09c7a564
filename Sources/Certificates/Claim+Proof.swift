extension Claim {
  /// With numbers up to these, all products and sums stay within 128 bits.
  private static let largest = 1 << 32
  private static let largestTime = 1 << 60

  func checkProof() throws(Objection) {
    try checkNumbers()
    try checkPrices()
    let value = zip(task.pairs, proof.prices).reduce(Int128(0)) { $0 + worth(of: $1.1) }
    switch least {
    case .calls(let count):
      guard proof.postPrice == proof.callPrice else { throw .unequalCalls }
      let price = Int128(max(1, proof.callPrice))
      let proved = Int((value + price - 1) / price)
      guard count <= proved else { throw .unprovedCalls(claimed: count, proved: proved) }
    case .wait(let time, let parts, let quotas):
      let post = Int128(proof.postPrice)
      let call = Int128(proof.callPrice)
      let due = post * Int128(quotas.postsDue) + call * Int128(quotas.callsDue)
      let allowed = post * Int128(quotas.postRate) + call * Int128(quotas.callRate)
      guard parts > 0, allowed > 0,
        Int128(time) * allowed <= (value + due) * Int128(parts)
      else {
        throw .unprovedWait
      }
    }
  }

  private func checkNumbers() throws(Objection) {
    var numbers = [proof.postPrice, proof.callPrice]
    if case .wait(let time, let parts, let quotas) = least {
      for number in [time, parts] where !(0...Self.largestTime).contains(number) {
        throw .numberTooLarge(number)
      }
      numbers += [quotas.postRate, quotas.callRate, quotas.postsDue, quotas.callsDue]
    }
    for number in numbers where !(0...Self.largest).contains(number) {
      throw .numberTooLarge(number)
    }
  }

  private func checkPrices() throws(Objection) {
    guard proof.prices.map(\.count) == task.pairs.map(\.count) else { throw .pricesMissing }
    var sums = Array(repeating: 0, count: task.mayPost.count)
    for (pair, contacts) in task.pairs.enumerated() {
      for (contact, price) in zip(contacts, proof.prices[pair]) {
        guard price >= 0 else { throw .negativePrice(contact: contact, pair: pair) }
        guard price <= Self.largest else { throw .numberTooLarge(price) }
        guard task.mayPost[contact] else { continue }
        sums[contact] += price
        guard sums[contact] <= proof.postPrice else {
          throw .pricesOverPost(contact: contact, sum: sums[contact], price: proof.postPrice)
        }
      }
    }
  }

  /// What a pair pays at least: for each number of calls, the calls and the lowest prices of those
  /// that they leave.
  private func worth(of prices: [Int]) -> Int128 {
    var sums: [Int128] = [0]
    for price in prices.sorted() { sums.append(sums[sums.count - 1] + Int128(price)) }
    var least = sums[prices.count]
    var (calls, left) = (0, prices.count)
    while left > 0 {
      calls += 1
      left = max(0, left - task.limit)
      least = min(least, Int128(calls) * Int128(proof.callPrice) + sums[left])
    }
    return least
  }
}
