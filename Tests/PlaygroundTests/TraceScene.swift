import Contacts
import Diagnostics
import Engine
import Knowledge
import Playground
import Rulesets
import Testing

/// Rules that must be without mistakes, compiled to be traced.
func traced(_ files: String...) throws -> TracedRules { try traced(files: files) }

func traced(files: [String]) throws -> TracedRules {
  let sources = files.enumerated().map { SourceText(path: "rules\($0).yaml", contents: $1) }
  let (ruleset, diagnostics) = Ruleset.check(sources, profile: .weni)
  let errors = diagnostics.filter { $0.severity == .error }
  try #require(errors.isEmpty, "\(errors.map(\.message))\n\(files.joined(separator: "---\n"))")
  return TracedRules(try #require(ruleset), sources: sources, profile: .weni)
}

/// 2026-03-02T09:00:00-03:00.
let sceneTime: Int64 = 1_772_452_800_000_000_000

/// The engine as a run uses it, one event at a time, with a trace of each event beside it.
struct TraceScene: ~Copyable {
  private let rules: TracedRules
  private var evaluator: Evaluator
  private var merger: Merger
  private var tracer: Tracer
  private var log = Log()

  init(_ rules: TracedRules, knowing snapshot: ContactSnapshot? = nil) {
    self.rules = rules
    evaluator = Evaluator(rules.program, byteLimit: 1 << 24)
    merger = Merger(
      rules.program, mode: .window, sources: ["events"], tracesFirings: true, snapshot: snapshot)
    tracer = Tracer(rules)
  }

  /// What the engine did for an event: the rules that fired, and those that were unknown.
  struct Done: Equatable {
    var fired: [Int]
    var unknown: [Int]
    var writeCount: Int
  }

  mutating func play(_ event: String) -> (trace: EventTrace, done: Done) {
    var views: [Int: ContactView] = [:]
    for (rule, contact) in tracer.contacts(event.utf8, now: sceneTime) {
      views[rule] = merger.view(ofContact: contact)
    }
    let trace = tracer.trace(event.utf8, now: sceneTime, knowing: views)
    return (trace, run(event))
  }

  /// Why a rule would not fire for an event that comes next.
  mutating func whyNot(_ rule: Int, _ event: String) -> WhyNot {
    let contact = tracer.contacts(event.utf8, now: sceneTime).first { $0.rule == rule }
    let view = contact.flatMap { merger.view(ofContact: $0.contact) }
    return WhyNot(rule, Array(event.utf8), with: rules, now: sceneTime, knowing: view)
  }

  private mutating func run(_ event: String) -> Done {
    let before = merger.statistics.rules.map(\.unknown)
    let writesBefore = merger.counts.mutations
    let bytes = Array(event.utf8) + [UInt8](repeating: 0, count: 64)
    let length = UInt32(event.utf8.count)
    log.reset()
    bytes.withUnsafeBytes {
      evaluator.evaluate(
        UnsafeRawBufferPointer(rebasing: $0[..<Int(length)]),
        [Record(offset: 0, length: length, line: 1)], source: 0, now: sceneTime, into: &log)
    }
    merger.apply(log)
    let ids = String(decoding: merger.takeTrace(), as: UTF8.self).split(separator: "\n").map {
      String($0.prefix { $0 != " " })
    }
    let after = merger.statistics.rules.map(\.unknown)
    return Done(
      fired: rules.rules.indices.filter { ids.contains(rules.rules[$0].id) },
      unknown: rules.rules.indices.filter { after[$0] > before[$0] },
      writeCount: merger.counts.mutations - writesBefore)
  }
}
