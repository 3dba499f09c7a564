extension Goal {
  /// The highest bound that a list of prices proves, up to one that some cover reaches.
  func highestBound(of list: PriceList, _ sizes: PairSizes, atMost limit: Fraction) -> Fraction {
    let table = PayTable(list)
    func proves(_ bound: Fraction) -> Bool {
      let supposition = Supposition(sizes, goal: self, below: bound)
      guard !supposition.isAbsurd else { return true }
      return isProved(
        bound, value: table.value(leastCalls: supposition.leastCalls), prices: list.prices)
    }
    switch self {
    case .calls: return Fraction.highest(in: 1, atMost: limit, where: proves)
    case .time(let quotas):
      // Each wait is a whole number of calls by the rate of one of the quotas.
      let ofContacts = Fraction.highest(in: quotas.contactRate, atMost: limit, where: proves)
      let ofOthers = Fraction.highest(in: quotas.otherRate, atMost: limit, where: proves)
      return ofContacts > ofOthers ? ofContacts : ofOthers
    }
  }
}

extension Fraction {
  /// The highest fraction with the denominator that holds, where lower ones do too; or 0.
  fileprivate static func highest(
    in denominator: Int, atMost limit: Fraction, where holds: (Fraction) -> Bool
  ) -> Fraction {
    var low = 0
    var high = Int(Int128(limit.numerator) * Int128(denominator) / Int128(limit.denominator))
    while low < high {
      let middle = low + (high - low + 1) / 2
      if holds(Fraction(numerator: middle, denominator: denominator)) {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return Fraction(numerator: low, denominator: denominator)
  }
}
