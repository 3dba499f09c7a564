/// The dearest prices of the pairs that one call carries: a maximum flow from pairs to contacts.
///
/// Where POSTs and calls cost the same this is a maximum matching, found as Hopcroft and Karp do.
/// A pair passes on at most the price of a call, a contact takes at most the price of a POST. By
/// duality the flow costs as much as the cheapest cover, which is read off its last search.
struct BipartiteFlow {
  private let input: MembershipChanges
  private let index: ContactIndex
  /// What passes along each change.
  private(set) var flow: [Int32]
  /// What pairs and contacts could still pass; nothing for pairs that call anyway or that one call
  /// does not carry.
  private var pairRest: [Int32]
  private var contactRest: [Int32]
  /// Steps from a pair that has something left; -1 where there is no way.
  private var pairLevels: [Int32]
  private var contactLevels: [Int32]
  /// Where each one's search goes on.
  private var pairPlaces: [Int32]
  private var contactPlaces: [Int32]
  private var queue: [Int32] = []
  /// How many changes may still be looked at: with two prices there can be very many ways.
  private var effort: Int
  /// Pairs; each leads to the contact at its place, and that along its own to the next pair.
  private var path: [Int] = []

  init(
    _ input: MembershipChanges, index: ContactIndex, prices: Prices, leastCalls: [Int32],
    effort: Int
  ) {
    self.effort = effort
    self.input = input
    self.index = index
    flow = Array(repeating: 0, count: input.members.count)
    pairRest = (0..<input.pairCount).map { pair in
      leastCalls[pair] == 0 && (1...input.limit).contains(input.size(of: pair)) ? prices.call : 0
    }
    contactRest = input.mayFold.map { $0 ? prices.fold : .max }
    pairLevels = Array(repeating: -1, count: input.pairCount)
    contactLevels = Array(repeating: -1, count: input.contactCount)
    pairPlaces = pairLevels
    contactPlaces = contactLevels
    while search() { augment() }
  }

  /// The contacts that fold in the cheapest cover of these pairs, or in a good one if the search
  /// had to end early.
  var folded: [Bool] { zip(contactLevels, contactRest).map { $0 >= 0 && $1 == 0 } }

  /// Finds how far everything is from a pair that has something left; whether a contact with room
  /// is within reach.
  private mutating func search() -> Bool {
    effort -= pairLevels.count + contactLevels.count
    for pair in pairLevels.indices { pairLevels[pair] = -1 }
    for contact in contactLevels.indices { contactLevels[contact] = -1 }
    queue.removeAll(keepingCapacity: true)
    for pair in pairRest.indices where pairRest[pair] > 0 {
      pairLevels[pair] = 0
      queue.append(Int32(pair))
    }
    var found = false
    var next = 0
    while next < queue.count {
      let pair = Int(queue[next])
      next += 1
      effort -= input.size(of: pair)
      for change in input.changes(of: pair) {
        let contact = Int(input.members[change])
        guard contactLevels[contact] < 0 else { continue }
        contactLevels[contact] = pairLevels[pair] + 1
        if contactRest[contact] > 0 { found = true } else { follow(contact) }
      }
    }
    guard found, effort > 0 else { return false }
    for pair in pairPlaces.indices { pairPlaces[pair] = input.starts[pair] }
    for contact in contactPlaces.indices { contactPlaces[contact] = index.starts[contact] }
    return true
  }

  /// Queues the pairs that pass something to a contact.
  private mutating func follow(_ contact: Int) {
    effort -= index.range(of: contact).count
    for place in index.range(of: contact) where flow[Int(index.changes[place])] > 0 {
      let pair = Int(index.pairs[place])
      guard pairLevels[pair] < 0 else { continue }
      pairLevels[pair] = contactLevels[contact] + 1
      queue.append(Int32(pair))
    }
  }

  private mutating func augment() {
    for pair in pairRest.indices where pairLevels[pair] == 0 {
      while pairRest[pair] > 0, effort > 0, findPath(from: pair) { push() }
    }
  }

  /// Leaves in ``path`` the pairs on a way to a contact with room, each pointing to its change.
  private mutating func findPath(from start: Int) -> Bool {
    path.removeAll(keepingCapacity: true)
    path.append(start)
    while let pair = path.last {
      effort -= 1
      if let contact = nextContact(of: pair) {
        if contactRest[contact] > 0 { return true }
        if let next = nextPair(of: contact) {
          path.append(next)
        } else {
          pairPlaces[pair] += 1
        }
      } else {
        path.removeLast()
        if let previous = path.last { contactPlaces[contact(after: previous)] += 1 }
      }
    }
    return false
  }

  /// Moves a pair's place on to the next contact that is a step farther.
  private mutating func nextContact(of pair: Int) -> Int? {
    let level = pairLevels[pair] + 1
    while pairPlaces[pair] < input.starts[pair + 1] {
      let contact = Int(input.members[Int(pairPlaces[pair])])
      if contactLevels[contact] == level { return contact }
      pairPlaces[pair] += 1
    }
    return nil
  }

  /// Moves a contact's place on to the next pair that passes it something and is a step farther.
  private mutating func nextPair(of contact: Int) -> Int? {
    let level = contactLevels[contact] + 1
    while contactPlaces[contact] < index.starts[contact + 1] {
      let place = Int(contactPlaces[contact])
      let pair = Int(index.pairs[place])
      if pairLevels[pair] == level, flow[Int(index.changes[place])] > 0 { return pair }
      contactPlaces[contact] += 1
    }
    return nil
  }

  /// The contact that a pair on the path points to.
  private func contact(after pair: Int) -> Int { Int(input.members[Int(pairPlaces[pair])]) }

  /// The change through which a contact on the path leads back to the next pair.
  private func backChange(of contact: Int) -> Int {
    Int(index.changes[Int(contactPlaces[contact])])
  }

  private mutating func push() {
    guard let first = path.first, let last = path.last else { return }
    effort -= path.count
    var amount = min(pairRest[first], contactRest[contact(after: last)])
    for pair in path.dropLast() { amount = min(amount, flow[backChange(of: contact(after: pair))]) }
    for pair in path.dropLast() {
      flow[Int(pairPlaces[pair])] += amount
      flow[backChange(of: contact(after: pair))] -= amount
    }
    flow[Int(pairPlaces[last])] += amount
    pairRest[first] -= amount
    contactRest[contact(after: last)] -= amount
  }
}
