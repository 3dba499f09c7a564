import Covering

/// Random instances of one kind: so many pairs, each with so many of all contacts.
struct Kind {
  let pairs: Int
  let sizes: ClosedRange<Int>
  let contacts: Int

  var name: String {
    let size =
      sizes.count == 1 ? "\(sizes.lowerBound)" : "\(sizes.lowerBound)–\(sizes.upperBound)"
    return "\(pairs) pairs of \(size) of \(contacts)"
  }

  func instance(_ random: inout some RandomNumberGenerator) -> MembershipChanges {
    var starts: [Int32] = [0]
    var members: [Int32] = []
    var everyone = Array(0..<Int32(contacts))
    for _ in 0..<pairs {
      let size = Int.random(in: sizes, using: &random)
      for place in 0..<size {
        everyone.swapAt(place, Int.random(in: place..<contacts, using: &random))
      }
      members += everyone.prefix(size).sorted()
      starts.append(Int32(members.count))
    }
    return MembershipChanges(
      contactCount: contacts, starts: starts, members: members,
      mayFold: Array(repeating: true, count: contacts), limit: 100)
  }
}
