import Certificates
import Covering
import Testing

/// How long the longer of two quotas makes us wait, in units that make it a whole number.
private func wait(_ folds: Int, _ calls: Int, _ quotas: Quotas) -> Int {
  max(
    (folds + quotas.contactCallsDue) * quotas.otherRate,
    (calls + quotas.otherCallsDue) * quotas.contactRate)
}

@Suite("The shortest wait")
struct TimeCoverTests {
  @Test("is found for few contacts, with the fewest calls", arguments: [(100, 0), (2, 1), (3, 2)])
  func exact(limit: Int, seed: Int) {
    var random = Dice(seed: seed)
    for number in 0..<300 {
      let changes = MembershipChanges.random(contacts: 9, pairs: 6, limit: limit, &random)
      let quotas = Quotas(
        contactRate: Int.random(in: 1...4, using: &random),
        otherRate: Int.random(in: 1...4, using: &random),
        contactCallsDue: Int.random(in: 0...6, using: &random),
        otherCallsDue: Int.random(in: 0...6, using: &random))
      let cover = changes.cheapestCover(minimising: .time(quotas))
      let best = changes.everyChoice
        .map { (wait($0.folds, $0.calls, quotas), $0.folds + $0.calls) }.min(by: <)
      let found = wait(cover.foldCount, cover.callCount, quotas)
      #expect(best.map { $0 == (found, cover.total) } == true, "number \(number): \(changes)")
      #expect(
        cover.bound.numerator * quotas.contactRate * quotas.otherRate
          <= found * cover.bound.denominator)
      #expect(changes.claim(cover, quotas).objection() == nil, "number \(number): \(changes)")
    }
  }

  @Test("lies between the bound and what is found", arguments: [100, 10])
  func gap(limit: Int) {
    var random = Dice(seed: limit)
    let pairs = (0..<10).map { _ in
      (0..<40).filter { _ in Int.random(in: 0..<10, using: &random) < 4 }
    }
    let changes = MembershipChanges(pairs, contacts: 40, limit: limit)
    let quotas = Quotas(contactRate: 60, otherRate: 60, contactCallsDue: 0, otherCallsDue: 0)
    let cover = changes.cheapestCover(minimising: .time(quotas))
    let found = Double(wait(cover.foldCount, cover.callCount, quotas)) / 3_600
    let bound = Double(cover.bound.numerator) / Double(cover.bound.denominator)
    #expect(bound <= found)
    #expect(changes.claim(cover, quotas).objection() == nil)
    print("limit \(limit): wait \(found), bound \(bound)")
  }

  @Test("leaves a quota alone that others have used up")
  func busy() {
    let pairs = Array(repeating: [0, 1, 2], count: 10)
    let changes = MembershipChanges(pairs, contacts: 3)
    let quotas = Quotas(contactRate: 10, otherRate: 10, contactCallsDue: 500, otherCallsDue: 0)
    let cover = changes.cheapestCover(minimising: .time(quotas))
    #expect(cover.foldCount == 0 && cover.callCount == 10 && cover.isProvedMinimal)
  }
}
