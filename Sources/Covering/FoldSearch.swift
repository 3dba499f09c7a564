/// Improves a choice of contacts step by step, for as many steps as it may take.
///
/// A pair is *sold* a call fewer by folding as many of its members as that takes, those first that
/// bring other pairs nearer to a call fewer too. What then folds for nothing is unfolded. A round
/// first spoils a little at random, then sells where that helps, and is taken back if it made the
/// choice worse.
struct FoldSearch {
  private(set) var state: FoldState
  private let goal: Goal
  private(set) var dice: Dice
  /// Who was folded or unfolded in this round, and how many were before this attempt.
  private var journal: [Int32] = []
  /// Those that fold, in no order, with the place of each.
  private var folds: [Int32] = []
  private var places: [Int32]
  /// What a round takes from the budget, whatever it looks at.
  private static let roundCost = 16
  private static let idleLimit = 4_000
  /// How many changes may still be looked at.
  private var budget: Int
  private var candidates: [(worth: Float, contact: Int32)] = []

  init(_ state: FoldState, goal: Goal, dice: Dice, budget: Int) {
    self.dice = dice
    self.state = state
    self.goal = goal
    self.budget = budget
    places = Array(repeating: -1, count: state.folded.count)
    for contact in state.folded.indices where state.folded[contact] {
      places[contact] = Int32(folds.count)
      folds.append(Int32(contact))
    }
  }

  var cost: Cost { goal.cost(of: state) }

  /// Rounds until nothing is left to spend, many led nowhere, or nothing can cost less.
  mutating func improve(until least: Cost) {
    guard !state.loads.isEmpty else { return }
    prune(folds.count)
    var idleRounds = 0
    while budget > 0, idleRounds < Self.idleLimit, cost > least {
      let before = cost
      journal.removeAll(keepingCapacity: true)
      for pair in spoil() + chance() { sell(pair) }
      if cost > before { takeBack(to: 0) }
      idleRounds = cost < before ? 0 : idleRounds + 1
    }
  }
}

extension FoldSearch {
  private mutating func flip(_ contact: Int) {
    journal.append(Int32(contact))
    turn(contact)
  }

  private mutating func turn(_ contact: Int) {
    budget -= state.index.range(of: contact).count
    if state.folded[contact] {
      state.unfold(contact)
      let place = Int(places[contact])
      let moved = folds[folds.count - 1]
      folds[place] = moved
      places[Int(moved)] = Int32(place)
      folds.removeLast()
    } else {
      state.fold(contact)
      places[contact] = Int32(folds.count)
      folds.append(Int32(contact))
    }
  }

  private mutating func takeBack(to count: Int) {
    while journal.count > count, let contact = journal.popLast() { turn(Int(contact)) }
  }

  /// Unfolds a few, now and then many; the pairs that then call more.
  private mutating func spoil() -> [Int] {
    var spoiled: [Int] = []
    for _ in 0..<min(folds.count, 1 + dice.roll(dice.roll(4) == 0 ? 12 : 3)) {
      let contact = Int(folds[dice.roll(folds.count)])
      for place in state.index.range(of: contact) {
        let pair = Int(state.index.pairs[place])
        if state.isFull(pair) { spoiled.append(pair) }
      }
      flip(contact)
    }
    return spoiled.shuffled(using: &dice)
  }

  /// A few pairs, mostly of those that little is missing to sell.
  private mutating func chance() -> [Int] {
    budget -= Self.roundCost
    return (0..<dice.roll(4)).compactMap { _ in
      let pair = dice.roll(state.loads.count)
      return state.loads[pair].excess >> Int32(dice.roll(8)) <= 1 ? pair : nil
    }
  }

  /// Folds members until the pair makes a call fewer, unless that costs more than it saves.
  private mutating func sell(_ pair: Int) {
    budget -= 1
    let before = cost
    let mark = journal.count
    var missing = Int(state.loads[pair].excess)
    while missing > 0, budget > 0 {
      let chosen = bestMembers(of: pair, count: max(1, missing / 4))
      guard !chosen.isEmpty else { break }
      for contact in chosen { flip(contact) }
      missing -= chosen.count
    }
    if missing == 0 { prune(32) }
    if missing > 0 || cost > before { takeBack(to: mark) }
  }

  /// The members not yet folded whose folding is worth most, with a little chance among equals.
  private mutating func bestMembers(of pair: Int, count: Int) -> [Int] {
    candidates.removeAll(keepingCapacity: true)
    budget -= state.input.size(of: pair)
    for change in state.input.changes(of: pair) {
      let contact = Int(state.input.members[change])
      guard state.input.mayFold[contact], !state.folded[contact] else { continue }
      let worth = worth(of: contact) + Float(dice.roll(64)) / 4096
      candidates.append((worth, Int32(contact)))
    }
    guard count > 1 else {
      return candidates.max { $0.worth < $1.worth }.map { [Int($0.contact)] } ?? []
    }
    candidates.sort { ($0.worth, $1.contact) > ($1.worth, $0.contact) }
    return candidates.prefix(count).map { Int($0.contact) }
  }

  /// The parts of calls that a contact's folding saves.
  private mutating func worth(of contact: Int) -> Float {
    let range = state.index.range(of: contact)
    budget -= range.count
    var worth: Float = 0
    for place in range { worth += 1 / Float(state.loads[Int(state.index.pairs[place])].excess) }
    return worth
  }

  /// Unfolds those of some that fold whose folding does not pay.
  private mutating func prune(_ count: Int) {
    guard !folds.isEmpty else { return }
    let start = dice.roll(folds.count)
    for step in 0..<min(count, folds.count) where !folds.isEmpty {
      let contact = Int(folds[(start + step) % folds.count])
      budget -= state.index.range(of: contact).count
      let added = state.callsAdded(unfolding: contact)
      let next = goal.cost(
        folds: state.foldCount - 1, calls: state.callCount + added)
      if next < cost { flip(contact) }
    }
  }
}
