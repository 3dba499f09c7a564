internal import Engine
internal import Playground
internal import Rulesets

/// What tests have seen of one ruleset's lines and actions.
struct CoverageTable: Sendable {
  private(set) var sawTrue: [Bool]
  private(set) var sawFalse: [Bool]
  /// Of each rule which of its actions wrote something.
  private(set) var wrote: [[Bool]]
  /// Of each rule the numbers of its lines.
  private let numbers: [[Int]]

  init(_ runner: TestRunner) {
    sawTrue = Array(repeating: false, count: runner.traced.lineCount)
    sawFalse = sawTrue
    wrote = runner.traced.rules.map { Array(repeating: false, count: $0.actions.count) }
    numbers = runner.traced.rules.map { $0.allLines.map(\.number) }
  }

  /// Adds what an event came to.
  mutating func add(
    _ event: TestRecord.Event, of runner: TestRunner, tracing tracer: inout Tracer
  ) {
    let asked = event.outcomes.rules.flatMap { numbers[$0] }
    for (number, outcome) in zip(asked, event.outcomes.lines) {
      switch outcome {
      case .isTrue: sawTrue[number] = true
      case .isFalse: sawFalse[number] = true
      case .isUnknown: continue
      }
    }
    for rule in event.fired where wrote[rule].contains(false) {
      let trace = tracer.trace(of: rule, event.json, now: event.now, knowing: event.views[rule])
      for write in trace?.writes ?? [] where write.write.outcome == .written {
        wrote[rule][write.action] = true
      }
    }
  }

  mutating func add(_ other: CoverageTable) {
    for number in sawTrue.indices {
      sawTrue[number] = sawTrue[number] || other.sawTrue[number]
      sawFalse[number] = sawFalse[number] || other.sawFalse[number]
    }
    for rule in wrote.indices {
      for action in wrote[rule].indices where other.wrote[rule][action] {
        wrote[rule][action] = true
      }
    }
  }
}
