internal import Engine
internal import Planning

/// What was timed under each of a run's rules, and the calls that each rule caused.
struct ProfileLedger {
  private struct Entry {
    let program: Program
    var counters: ProfileCounters
    var calls: [Int]

    init(_ program: Program) {
      self.program = program
      counters = ProfileCounters(program)
      calls = Array(repeating: 0, count: program.ruleIDs.count)
    }
  }

  private var entries: [Int: Entry] = [:]

  /// Adds what a worker timed under an edition of the rules.
  mutating func add(_ counters: ProfileCounters, _ program: Program, edition: Int) {
    entries[edition, default: Entry(program)].counters.add(counters)
  }

  /// Adds the calls of a window.
  mutating func count(_ window: WindowPlanner.Window, _ program: Program, edition: Int) {
    window.table.countCalls(
      of: window.batch, into: &entries[edition, default: Entry(program)].calls)
  }

  /// What is known of an edition; nothing where none of its events was timed.
  func profile(of edition: Int) -> Profile? {
    entries[edition].map { Profile($0.counters, of: $0.program, calls: $0.calls) }
  }
}
