import Covering
import Glibc

/// Random instances of one kind: so many pairs, each with so many of all contacts.
struct InstanceClass: CaseIterable {
  let pairs: Int
  let sizes: ClosedRange<Int>
  let contacts: Int

  static let allCases = [
    InstanceClass(pairs: 20, sizes: 101...108, contacts: 150),
    InstanceClass(pairs: 30, sizes: 95...105, contacts: 400),
    InstanceClass(pairs: 10, sizes: 1...120, contacts: 300),
    InstanceClass(pairs: 20, sizes: 101...250, contacts: 1_000),
  ]

  func line(count: Int) -> String {
    var random = Random(state: 1)
    var totals = (calls: 0, bound: 0.0, least: 0, bulk: 0, posts: 0, proved: 0)
    var seconds = 0.0
    for _ in 0..<count {
      let changes = instance(&random)
      let start = coreSeconds
      let cover = changes.cheapestCover()
      seconds += coreSeconds - start
      let bound = Double(cover.bound.numerator) / Double(cover.bound.denominator)
      totals.calls += cover.total
      totals.bound += bound
      totals.least += Int(bound.rounded(.up))
      totals.bulk += zip(changes.starts, changes.starts.dropFirst())
        .reduce(0) { $0 + (Int($1.1 - $1.0) + changes.limit - 1) / changes.limit }
      totals.posts += Set(changes.members).count
      totals.proved += cover.isProvedMinimal ? 1 : 0
    }
    return
      "| \(pairs) of \(sizes) of \(contacts) | \(totals.calls) | \(totals.bound) | \(totals.least) | \(Double(totals.calls) / totals.bound) | \(totals.proved) | \(totals.bulk) | \(totals.posts) | \(seconds / Double(count) * 1000) |"
  }

  func instance(_ random: inout Random) -> MembershipChanges {
    var starts: [Int32] = [0]
    var members: [Int32] = []
    var everyone = Array(0..<Int32(contacts))
    for _ in 0..<pairs {
      let size = Int.random(in: sizes, using: &random)
      everyone.shuffle(using: &random)
      members += everyone.prefix(size).sorted()
      starts.append(Int32(members.count))
    }
    return MembershipChanges(
      contactCount: contacts, starts: starts, members: members,
      mayFold: Array(repeating: true, count: contacts), limit: 100)
  }
}

struct Random: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 32)
  }
}

var coreSeconds: Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
