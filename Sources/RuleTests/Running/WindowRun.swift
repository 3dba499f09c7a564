internal import Contacts
internal import Engine
internal import Execution
internal import Knowledge
internal import Planning
internal import Playground
internal import Pulling
internal import Rulesets
internal import Sending
internal import Simulator

/// One test on its way: a merger with what it knows, and a server with its clock.
struct WindowRun: ~Copyable {
  private let runner: TestRunner
  private let api: SimulatedAPI
  private var merger: Merger
  private var sender: CallSender<WaitingClock>
  private var planner: WindowPlanner
  private var now: Int64
  private var isOver = false
  /// uuids of groups as JSON, and their names, by which people know them.
  private let groupNames: [(uuid: String, name: String)]
  private var fired: [Int]

  init(_ runner: TestRunner, _ given: GivenWorkspace, _ test: TestCase) {
    self.runner = runner
    now = test.now
    api = SimulatedAPI(
      given.server,
      clock: .virtual(now: Timestamp(microseconds: test.now / 1_000), step: .zero),
      faults: FaultPlan(test.answers.map { $0.fault(in: test) }))
    merger = Merger(
      runner.traced.program, mode: .window, sources: ["event"], snapshot: given.snapshot)
    let clock = WaitingClock(of: api)
    let policy = RetryPolicy()
    let transport = RetryingTransport(api, policy: policy, clock: clock) { _, _ in }
    sender = CallSender(
      executor: Executor(
        over: transport, profile: runner.profile, headers: GivenWorkspace.headers, clock: clock),
      rules: runner.provenance, needed: [], policy: policy, clock: clock
    ) { _, _ in }
    var wishes = WindowPlanner.Wishes()
    wishes.freshSeconds = RehearsalScene.freshSeconds
    planner = WindowPlanner(
      runner.traced.program, wishes, beginningWith: merger,
      contactCount: given.snapshot.contactCount, startedAt: test.now)
    groupNames = given.snapshot.inventory.groups.compactMap { group in
      group.uuid.map { (jsonText($0), jsonText(group.name)) }
    }
    fired = Array(repeating: 0, count: runner.ruleset.rules.count)
  }

  /// Puts the events through, window by window.
  mutating func take(
    _ events: [GivenEvent], on bench: inout TestBench, into record: inout TestRecord
  ) async {
    for (index, event) in events.enumerated() {
      if event.after > 0 {
        await closeWindow(isLast: false, into: &record)
        now = now.addingReportingOverflow(event.after).partialValue
        api.clock.advance(to: Timestamp(microseconds: now / 1_000))
      }
      guard !isOver else { break }
      take(event, number: index + 1, on: &bench, into: &record)
    }
    await closeWindow(isLast: true, into: &record)
    finish(&record)
  }

  private mutating func take(
    _ event: GivenEvent, number: Int, on bench: inout TestBench, into record: inout TestRecord
  ) {
    let passage = bench.events.put(event.json, line: number, at: now, into: &merger)
    var entry = TestRecord.Event(
      json: event.json, now: now, isRepeat: passage.isRepeat, outcomes: passage.outcomes,
      views: passage.views)
    let counts = merger.firings
    for rule in counts.indices where counts[rule] > fired[rule] { entry.fired.append(rule) }
    fired = counts
    record.events.append(entry)
  }

  private mutating func closeWindow(
    isLast: Bool, into record: inout TestRecord
  ) async {
    let window = planner.closeWindow(of: &merger, at: now, isLast: isLast)
    guard !isOver, window.table.count > 0 else { return }
    if let objection = window.objection {
      record.problems.append(objection)
      isOver = true
      return
    }
    let (table, batch) = (window.table, window.batch)
    var lines: [UInt8] = []
    let encoder = runner.encoder
    encoder.encode(table, of: batch, into: &lines)
    record.calls += lines.split(separator: 0x0A).map { named($0) }
    for index in 0..<table.count where !isOver {
      await send(table.call(at: index, of: batch), into: &record)
    }
  }

  /// A call in which groups are called by their names.
  private func named(_ call: ArraySlice<UInt8>) -> [UInt8] {
    var text = String(decoding: call, as: UTF8.self)
    guard text.contains("groups") || text.contains("\"group\"") else { return Array(call) }
    for (uuid, name) in groupNames { text.replace(uuid, with: name) }
    return Array(text.utf8)
  }

  private mutating func send(_ call: Call, into record: inout TestRecord) async {
    switch await sender.send(call, isRepeated: false) {
    case .success(let acknowledgement):
      record.setAsideCount += acknowledgement.refusals.count
      record.setAside += acknowledgement.refusals.map { "\($0.item): \($0.words)" }
    case .failure(let interruption):
      // Behind what waiting does not help against a run ends.
      record.problems.append(interruption.sentence)
      isOver = true
    }
  }

  private mutating func finish(_ record: inout TestRecord) {
    let statistics = merger.statistics
    record.problems =
      statistics.problems.map { "event \($0.line): \($0.cause)" } + record.problems
    record.setAsideCount += statistics.setAsideCount
    record.setAside =
      statistics.setAside.map { "\($0.rule), \($0.event): \($0.reason)" } + record.setAside
    record.after = api.workspace.contactRecords
  }
}

extension ScriptedAnswer {
  /// The fault, about every name that requests may have for its contact.
  func fault(in test: TestCase) -> Fault {
    guard let contact else { return fault }
    var fault = self.fault
    let known = test.contacts.first { $0.name.text == contact.text }
    fault.matcher.contact = known?.uuid ?? contact.text
    fault.matcher.aliases = known?.urns.map(\.text) ?? []
    return fault
  }
}

extension Interruption {
  /// A sentence without a full stop.
  fileprivate var sentence: String {
    switch cause {
    case .transport(let failure): "the server was not reached: \(failure)"
    case .throttled: "the server asks to come back later, each time"
    case .serverError(let status): "the server answers \(status), each time"
    case .notAllowed(let words): "the server does not allow it: \(words)"
    case .unexpected(let status): "the server answers \(status)"
    case .cancelled: "the run was ended"
    }
  }
}
