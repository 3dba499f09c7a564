/// Tries every choice, where there are few contacts: each differs from the one before in one.
enum Enumeration {
  /// More contacts that may fold than this are not tried out.
  private static let limit = 12

  static func isPossible(for state: FoldState) -> Bool {
    var count = 0
    for contact in state.folded.indices where isFree(contact, state) {
      count += 1
      guard count <= limit else { return false }
    }
    return true
  }

  private static func isFree(_ contact: Int, _ state: FoldState) -> Bool {
    state.input.mayFold[contact] && !state.index.range(of: contact).isEmpty
  }

  /// The best choice, or the given one where none is better.
  static func best(from start: FoldState, goal: Goal) -> FoldState {
    var state = start
    var best = start
    let free = start.folded.indices.filter { isFree($0, start) }
    for step in 1..<(1 << free.count) {
      let contact = free[step.trailingZeroBitCount]
      if state.folded[contact] { state.unfold(contact) } else { state.fold(contact) }
      let cost = goal.cost(of: state)
      if cost < goal.cost(of: best) { best = state }
    }
    return best
  }
}
