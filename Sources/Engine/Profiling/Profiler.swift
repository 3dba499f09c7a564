/// Takes the time of some events on one thread: of finding their rules, of each condition, of what rules write.
///
/// The first 1,024 events are all timed, so that what happens once counts once; then every 64th, for 64. What reading the
/// clock itself takes is measured first and left out.
final class Profiler {
  /// So many events are all timed.
  private static let first: UInt64 = 1_024
  /// Behind them one of so many.
  private static let stride: UInt64 = 64

  /// Nanoseconds that never go back.
  private let clock: @Sendable () -> Int64
  /// What two readings of the clock are apart with nothing between them.
  private let pause: Int64
  private(set) var counters: ProfileCounters
  /// How many events the present one stands for.
  private var weight: Int64 = 1

  init(_ program: Program, clock: @escaping @Sendable () -> Int64) {
    self.clock = clock
    var pauses = (0..<101).map { _ in -clock() + clock() }
    pauses.sort()
    pause = pauses[50]
    counters = ProfileCounters(program)
  }

  /// Says that an event begins; whether it is timed.
  func begin() -> Bool {
    counters.eventCount += 1
    if counters.eventCount > Self.first {
      guard counters.eventCount % Self.stride == 0 else { return false }
      weight = Int64(Self.stride)
    }
    counters.timedCount += 1
    return true
  }

  /// Adds the time of a condition with all that stands in it.
  func addCondition(_ nanoseconds: Int64, _ number: Int32) {
    counters.conditions[Int(number)].nanoseconds += nanoseconds * weight
    counters.conditions[Int(number)].count += Int(weight)
  }

  /// Nanoseconds since `start`, without what asking takes.
  func time(since start: Int64) -> Int64 { max(0, clock() - start - pause) }

  var now: Int64 { clock() }

  func addFinding(_ nanoseconds: Int64) { counters.finding += nanoseconds * weight }

  func addWriting(_ nanoseconds: Int64, of rule: Int32) {
    counters.writing[Int(rule)] += nanoseconds * weight
  }
}

/// What profilers counted; those of several threads add up.
package struct ProfileCounters: Sendable {
  struct Condition: Sendable {
    var nanoseconds: Int64 = 0
    var count = 0
  }

  package fileprivate(set) var eventCount: UInt64 = 0
  package fileprivate(set) var timedCount: UInt64 = 0
  fileprivate(set) var finding: Int64 = 0
  /// By number of the predicate.
  fileprivate(set) var conditions: [Condition]
  /// By number of the rule.
  fileprivate(set) var writing: [Int64]

  package init(_ program: Program) {
    conditions = Array(repeating: Condition(), count: program.predicates.count)
    writing = Array(repeating: 0, count: program.ruleIDs.count)
  }

  /// Adds what was counted of the same program elsewhere.
  package mutating func add(_ other: ProfileCounters) {
    eventCount += other.eventCount
    timedCount += other.timedCount
    finding += other.finding
    for index in conditions.indices {
      conditions[index].nanoseconds += other.conditions[index].nanoseconds
      conditions[index].count += other.conditions[index].count
    }
    for index in writing.indices { writing[index] += other.writing[index] }
  }
}
