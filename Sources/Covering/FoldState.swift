/// A choice of contacts that fold, and what it costs; contacts are folded and unfolded one by one.
struct FoldState {
  let input: MembershipChanges
  let index: ContactIndex
  private(set) var folded: [Bool]
  /// Of each pair, the members that its bulk calls carry.
  private(set) var rest: [Int32]
  /// How many more of a pair's members must fold to save its next call: 0 where it makes none.
  private(set) var excess: [Int32]
  private(set) var foldCount = 0
  private(set) var callCount = 0
  private let limit: Int32

  init(_ input: MembershipChanges, index: ContactIndex, folded: [Bool]) {
    self.input = input
    self.index = index
    limit = Int32(input.limit)
    self.folded = Array(repeating: false, count: input.contactCount)
    rest = (0..<input.pairCount).map { Int32(input.size(of: $0)) }
    excess = rest.map { [limit] in $0 == 0 ? 0 : ($0 - 1) % limit + 1 }
    callCount = rest.reduce(0) { $0 + input.calls(for: Int($1)) }
    for contact in folded.indices where folded[contact] && input.mayFold[contact] { fold(contact) }
  }

  var callCounts: [Int32] { rest.map { Int32(input.calls(for: Int($0))) } }

  mutating func fold(_ contact: Int) {
    folded[contact] = true
    foldCount += 1
    for place in index.range(of: contact) {
      let pair = Int(index.pairs[place])
      rest[pair] -= 1
      excess[pair] -= 1
      guard excess[pair] == 0 else { continue }
      callCount -= 1
      if rest[pair] > 0 { excess[pair] = limit }
    }
  }

  mutating func unfold(_ contact: Int) {
    folded[contact] = false
    foldCount -= 1
    for place in index.range(of: contact) {
      let pair = Int(index.pairs[place])
      if isFull(pair) {
        callCount += 1
        excess[pair] = 0
      }
      rest[pair] += 1
      excess[pair] += 1
    }
  }

  /// Whether one member more means one call more.
  func isFull(_ pair: Int) -> Bool { excess[pair] == limit || rest[pair] == 0 }

  /// How many calls fewer there are when the contact folds.
  func callsSaved(folding contact: Int) -> Int {
    var count = 0
    for place in index.range(of: contact) where excess[Int(index.pairs[place])] == 1 { count += 1 }
    return count
  }

  /// How many calls more there are when the contact no longer folds.
  func callsAdded(unfolding contact: Int) -> Int {
    var count = 0
    for place in index.range(of: contact) where isFull(Int(index.pairs[place])) { count += 1 }
    return count
  }
}
