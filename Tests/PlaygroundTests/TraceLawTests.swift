import Engine
import Foundation
import Playground
import Rulesets
import Testing

private let caseCount =
  ProcessInfo.processInfo.environment["REGRA_LAW_CASES"].flatMap { Int($0) } ?? 150

@Suite("The law of traces")
struct TraceLawTests {
  @Test("a rule fires, writes or is unknown in a trace exactly as it does in the engine")
  func law() throws {
    var counts: [RuleTrace.Verdict: Int] = [:]
    for seed in 1...UInt64(caseCount) {
      var random = RandomRules(seed: seed)
      let files = random.files()
      let rules = try traced(files: files)
      var scene = TraceScene(rules, knowing: try random.snapshot())
      for number in 0..<12 {
        let event = random.event(number)
        let (trace, done) = scene.play(event)
        for rule in trace.rules { counts[rule.verdict, default: 0] += 1 }
        let writes = trace.rules.flatMap(\.writes).count { $0.write.outcome == .written }
        guard trace.fired == done.fired, trace.unknown == done.unknown, isSound(trace),
          writes == done.writeCount
        else {
          Issue.record(
            """
            seed \(seed), event \(number): \(event)
            fired \(trace.fired), engine \(done.fired)
            unknown \(trace.unknown), engine \(done.unknown)
            writes \(writes), engine \(done.writeCount)
            \(files.joined(separator: "---\n"))
            """)
          return
        }
      }
    }
    // Cases in which nothing of a kind happens would prove nothing about it.
    for verdict in RuleTrace.Verdict.allCases {
      #expect(counts[verdict, default: 0] > caseCount / 10, "\(verdict): \(counts)")
    }
  }

  /// Whether lines agree with the lines in them, and with their rule.
  private func isSound(_ trace: EventTrace) -> Bool {
    trace.rules.allSatisfy { rule in
      let lines = rule.lines.flatMap(\.allLines)
      let areKleene = lines.allSatisfy { $0.kind == .test || $0.outcome == combined($0) }
      switch rule.verdict {
      case .otherType, .switchedOff: return areKleene
      case .fired, .nobody: return areKleene && all(rule.lines) == .isTrue
      case .isFalse: return areKleene && all(rule.lines) == .isFalse && !rule.stoppers.isEmpty
      case .isUnknown: return areKleene && all(rule.lines) == .isUnknown && !rule.stoppers.isEmpty
      }
    }
  }

  private func combined(_ line: LineTrace) -> LineOutcome {
    switch line.kind {
    case .test: line.outcome
    case .all: all(line.children)
    case .any: negated(all(line.children.map { $0.negated }))
    case .none: all(line.children.map { $0.negated })
    }
  }

  private func all(_ lines: [LineTrace]) -> LineOutcome {
    if lines.contains(where: { $0.outcome == .isFalse }) { return .isFalse }
    return lines.contains { $0.outcome == .isUnknown } ? .isUnknown : .isTrue
  }
}

private func negated(_ outcome: LineOutcome) -> LineOutcome {
  switch outcome {
  case .isTrue: .isFalse
  case .isFalse: .isTrue
  case .isUnknown: .isUnknown
  }
}

extension LineTrace {
  fileprivate var negated: LineTrace {
    var copy = self
    copy.outcome = PlaygroundTests.negated(outcome)
    return copy
  }
}
