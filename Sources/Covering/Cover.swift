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
/// The prices of a contact's changes come to at most `foldPrice`, unless it may not fold. So a cover
/// costs at least, pair by pair, what a pair pays that may buy off each change at its price, or as
/// many as the limit with a bulk call at `callPrice`. Where all pairs fit in one call and all calls
/// count alike this is a matching: each contact's whole price stands on one change at most.
package struct Certificate: Sendable {
  package let foldPrice: Int
  package let callPrice: Int
  /// Of each change, in the order of ``MembershipChanges/members``.
  package let prices: [Int32]
  /// What all pairs pay: in any cover, `foldPrice` times the POSTs and `callPrice` times the bulk
  /// calls are together at least this.
  package let value: Int
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
