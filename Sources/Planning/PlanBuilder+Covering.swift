internal import Certificates
import Contacts
package import Covering
import Engine

/// Contacts with group changes alone: which of them get a POST of their own.
extension PlanBuilder {
  /// Chooses for a round; what is not folded goes with bulk calls.
  mutating func coverMemberships(_ steps: Range<Int>) {
    let contacts = steps.filter {
      !self.steps[$0].effects.isDisjoint(with: [.adds, .removes])
    }
    // Nobody's groups are known: all goes with bulk calls.
    guard contacts.contains(where: { mayFold($0) }) else { return }
    let changes = membershipChanges(of: contacts)
    let goal = goal(steps)
    let cover = changes.cheapestCover(minimising: goal)
    for (contact, step) in contacts.enumerated() where cover.folded[contact] { fold(step) }
    table.counts.memberships += changes.members.count
    table.proofs.append(MembershipProof(changes: changes, cover: cover, goal: goal))
  }

  private mutating func mayFold(_ step: Int) -> Bool {
    let settlement = steps[step].settlement
    return settlement >= 0 && settlements[Int(settlement)].canFold
  }

  /// The changes of some contacts, pair by pair in the order of their first members.
  private mutating func membershipChanges(of contacts: [Int]) -> MembershipChanges {
    var pairs: [Int64: Int] = [:]
    var counts: [Int32] = []
    var pairOfChange: [Int32] = []
    var contactOfChange: [Int32] = []
    for (contact, step) in contacts.enumerated() {
      for index in writeRange(step) {
        let write = writes[index]
        guard write.kind == .addToGroup || write.kind == .removeFromGroup else { continue }
        let key = Int64(write.target) << 1 | (write.kind == .addToGroup ? 1 : 0)
        let pair = pairs[key] ?? counts.count
        if pair == counts.count {
          pairs[key] = pair
          counts.append(0)
        }
        counts[pair] += 1
        pairOfChange.append(Int32(pair))
        contactOfChange.append(Int32(contact))
      }
    }
    var starts: [Int32] = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var next = starts
    var members = Array(repeating: Int32(0), count: pairOfChange.count)
    for (change, pair) in pairOfChange.enumerated() {
      members[Int(next[Int(pair)])] = contactOfChange[change]
      next[Int(pair)] += 1
    }
    return MembershipChanges(
      contactCount: contacts.count, starts: starts, members: members,
      mayFold: contacts.map { mayFold($0) }, limit: profile.itemLimit)
  }

  /// What is to be least, with the calls that a round makes whatever is decided here.
  private mutating func goal(_ steps: Range<Int>) -> Goal {
    guard case .time(let contactRate, let otherRate) = aim else { return .calls }
    var posts = 0
    var bulk: [Effects: Int] = [:]
    for step in steps {
      let effects = self.steps[step].effects
      if !effects.isDisjoint(with: Effects.data.union([.urns, .creation])) { posts += 1 }
      for status in Effects.statuses where effects.contains(status) {
        bulk[status, default: 0] += 1
      }
    }
    let limit = profile.itemLimit
    let others = bulk.values.reduce(0) { $0 + ($1 + limit - 1) / limit }
    return .time(
      Quotas(
        contactRate: contactRate, otherRate: otherRate, contactCallsDue: posts,
        otherCallsDue: others))
  }
}

/// What planning makes least.
package enum Aim: Sendable, Hashable {
  /// The number of calls.
  case calls
  /// The longer of the waits for the two quotas, of which so many calls an hour are allowed.
  case time(contactRate: Int, otherRate: Int)
}

/// How the group changes of one round are carried, and why it takes that many calls.
package struct MembershipProof: Sendable {
  package let changes: MembershipChanges
  package let cover: Cover
  package let goal: Goal

  /// How far above the bound the calls are, or the wait where time is to be least: 0.02 is 2 %.
  package var gap: Double {
    let bound = Double(cover.bound.numerator) / Double(cover.bound.denominator)
    guard !cover.isProvedMinimal, bound > 0 else { return 0 }
    switch goal {
    case .calls: return Double(cover.total) / bound - 1
    case .time(let quotas):
      let posts = Double(cover.foldCount + quotas.contactCallsDue) / Double(quotas.contactRate)
      let calls = Double(cover.callCount + quotas.otherCallsDue) / Double(quotas.otherRate)
      return max(posts, calls) / bound - 1
    }
  }

  /// Fewer calls cannot carry the changes; absent where another thing than calls was proved.
  package var leastCalls: Int? {
    guard case .calls = goal else { return nil }
    return (cover.bound.numerator + cover.bound.denominator - 1) / cover.bound.denominator
  }

  /// The words of an independent checker if it finds the plan or its proof wrong.
  package func objection() -> String? { claim.objection().map { "\($0)" } }
}

extension MembershipProof {
  /// The plan and its proof in the form that the checker reads.
  private var claim: Claim {
    let pairs = (0..<changes.pairCount).map { pair in
      changes.members[Int(changes.starts[pair])..<Int(changes.starts[pair + 1])].map { Int($0) }
    }
    var calls: [Claim.BulkCall] = []
    for (pair, members) in pairs.enumerated() {
      let left = members.filter { !cover.folded[$0] }
      for start in stride(from: 0, to: left.count, by: changes.limit) {
        let end = Swift.min(start + changes.limit, left.count)
        calls.append(Claim.BulkCall(pair: pair, contacts: Array(left[start..<end])))
      }
    }
    let posts = cover.folded.indices.filter { cover.folded[$0] }
    let prices = (0..<changes.pairCount).map { pair in
      cover.certificate.prices[Int(changes.starts[pair])..<Int(changes.starts[pair + 1])].map {
        Int($0)
      }
    }
    return Claim(
      task: Claim.Task(mayPost: changes.mayFold, pairs: pairs, limit: changes.limit),
      posts: posts, calls: calls, total: posts.count + calls.count,
      least: least,
      proof: Claim.Proof(
        postPrice: cover.certificate.foldPrice, callPrice: cover.certificate.callPrice,
        prices: prices))
  }

  private var least: Claim.Least {
    switch goal {
    case .calls: .calls(leastCalls ?? 0)
    case .time(let quotas):
      .wait(
        time: cover.bound.numerator, parts: cover.bound.denominator,
        Claim.Quotas(
          postRate: quotas.contactRate, callRate: quotas.otherRate,
          postsDue: quotas.contactCallsDue, callsDue: quotas.otherCallsDue))
    }
  }
}
