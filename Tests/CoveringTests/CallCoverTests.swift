import Certificates
import Covering
import Foundation
import Testing

/// Hundreds of small cases to try against every choice there is.
private let hundreds =
  ProcessInfo.processInfo.environment["REGRA_COVER_CASES"].flatMap { Int($0) }.map { $0 / 100 }
  ?? 100

@Suite("The fewest calls")
struct CallCoverTests {
  @Test("are found and proved where each pair fits in one call", arguments: 0..<hundreds)
  func small(seed: Int) {
    var random = Dice(seed: seed)
    for _ in 0..<100 {
      let changes = MembershipChanges.random(contacts: 9, pairs: 6, limit: 100, &random)
      let cover = changes.cheapestCover()
      let fewest = changes.everyChoice.map { $0.folds + $0.calls }.min()
      #expect(cover.total == fewest && cover.isProvedMinimal, "seed \(seed): \(changes)")
      #expect(changes.claim(cover).objection() == nil, "seed \(seed): \(changes)")
    }
  }

  @Test("lie between the bound and what is found where calls carry few", arguments: [1, 2, 3])
  func few(limit: Int) {
    var random = Dice(seed: limit)
    var sums = (bound: 0, fewest: 0, found: 0)
    for number in 0..<500 {
      let changes = MembershipChanges.random(contacts: 9, pairs: 6, limit: limit, &random)
      let cover = changes.cheapestCover()
      let fewest = changes.everyChoice.map { $0.folds + $0.calls }.min() ?? 0
      let bound = (cover.bound.numerator + cover.bound.denominator - 1) / cover.bound.denominator
      #expect(bound <= fewest && cover.total == fewest, "number \(number): \(changes)")
      #expect(changes.claim(cover).objection() == nil, "number \(number): \(changes)")
      sums = (sums.bound + bound, sums.fewest + fewest, sums.found + cover.total)
    }
    print("limit \(limit): bound \(sums.bound), fewest \(sums.fewest), found \(sums.found)")
  }

  @Test("lie between the bound and what is found where not every choice is tried")
  func searched() {
    var random = Dice(seed: 7)
    var sums = (bound: 0, fewest: 0, found: 0)
    for number in 0..<8 {
      let changes = MembershipChanges.random(contacts: 14, pairs: 8, limit: 3, &random)
      let cover = changes.cheapestCover()
      let fewest = changes.everyChoice.map { $0.folds + $0.calls }.min() ?? 0
      let bound = (cover.bound.numerator + cover.bound.denominator - 1) / cover.bound.denominator
      #expect(bound <= fewest && fewest <= cover.total, "number \(number): \(changes)")
      sums = (sums.bound + bound, sums.fewest + fewest, sums.found + cover.total)
    }
    print("14 contacts: bound \(sums.bound), fewest \(sums.fewest), found \(sums.found)")
  }

  @Test("of nothing to change are none")
  func nothing() {
    for changes in [
      MembershipChanges([], contacts: 0), MembershipChanges([], contacts: 3),
      MembershipChanges([[], []], contacts: 3),
    ] {
      let cover = changes.cheapestCover()
      #expect(cover.total == 0 && cover.isProvedMinimal)
    }
  }

  @Test("of three contacts with the same ten groups are three")
  func rideAlong() {
    let cover = MembershipChanges(
      Array(repeating: [0, 1, 2], count: 10), contacts: 3
    ).cheapestCover()
    #expect(cover.foldCount == 3 && cover.callCount == 0 && cover.isProvedMinimal)
  }

  @Test("fold what a whole number of calls leaves over", arguments: [(3, 4), (12, 2), (12, 12)])
  func leftOver(pairs: Int, over: Int) {
    let count = 200 + over
    let cover = MembershipChanges(
      Array(repeating: Array(0..<count), count: pairs), contacts: count
    ).cheapestCover()
    #expect(cover.total == pairs * 2 + min(pairs, over) && cover.isProvedMinimal)
  }

  @Test("never fold a contact that may not fold")
  func bulkOnly() {
    let pairs = Array(repeating: [0, 1, 2], count: 10)
    let cover = MembershipChanges(pairs, contacts: 3, bulkOnly: [1]).cheapestCover()
    #expect(cover.folded == [false, false, false] && cover.total == 10 && cover.isProvedMinimal)
  }

  @Test("of a pair above the limit go down to what those need that may not fold")
  func bulkOnlyAbove() {
    let pairs = Array(repeating: Array(0..<7), count: 20)
    let cover = MembershipChanges(
      pairs, contacts: 7, limit: 3, bulkOnly: [0, 1, 2, 3]
    ).cheapestCover()
    #expect(cover.foldCount == 1 && cover.callCount == 40 && cover.isProvedMinimal)
  }

  @Test("are the same each time")
  func repeatable() {
    var random = Dice(seed: 11)
    let changes = MembershipChanges.random(contacts: 60, pairs: 12, limit: 7, &random)
    let covers = (0..<2).map { _ in changes.cheapestCover() }
    #expect(covers[0].folded == covers[1].folded)
    #expect(covers[0].certificate.prices == covers[1].certificate.prices)
  }
}
