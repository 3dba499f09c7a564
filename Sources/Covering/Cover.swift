/// Who folds and which calls are made, with what no other choice can beat.
package struct Cover: Sendable {
  /// Whether a contact gets a POST that carries all its changes.
  package let folded: [Bool]
  /// How many bulk calls each pair makes for its members that do not fold.
  package let callCounts: [Int32]
  package let foldCount: Int
  package let callCount: Int
  package let certificate: Certificate
  /// What the certificate proves: no fewer calls, or in ``Goal/time(_:)`` no shorter wait.
  package let bound: Fraction
  /// Whether the bound leaves no room for fewer calls, or for a shorter wait.
  package let isProvedMinimal: Bool

  package var total: Int { foldCount + callCount }
}

/// Why there is no cheaper cover: what a POST costs is shared out among the changes it carries.
///
/// Suppose a cover were cheaper than the bound. It would have few POSTs, so that each pair has
/// members left for some calls at least. The prices of a contact's changes come to at most
/// `foldPrice`, unless it may not fold. So the cover costs at least what the pairs pay, each on its
/// own, when they may choose how many such calls to make at `callPrice` and must buy off the rest
/// of their members, the cheapest, at their prices. That is too much: there is no such cover. Where
/// all pairs fit in one call and all calls count alike, the prices are a matching.
package struct Certificate: Sendable {
  package let foldPrice: Int
  package let callPrice: Int
  /// Of each change, in the order of ``MembershipChanges/members``.
  package let prices: [Int32]
}

/// An exact number that need not be whole.
package struct Fraction: Sendable, Equatable {
  package let numerator: Int
  package let denominator: Int

  /// The least whole number that is not below so many times this.
  func roundedUp(times factor: Int) -> Int {
    let product = Int128(numerator) * Int128(factor)
    return Int((product + Int128(denominator) - 1) / Int128(denominator))
  }

  static func > (left: Fraction, right: Fraction) -> Bool {
    Int128(left.numerator) * Int128(right.denominator)
      > Int128(right.numerator) * Int128(left.denominator)
  }
}
