import Contacts
import Engine
import Execution
import Planning
import Plans
import Simulator

extension Rehearsal {
  /// Rehearses events in a scene.
  ///
  /// - Parameters:
  ///   - events: in the order in which they come.
  ///   - rules: what is rehearsed.
  ///   - scene: who is there, and when.
  ///   - options: how.
  package init(
    _ events: [RehearsalEvent], with rules: TracedRules, in scene: RehearsalScene,
    _ options: RehearsalOptions = RehearsalOptions()
  ) async {
    self.rules = rules
    self.events = events
    var run = RehearsalRun(rules, scene, options)
    before = run.records
    for event in events { await run.play(event) }
    await run.closeWindow(isLast: true)
    steps = run.steps
    windows = run.windows
    after = run.records
    statistics = run.statistics
    objection = run.objection
    unjudgedGuards = run.unjudgedGuards
  }
}

/// The rehearsal while it goes on.
private struct RehearsalRun: ~Copyable {
  private(set) var steps: [Rehearsal.Step] = []
  private(set) var windows: [Rehearsal.Window] = []
  private(set) var objection: String?

  private let rules: TracedRules
  private let options: RehearsalOptions
  private let ruleNumbers: [String: Int]
  private var bench: EventBench
  private var encoder: CallEncoder
  /// As a run does it.
  private var whole: RehearsalWorld
  /// With each event alone in its window.
  private var stepwise: RehearsalWorld
  private var now: Int64
  private var windowStart = 0

  init(_ rules: TracedRules, _ scene: RehearsalScene, _ options: RehearsalOptions) {
    self.rules = rules
    self.options = options
    now = scene.now
    ruleNumbers = Dictionary(
      rules.rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    bench = EventBench(rules, byteLimit: options.byteLimit)
    encoder = CallEncoder(program: rules.program)
    whole = RehearsalWorld(rules, in: scene, options, guarding: .enforced)
    stepwise = RehearsalWorld(rules, in: scene, options, guarding: .ignored)
    stepwise.remember()
  }

  var records: [ContactRecord] { whole.records }
  var statistics: Statistics { whole.merger.statistics }
  var unjudgedGuards: [String] { whole.planner.unjudgedGuards }

  mutating func play(_ event: RehearsalEvent) async {
    if let time = event.now, time != now {
      // The clock is read once a window.
      await closeWindow(isLast: false)
      now = time
      whole.moveClock(to: now)
      stepwise.moveClock(to: now)
    }
    let window = objection == nil ? windows.count : windows.count - 1
    let passage = bench.put(event.text, line: event.line, at: now, into: &whole.merger)
    var step = Rehearsal.Step(window: window, now: now, outcomes: passage.outcomes)
    step.views = passage.views
    step.isRepeat = passage.isRepeat
    await playAlone(&step)
    steps.append(step)
    if let limit = options.windowLimit, steps.count - windowStart >= limit {
      await closeWindow(isLast: false)
    }
  }

  /// What the event does when its window ends with it.
  private mutating func playAlone(_ step: inout Rehearsal.Step) async {
    let known = stepwise.merger.firstSetAside.count
    stepwise.merger.apply(bench.log)
    let window = stepwise.closeWindow(at: now, isLast: false)
    let (changes, setAside) = await stepwise.changes(by: window)
    step.changes = changes
    step.setAside = stepwise.merger.firstSetAside.dropFirst(known).map { item in
      Rehearsal.Refused(rule: ruleNumbers[item.rule], reason: item.reason)
    }
    for item in setAside {
      let rule = item.because.first.map(\.rule).flatMap { $0 < rules.rules.count ? $0 : nil }
      step.setAside.append(Rehearsal.Refused(rule: rule, reason: item.words))
    }
  }

  mutating func closeWindow(isLast: Bool) async {
    let range = windowStart..<steps.count
    guard !range.isEmpty else { return }
    windowStart = steps.count
    guard objection == nil else { return }
    let planned = whole.closeWindow(at: now, isLast: isLast)
    let (batch, table) = (planned.batch, planned.table)
    var window = Rehearsal.Window(steps: range)
    window.calls = (0..<table.count).map { table.call(at: $0, of: batch) }
    encoder.encode(table, of: batch, into: &window.lines)
    window.refused = table.refused
    window.counts = table.counts
    let recorder = PlanRecorder()
    recorder.record(table, of: batch, knowing: whole.merger.snapshot)
    window.contacts = recorder.contacts
    window.proofs = recorder.proofs
    window.objection = planned.objection
    objection = planned.objection
    if objection == nil {
      let report = await whole.send(window.calls)
      window.outcomes = report.outcomes
      window.setAside = report.setAside
    }
    windows.append(window)
  }
}
