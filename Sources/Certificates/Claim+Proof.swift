extension Claim {
  /// With numbers up to these, all products and sums stay within 128 bits.
  static let largest = 1 << 32
  private static let largestTime = 1 << 60

  func checkProof() throws(Objection) {
    try checkNumbers()
    try checkPrices()
    switch least {
    case .calls(let count): try checkLeast(calls: count)
    case .wait(let time, let parts, let quotas):
      try checkLeast(time: Int128(time), parts: Int128(parts), quotas)
    }
  }

  /// Supposes that a plan has fewer calls, and looks for the contradiction.
  private func checkLeast(calls count: Int) throws(Objection) {
    guard proof.postPrice == proof.callPrice else { throw .unequalCalls }
    guard count > 0, let floors = floors(total: count - 1) else { return }
    guard paid(floors) > Int128(count - 1) * Int128(proof.callPrice) else {
      throw .unprovedCalls(count)
    }
  }

  /// Supposes that a plan waits less, and looks for the contradiction.
  private func checkLeast(time: Int128, parts: Int128, _ quotas: Quotas) throws(Objection) {
    guard time > 0 else { return }
    // The most that fit in less than the wait, without those that are due anyway.
    let posts = (time * Int128(quotas.postRate) - 1) / parts - Int128(quotas.postsDue)
    let calls = (time * Int128(quotas.callRate) - 1) / parts - Int128(quotas.callsDue)
    guard posts >= 0, calls >= 0 else { return }
    let floors = floors(posts: Int(min(posts, Int128(task.mayPost.count))), postable)
    guard floors.reduce(0, +) <= calls else { return }
    let (post, call) = (Int128(proof.postPrice), Int128(proof.callPrice))
    let due = post * Int128(quotas.postsDue) + call * Int128(quotas.callsDue)
    let allowed = post * Int128(quotas.postRate) + call * Int128(quotas.callRate)
    guard allowed > 0, (paid(floors) + due) * parts >= time * allowed else { throw .unprovedWait }
  }
  /// How many bulk calls each pair needs in a plan of so many calls; nothing if there is no such plan.
  private func floors(total: Int) -> [Int]? {
    let postable = postable
    var posts = total
    while posts >= 0 {
      let floors = floors(posts: posts, postable)
      let left = total - floors.reduce(0, +)
      guard left < posts else { return floors }
      posts = left
    }
    return nil
  }

  /// How many contacts of each pair may get a POST.
  private var postable: [Int] {
    task.pairs.map { contacts in contacts.count { task.mayPost[$0] } }
  }

  /// How many bulk calls each pair needs beside so many POSTs.
  private func floors(posts: Int, _ postable: [Int]) -> [Int] {
    zip(task.pairs, postable).map { contacts, postable in
      (contacts.count - min(posts, postable) + task.limit - 1) / task.limit
    }
  }

  /// What all pairs pay at least, if each makes at least so many calls.
  private func paid(_ floors: [Int]) -> Int128 {
    zip(proof.prices, floors).reduce(0) { $0 + worth(of: $1.0, floor: $1.1) }
  }

  private func checkNumbers() throws(Objection) {
    try check([proof.postPrice, proof.callPrice], in: 0...Self.largest)
    if case .wait(let time, let parts, let quotas) = least {
      try check([time], in: 0...Self.largestTime)
      try check([parts], in: 1...Self.largestTime)
      try check([quotas.postRate, quotas.callRate], in: 1...Self.largest)
      try check([quotas.postsDue, quotas.callsDue], in: 0...Self.largest)
    }
  }

  private func check(_ numbers: [Int], in range: ClosedRange<Int>) throws(Objection) {
    for number in numbers where !range.contains(number) { throw .strangeNumber(number) }
  }

  private func checkPrices() throws(Objection) {
    guard proof.prices.map(\.count) == task.pairs.map(\.count) else { throw .pricesMissing }
    var sums = Array(repeating: 0, count: task.mayPost.count)
    for (pair, contacts) in task.pairs.enumerated() {
      for (contact, price) in zip(contacts, proof.prices[pair]) {
        guard price >= 0 else { throw .negativePrice(contact: contact, pair: pair) }
        guard price <= Self.largest else { throw .strangeNumber(price) }
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
  private func worth(of prices: [Int], floor: Int) -> Int128 {
    var sums: [Int128] = [0]
    for price in prices.sorted() { sums.append(sums[sums.count - 1] + Int128(price)) }
    var calls = floor
    var left = max(0, prices.count - calls * task.limit)
    var least = Int128(calls) * Int128(proof.callPrice) + sums[left]
    while left > 0 {
      calls += 1
      left = max(0, left - task.limit)
      least = min(least, Int128(calls) * Int128(proof.callPrice) + sums[left])
    }
    return least
  }
}
