import Contacts
import Engine
import Execution
import Knowledge
import Planning
import Rulesets
import Simulator

/// A run and the server that its calls go to, window after window.
struct RehearsalWorld: ~Copyable {
  var merger: Merger
  private(set) var planner: WindowPlanner
  private let rules: TracedRules
  private let api: SimulatedAPI
  private var executor: Executor<WaitingClock>
  /// Everybody, as they were behind the last window.
  private(set) var known: [String: ContactRecord] = [:]

  init(
    _ rules: TracedRules, in scene: RehearsalScene, _ options: RehearsalOptions,
    guarding: WindowPlanner.Guarding, sources: [String] = ["events"]
  ) {
    self.rules = rules
    var workspace = scene.server(for: rules.ruleset)
    for scope in ThrottleScope.allCases { workspace.setQuota(nil, of: scope) }
    let start = Timestamp(microseconds: scene.now / 1_000)
    api = SimulatedAPI(
      workspace, clock: .virtual(now: start, step: .milliseconds(1)),
      faults: guarding == .enforced ? options.faults : FaultPlan())
    executor = Executor(
      over: AuthorizedTransport(api, token: Workspace.firstToken), profile: rules.profile,
      clock: WaitingClock(of: api), urnMoves: options.allowsURNMoves ? .allowed : .setAside)
    let snapshot = options.isBlind ? nil : scene.snapshot
    merger = Merger(
      rules.program, mode: .window, sources: sources, snapshot: snapshot,
      urnMoves: options.allowsURNMoves ? .allowed : .refused)
    var wishes = WindowPlanner.Wishes()
    wishes.recordsChanges = guarding != .ignored
    wishes.guarding = guarding
    wishes.freshSeconds = RehearsalScene.freshSeconds
    planner = WindowPlanner(
      rules.program, wishes, beginningWith: merger,
      contactCount: snapshot.flatMap { $0.contactCount > 0 ? $0.contactCount : nil },
      startedAt: scene.now)
  }

  /// Everybody who is there.
  var records: [ContactRecord] { api.workspace.contactRecords }

  mutating func remember() {
    known = Dictionary(
      records.map { ($0.uuid, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Moves the server's clock on; it never goes back.
  func moveClock(to now: Int64) { api.clock.advance(to: Timestamp(microseconds: now / 1_000)) }

  /// Closes the window and plans it.
  mutating func closeWindow(at now: Int64, isLast: Bool) -> WindowPlanner.Window {
    planner.closeWindow(of: &merger, at: now, isLast: isLast)
  }

  /// Sends the calls of a window.
  mutating func send(_ calls: [Call]) async -> ExecutionReport { await executor.run(calls) }

  /// Sends the calls of a window and says who is different.
  mutating func changes(
    by window: WindowPlanner.Window
  ) async -> (changes: [ContactChange], setAside: [SetAside]) {
    guard window.table.count > 0 else { return ([], []) }
    let start = api.clock.now
    let calls = (0..<window.table.count).map { window.table.call(at: $0, of: window.batch) }
    let report = await send(calls)
    // A group that goes is left by all who were in it.
    let changed =
      window.batch.workspace.isEmpty
      ? api.workspace.contactChanges(since: start) : allChanges
    let changes: [ContactChange] = changed.compactMap { change in
      let before = known[change.uuid]
      known[change.uuid] = change.record
      guard before != change.record else { return nil }
      return ContactChange(uuid: change.uuid, before: before, after: change.record)
    }
    return (changes, report.setAside)
  }

  private var allChanges: [ContactRecordChange] {
    let all = api.workspace.contactChanges(since: Timestamp(microseconds: 0))
    return all.filter { $0.record != nil || known[$0.uuid] != nil }
  }
}
