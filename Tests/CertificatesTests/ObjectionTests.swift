import Certificates
import Testing

/// Two contacts in one group, one of them in two more; two bulk calls and one POST carry it all.
private let soundClaim = Claim(
  task: Claim.Task(mayPost: [true, true, false], pairs: [[0, 1, 2], [0], [0]], limit: 2),
  posts: [0], calls: [Claim.BulkCall(pair: 0, contacts: [1, 2])], total: 2, least: .calls(2),
  proof: Claim.Proof(postPrice: 1, callPrice: 1, prices: [[0, 0, 1], [1], [0]]))

/// A change to the sound claim, and what is then wrong with it.
struct Forgery: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let change: @Sendable (inout Claim) -> Void

  init(_ sentence: String, _ change: @escaping @Sendable (inout Claim) -> Void) {
    testDescription = sentence
    self.change = change
  }
}

private let forgeries = [
  Forgery("a bulk call must be allowed to carry somebody") { $0.task.limit = 0 },
  Forgery("there is no contact 3") { $0.task.pairs[1] = [3] },
  Forgery("contact 1 is twice in pair 0") { $0.task.pairs[0] = [0, 1, 1] },
  Forgery("there is no contact -1") { $0.posts = [-1] },
  Forgery("contact 0 gets two POSTs") { $0.posts = [0, 0] },
  Forgery("contact 2 gets a POST, but too little is known of it") { $0.posts = [0, 2] },
  Forgery("there is no pair 7") { $0.calls[0].pair = 7 },
  Forgery("bulk call 0 carries nobody") { $0.calls[0].contacts = [] },
  Forgery("bulk call 0 carries 3 contacts, more than 2") { $0.calls[0].contacts = [0, 1, 2] },
  Forgery("bulk call 1 carries contact 1, which is not in pair 1") {
    $0.calls.append(Claim.BulkCall(pair: 1, contacts: [1]))
  },
  Forgery("no call carries the change of contact 0 in pair 1") {
    $0.posts = []
    $0.calls.append(Claim.BulkCall(pair: 0, contacts: [0]))
  },
  Forgery("the plan has 2 calls, not 1 as it says") { $0.total = 1 },
  Forgery("not every change has one price") { $0.proof.prices[2] = [] },
  Forgery("the price of contact 0 in pair 2 is below 0") { $0.proof.prices[2] = [-1] },
  Forgery("the prices of contact 0 come to 2, more than the 1 of a POST") {
    $0.proof.prices[2] = [1]
  },
  Forgery("where calls are counted, POSTs and bulk calls must cost the same") {
    $0.proof.callPrice = 2
  },
  Forgery("the prices do not prove that 3 calls are needed") { $0.least = .calls(3) },
  Forgery("-5 has no place in a proof") { $0.proof.postPrice = -5 },
  Forgery("the prices do not prove that the wait is as long as claimed") {
    $0.least = .wait(
      time: 2, parts: 1, Claim.Quotas(postRate: 1, callRate: 1, postsDue: 0, callsDue: 0))
  },
]

@Suite("Objections")
struct ObjectionTests {
  @Test("there are none to a sound claim") func sound() {
    #expect(soundClaim.objection() == nil)
  }

  @Test("say what is wrong first", arguments: forgeries)
  func forged(_ forgery: Forgery) {
    var claim = soundClaim
    forgery.change(&claim)
    #expect(claim.objection()?.description == forgery.testDescription)
  }

  @Test("take the calls already due into account for the wait")
  func due() {
    var claim = soundClaim
    let quotas = Claim.Quotas(postRate: 2, callRate: 1, postsDue: 1, callsDue: 3)
    claim.least = .wait(time: 4, parts: 1, quotas)
    #expect(claim.objection() == nil)
    claim.least = .wait(time: 5, parts: 1, quotas)
    #expect(claim.objection() == .unprovedWait)
  }
}
