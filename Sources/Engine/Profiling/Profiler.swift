/// Takes the time of some events on one thread: of finding their rules, of each condition, of what rules write.
///
/// Every 64th event is timed as it goes, on the way that all go; the others only ask whether they are. What reading the clock
/// itself takes is measured first and left out.
final class Profiler {
  /// One event of so many is timed.
  static let stride: UInt64 = 64

  /// Nanoseconds that never go back.
  private let clock: @Sendable () -> Int64
  /// What two readings of the clock are apart with nothing between them.
  private let pause: Int64
  private(set) var counters: ProfileCounters

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
    guard counters.eventCount % Self.stride == 1 else { return false }
    counters.timedCount += 1
    return true
  }

  /// Adds the time of a condition with all that stands in it.
  func addCondition(_ nanoseconds: Int64, _ number: Int32) {
    counters.conditions[Int(number)].nanoseconds += nanoseconds
    counters.conditions[Int(number)].count += 1
  }

  /// Nanoseconds since `start`, without what asking takes.
  func time(since start: Int64) -> Int64 { max(0, clock() - start - pause) }

  var now: Int64 { clock() }

  func addFinding(_ nanoseconds: Int64) { counters.finding += nanoseconds }

  func addWriting(_ nanoseconds: Int64, of rule: Int32) {
    counters.writing[Int(rule)] += nanoseconds
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
