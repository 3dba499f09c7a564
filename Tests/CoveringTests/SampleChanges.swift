import Certificates
import Covering

extension MembershipChanges {
  /// The changes with the members of each pair in a list of its own.
  init(_ pairs: [[Int]], contacts: Int, limit: Int = 100, bulkOnly: Set<Int> = []) {
    var starts: [Int32] = [0]
    for pair in pairs { starts.append(starts[starts.count - 1] + Int32(pair.count)) }
    self.init(
      contactCount: contacts, starts: starts, members: pairs.flatMap { $0 }.map(Int32.init),
      mayFold: (0..<contacts).map { !bulkOnly.contains($0) }, limit: limit)
  }

  /// Up to so many contacts and pairs; in a third of the cases some contacts may not fold.
  static func random(
    contacts: Int, pairs: Int, limit: Int, _ random: inout Dice
  ) -> MembershipChanges {
    let contacts = Int.random(in: 1...contacts, using: &random)
    let density = Double.random(in: 0.1...0.9, using: &random)
    let pairs = (0..<Int.random(in: 1...pairs, using: &random)).map { _ in
      (0..<contacts).filter { _ in Double.random(in: 0..<1, using: &random) < density }
    }
    let isMixed = Int.random(in: 0..<3, using: &random) == 0
    let bulkOnly = (0..<contacts).filter { _ in
      isMixed && Int.random(in: 0..<4, using: &random) == 0
    }
    return MembershipChanges(pairs, contacts: contacts, limit: limit, bulkOnly: Set(bulkOnly))
  }

  var pairs: [[Int]] {
    zip(starts, starts.dropFirst()).map { start, end in
      members[Int(start)..<Int(end)].map(Int.init)
    }
  }

  /// The POSTs and bulk calls of every choice there is.
  var everyChoice: [(folds: Int, calls: Int)] {
    let sets = pairs.map { $0.reduce(0) { $0 | 1 << $1 } }
    let free = mayFold.indices.reduce(0) { mayFold[$1] ? $0 | 1 << $1 : $0 }
    var choices: [(folds: Int, calls: Int)] = []
    for folded in 0..<(1 << contactCount) where folded & ~free == 0 {
      var calls = 0
      for set in sets { calls += ((set & ~folded).nonzeroBitCount + limit - 1) / limit }
      choices.append((folded.nonzeroBitCount, calls))
    }
    return choices
  }

  /// What a cover amounts to, call by call, and what it claims, for the independent judge.
  func claim(_ cover: Cover, _ quotas: Covering.Quotas? = nil) -> Claim {
    let calls = pairs.enumerated().flatMap { pair, members in
      let rest = members.filter { !cover.folded[$0] }
      return stride(from: 0, to: rest.count, by: limit).map { start in
        Claim.BulkCall(pair: pair, contacts: Array(rest[start..<min(start + limit, rest.count)]))
      }
    }
    let bound = cover.bound
    let least: Claim.Least =
      if let quotas {
        .wait(
          time: bound.numerator, parts: bound.denominator,
          Claim.Quotas(
            postRate: quotas.contactRate, callRate: quotas.otherRate,
            postsDue: quotas.contactCallsDue, callsDue: quotas.otherCallsDue))
      } else {
        .calls((bound.numerator + bound.denominator - 1) / bound.denominator)
      }
    return Claim(
      task: Claim.Task(mayPost: mayFold, pairs: pairs, limit: limit),
      posts: cover.folded.indices.filter { cover.folded[$0] }, calls: calls, total: cover.total,
      least: least,
      proof: Claim.Proof(
        postPrice: cover.certificate.foldPrice, callPrice: cover.certificate.callPrice,
        prices: zip(starts, starts.dropFirst()).map { start, end in
          cover.certificate.prices[Int(start)..<Int(end)].map(Int.init)
        }))
  }
}
