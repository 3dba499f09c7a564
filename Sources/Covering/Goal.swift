/// What is to be least.
package enum Goal: Sendable {
  /// The number of POSTs and bulk calls.
  case calls
  /// The longer of the waits for two quotas; among equals, the number of calls.
  case time(Quotas)
}

/// The two quotas of the API: one for the calls about one contact, one for all others.
package struct Quotas: Sendable, Equatable {
  /// Calls in a unit of time, at most a million.
  package let contactRate, otherRate: Int
  /// Calls that are due whatever is decided here, at most 2³⁰.
  package let contactCallsDue, otherCallsDue: Int

  package init(contactRate: Int, otherRate: Int, contactCallsDue: Int, otherCallsDue: Int) {
    let rates = 1...1_000_000
    precondition(rates.contains(contactRate) && rates.contains(otherRate), "rates are sensible")
    let dues = 0...(1 << 30)
    precondition(dues.contains(contactCallsDue) && dues.contains(otherCallsDue), "dues too")
    self.contactRate = contactRate
    self.otherRate = otherRate
    self.contactCallsDue = contactCallsDue
    self.otherCallsDue = otherCallsDue
  }
}

extension Quotas {
  func contactWait(_ folds: Double) -> Double {
    (folds + Double(contactCallsDue)) / Double(contactRate)
  }

  func otherWait(_ calls: Double) -> Double {
    (calls + Double(otherCallsDue)) / Double(otherRate)
  }
}

extension Prices {
  /// Prices at which the share of the time is paid for the quota of POSTs, the rest for the other.
  init(foldShare: Double, of quotas: Quotas, unit: Int32) {
    let fold = foldShare / Double(quotas.contactRate)
    let call = (1 - foldShare) / Double(quotas.otherRate)
    let scale = Double(unit) / max(fold, call)
    self.init(fold: Int32(max(1, fold * scale)), call: Int32(max(1, call * scale)))
  }
}

/// How dear so many POSTs and bulk calls are, in the sense of a goal: the less, the better.
struct Cost: Comparable {
  /// The longer wait in units of 1 / (both rates), or nothing where only calls count.
  let wait: Int
  let calls: Int

  static func < (left: Cost, right: Cost) -> Bool {
    (left.wait, left.calls) < (right.wait, right.calls)
  }
}

extension Goal {
  func cost(of state: FoldState) -> Cost { cost(folds: state.foldCount, calls: state.callCount) }

  func cost(folds: Int, calls: Int) -> Cost {
    switch self {
    case .calls: Cost(wait: 0, calls: folds + calls)
    case .time(let quotas):
      Cost(
        wait: max(
          (folds + quotas.contactCallsDue) * quotas.otherRate,
          (calls + quotas.otherCallsDue) * quotas.contactRate), calls: folds + calls)
    }
  }
}

extension Goal {
  /// The least cost that a cover may have that the bound does not rule out.
  func leastCost(above bound: Fraction) -> Cost {
    switch self {
    case .calls: Cost(wait: 0, calls: bound.roundedUp(times: 1))
    case .time(let quotas):
      Cost(wait: bound.roundedUp(times: quotas.contactRate * quotas.otherRate), calls: 0)
    }
  }

  /// Whether at these prices no cover that pays the value is cheaper than the bound.
  ///
  /// Whatever the cover, `fold` times its POSTs and `call` times its calls are at least the value.
  /// With the calls already due on both sides, and no more of either than the wait allows, the wait
  /// is at least the value and the price of those due, by the price of what both quotas allow.
  func isProved(_ bound: Fraction, value: Int, prices: Prices) -> Bool {
    let (fold, call) = (Int128(prices.fold), Int128(prices.call))
    switch self {
    case .calls:
      precondition(fold == call, "all calls count alike")
      return Int128(value) > Int128(bound.roundedUp(times: 1) - 1) * call
    case .time(let quotas):
      let due = fold * Int128(quotas.contactCallsDue) + call * Int128(quotas.otherCallsDue)
      let allowed = fold * Int128(quotas.contactRate) + call * Int128(quotas.otherRate)
      return (Int128(value) + due) * Int128(bound.denominator)
        >= Int128(bound.numerator) * allowed
    }
  }

  /// What a cover costs in what is counted first.
  func fraction(_ cost: Cost) -> Fraction {
    switch self {
    case .calls: Fraction(numerator: cost.calls, denominator: 1)
    case .time(let quotas):
      Fraction(numerator: cost.wait, denominator: quotas.contactRate * quotas.otherRate)
    }
  }
}
