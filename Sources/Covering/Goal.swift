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
  /// What the prices prove about every cover: in ``time(_:)`` of its wait, else of its calls.
  ///
  /// Whatever the cover, `fold` times its POSTs and `call` times its calls are at least the value.
  /// With the calls already due on both sides, and no more of either than the wait allows, the wait
  /// is at least the value and the price of those due, by the price of what both quotas allow.
  func bound(value: Int, prices: Prices) -> Fraction {
    let (fold, call) = (Int(prices.fold), Int(prices.call))
    switch self {
    case .calls:
      precondition(fold == call, "all calls count alike")
      return Fraction(numerator: value, denominator: call)
    case .time(let quotas):
      return Fraction(
        numerator: value + fold * quotas.contactCallsDue + call * quotas.otherCallsDue,
        denominator: fold * quotas.contactRate + call * quotas.otherRate)
    }
  }

  /// The least cost that some numbers of POSTs and calls have and the bound does not rule out.
  func leastCost(above bound: Fraction) -> Cost {
    switch self {
    case .calls: Cost(wait: 0, calls: bound.roundedUp(times: 1))
    case .time(let quotas):
      Cost(
        wait: min(
          bound.roundedUp(times: quotas.contactRate) * quotas.otherRate,
          bound.roundedUp(times: quotas.otherRate) * quotas.contactRate), calls: 0)
    }
  }

  /// Whether nothing can be cheaper in what the goal counts first.
  func isMet(by cost: Cost, least: Cost) -> Bool {
    switch self {
    case .calls: cost.calls <= least.calls
    case .time: cost.wait <= least.wait
    }
  }
}
