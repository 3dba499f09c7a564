/// Tries every choice, where there are few contacts: each differs from the one before in one.
struct Enumeration {
  /// More contacts than this are not tried out.
  static let limit = 12

  /// The best choice, or the given one where none is better.
  static func best(from start: FoldState, goal: Goal) -> FoldState {
    var state = start
    var best = start
    let free = state.folded.indices.filter { state.input.mayFold[$0] }
    for step in 1..<(1 << free.count) {
      let contact = free[step.trailingZeroBitCount]
      if state.folded[contact] { state.unfold(contact) } else { state.fold(contact) }
      let cost = goal.cost(of: state)
      if cost < goal.cost(of: best) { best = state }
    }
    return best
  }
}
