import Contacts
import Engine
import Execution
import Planning
import Plans
import Simulator

/// One of two rulesets while its run goes on.
struct ComparedSide: ~Copyable {
  private var world: RehearsalWorld
  private var evaluator: Evaluator
  private var log = Log()
  private let recorder = PlanRecorder()
  private var half: Comparison.Half
  /// What calls to delete name, if it is gone behind them.
  private(set) var deleted: [String: Comparison.Origin] = [:]

  init(
    _ rules: TracedRules, in scene: RehearsalScene, _ options: RehearsalOptions,
    sources: [String]
  ) {
    world = RehearsalWorld(rules, in: scene, options, guarding: .told, sources: sources)
    evaluator = Evaluator(rules.program, byteLimit: options.byteLimit)
    half = Comparison.Half(rules: rules)
  }

  var records: [ContactRecord] { world.records }
  var byteCount: Int { world.merger.byteCount }
  var statistics: Statistics { world.merger.statistics }
  var rules: TracedRules { half.rules }

  /// What the side came to so far.
  var result: Comparison.Half {
    var half = half
    let statistics = world.merger.statistics
    half.fired = statistics.rules.map(\.fired)
    half.setAsideCount += statistics.setAsideCount
    half.contactCount = world.records.count
    half.unjudgedGuards = world.planner.unjudgedGuards
    return half
  }

  var origins: WriteOrigins { WriteOrigins(recorder.contacts, half.rules.profile) }

  mutating func put(
    _ bytes: UnsafeRawBufferPointer, _ records: [Record], source: Int32, at now: Int64
  ) {
    log.reset()
    evaluator.evaluate(bytes, records, source: source, now: now, into: &log)
    world.merger.apply(log)
  }

  /// Closes the window, and carries its calls out.
  mutating func closeWindow(at now: Int64, isLast: Bool) async -> CallTally {
    world.moveClock(to: now)
    let window = world.closeWindow(at: now, isLast: isLast)
    half.objection = half.objection ?? window.objection
    let (batch, table) = (window.batch, window.table)
    recorder.record(table, of: batch, knowing: world.merger.snapshot)
    let calls = (0..<table.count).map { table.call(at: $0, of: batch) }
    add(table.counts)
    let report = await world.send(calls)
    half.setAsideCount += report.setAside.count
    noteDeletions(calls, report.outcomes)
    return CallTally(calls, half.rules.rules)
  }

  private mutating func add(_ counts: CallCounts) {
    half.calls.posts += counts.posts
    half.calls.lookups += counts.lookups
    half.calls.groups += counts.groups
    half.calls.statuses += counts.statuses
    half.calls.deletes += counts.deletes
    half.calls.workspace += counts.workspace
  }

  private mutating func noteDeletions(_ calls: [Call], _ outcomes: [CallOutcome]) {
    let numbers = Dictionary(
      calls.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    for (call, outcome) in zip(calls, outcomes) where outcome.problem == nil {
      for (index, contact) in call.deletedContacts.enumerated() {
        let reason = call.because.last { $0.contact ?? index == index }
        deleted[contact.name(in: numbers)] = Comparison.Origin(
          rule: reason?.rule ?? 0, event: reason?.event ?? "")
      }
    }
  }
}

extension Call {
  /// Whom the call deletes.
  fileprivate var deletedContacts: [Reference] {
    if method == .delete, path.hasSuffix("/contacts.json"), let query { return [query.value] }
    if case .action("delete", let contacts, _)? = body { return contacts }
    return []
  }
}
