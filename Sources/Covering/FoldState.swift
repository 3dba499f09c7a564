/// A choice of contacts that fold, and what it costs; contacts are folded and unfolded one by one.
struct FoldState {
  let input: MembershipChanges
  let index: ContactIndex
  private(set) var folded: [Bool]
  private(set) var loads: [Load]
  private(set) var foldCount = 0
  private(set) var callCount = 0
  private let limit: Int32

  init(_ input: MembershipChanges, index: ContactIndex, folded: [Bool]) {
    self.input = input
    self.index = index
    limit = Int32(input.limit)
    self.folded = Array(repeating: false, count: input.contactCount)
    loads = (0..<input.pairCount).map { Load(rest: input.size(of: $0), limit: input.limit) }
    callCount = loads.reduce(0) { $0 + input.calls(for: Int($1.rest)) }
    for contact in folded.indices where folded[contact] && input.mayFold[contact] { fold(contact) }
  }

  /// What the bulk calls of one pair carry.
  struct Load: BitwiseCopyable {
    /// The members that do not fold.
    fileprivate(set) var rest: Int32
    /// How many more of them must fold to save a call: 0 where there is none.
    fileprivate(set) var excess: Int32

    fileprivate init(rest: Int, limit: Int) {
      self.rest = Int32(rest)
      excess = rest == 0 ? 0 : Int32((rest - 1) % limit + 1)
    }
  }

  var callCounts: [Int32] { loads.map { Int32(input.calls(for: Int($0.rest))) } }

  mutating func fold(_ contact: Int) {
    folded[contact] = true
    foldCount += 1
    for place in index.range(of: contact) {
      callCount -= loads[Int(index.pairs[place])].fold(limit)
    }
  }

  mutating func unfold(_ contact: Int) {
    folded[contact] = false
    foldCount -= 1
    for place in index.range(of: contact) {
      callCount += loads[Int(index.pairs[place])].unfold(limit)
    }
  }

  /// Whether one member more means one call more.
  func isFull(_ pair: Int) -> Bool { loads[pair].isFull(limit) }

  /// How many calls more there are when the contact no longer folds.
  func callsAdded(unfolding contact: Int) -> Int {
    index.range(of: contact).reduce(0) { $0 + (isFull(Int(index.pairs[$1])) ? 1 : 0) }
  }
}

extension FoldState.Load {
  func isFull(_ limit: Int32) -> Bool { excess == limit || rest == 0 }

  /// A member less; how many calls that saves.
  fileprivate mutating func fold(_ limit: Int32) -> Int {
    rest -= 1
    excess -= 1
    guard excess == 0 else { return 0 }
    if rest > 0 { excess = limit }
    return 1
  }

  /// A member more; how many calls that adds.
  fileprivate mutating func unfold(_ limit: Int32) -> Int {
    let added = isFull(limit) ? 1 : 0
    excess = added == 1 ? 1 : excess + 1
    rest += 1
    return added
  }
}
