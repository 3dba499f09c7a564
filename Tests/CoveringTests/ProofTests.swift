import Certificates
import Covering
import Testing

@Suite("Proofs of covers")
struct ProofTests {
  private static let tight = MembershipChanges(
    [Array(0..<5), Array(2..<9), [1, 4, 7], [0, 8], Array(3..<9)], contacts: 9, limit: 3)

  private static let proved = tight.claim(tight.cheapestCover())

  private var claim: Claim { Self.proved }

  @Test("hold as they are found")
  func untouched() { #expect(claim.objection() == nil) }

  @Test("fall with any call taken away, and with any member of one")
  func missing() {
    for call in claim.calls.indices {
      var less = claim
      less.calls.remove(at: call)
      less.total -= 1
      #expect(less.objection() != nil)
      for member in claim.calls[call].contacts.indices {
        var fewer = claim
        fewer.calls[call].contacts.remove(at: member)
        #expect(fewer.objection() != nil)
      }
    }
    for post in claim.posts.indices {
      var less = claim
      less.posts.remove(at: post)
      less.total -= 1
      #expect(less.objection() != nil)
    }
  }

  @Test("fall with any price of a contact that has nothing left to pay raised")
  func dearer() {
    var sums = Array(repeating: 0, count: 9)
    for (contacts, prices) in zip(claim.task.pairs, claim.proof.prices) {
      for (contact, price) in zip(contacts, prices) { sums[contact] += price }
    }
    for (pair, contacts) in claim.task.pairs.enumerated() {
      for (place, contact) in contacts.enumerated() {
        var dearer = claim
        dearer.proof.prices[pair][place] += claim.proof.postPrice - sums[contact] + 1
        #expect(
          dearer.objection()
            == .pricesOverPost(
              contact: contact, sum: claim.proof.postPrice + 1, price: claim.proof.postPrice))
      }
    }
  }

  @Test("do not reach farther than they claim", arguments: 0..<200)
  func farther(seed: Int) {
    var random = Dice(seed: seed)
    let limit = [2, 3, 100][seed % 3]
    let changes = MembershipChanges.random(contacts: 9, pairs: 6, limit: limit, &random)
    var claim = changes.claim(changes.cheapestCover())
    guard case .calls(let least) = claim.least else { return }
    claim.least = .calls(least + 1)
    #expect(claim.objection() == .unprovedCalls(least + 1))
  }

  @Test("with any prices never hold for more than is true", arguments: 0..<200)
  func sound(seed: Int) {
    var random = Dice(seed: seed)
    let changes = MembershipChanges.random(contacts: 7, pairs: 5, limit: 1 + seed % 4, &random)
    var claim = changes.claim(changes.cheapestCover())
    claim.proof.postPrice = Int.random(in: 1...9, using: &random)
    claim.proof.callPrice = claim.proof.postPrice
    var left = Array(repeating: claim.proof.postPrice, count: changes.contactCount)
    for (pair, contacts) in claim.task.pairs.enumerated() {
      claim.proof.prices[pair] = contacts.map { contact in
        let price = Int.random(in: 0...left[contact], using: &random)
        left[contact] -= changes.mayFold[contact] ? price : 0
        return price
      }
    }
    let choices = changes.everyChoice
    claim.least = .calls((choices.map { $0.folds + $0.calls }.min() ?? 0) + 1)
    #expect(claim.objection() != nil)
    claim.proof.callPrice = Int.random(in: 0...9, using: &random)
    let quotas = Claim.Quotas(
      postRate: Int.random(in: 1...4, using: &random),
      callRate: Int.random(in: 1...4, using: &random), postsDue: seed % 3, callsDue: seed % 5)
    let wait = choices.map { choice in
      max(
        (choice.folds + quotas.postsDue) * quotas.callRate,
        (choice.calls + quotas.callsDue) * quotas.postRate)
    }.min()
    claim.least = .wait(
      time: (wait ?? 0) + 1, parts: quotas.postRate * quotas.callRate, quotas)
    #expect(claim.objection() != nil)
  }

  @Test("of anything judged as nonsense end with an answer", arguments: 0..<300)
  func nonsense(seed: Int) {
    var random = Dice(seed: seed)
    func number() -> Int {
      [0, 1, 2, 3, 100, -1, .max, .min, 1 << 40].randomElement(using: &random) ?? 0
    }
    func numbers() -> [Int] { (0..<Int.random(in: 0...3, using: &random)).map { _ in number() } }
    var claim = claim
    switch seed % 6 {
    case 0: claim.task.pairs[seed % 5] += numbers() + [9]
    case 1: claim.posts += numbers() + [-1]
    case 2: claim.calls.append(Claim.BulkCall(pair: number(), contacts: numbers()))
    case 3: claim.proof.prices[seed % 5][0] = [-1, .max, .min].randomElement(using: &random) ?? -1
    case 4: claim.proof.postPrice = [-1, 0, .max, 1 << 40].randomElement(using: &random) ?? 0
    default:
      claim.least = .wait(
        time: .max, parts: number(),
        Claim.Quotas(postRate: number(), callRate: number(), postsDue: 0, callsDue: number()))
    }
    #expect(claim.objection() != nil)
  }
}
