package import Contacts
package import Execution
import Planning
package import Plans
package import Pulling
package import StateStore
import Sending

/// Carries out the calls of a plan: exactly those, each once as far as anybody can know, and none for
/// contacts that somebody changed since the plan was made.
///
/// What is done is in a journal first, so that a run that ends early goes on where it was. A call whose
/// acknowledgement nobody has is sent again; calls set states, so that changes nothing.
package struct PlanApplication<Time: Clock> where Time.Duration == Duration {
  package struct Options: Sendable {
    package var urnMoves: URNMoves
    package var retries = RetryPolicy()
    /// What learns from the answers.
    package var state: State?

    package init(urnMoves: URNMoves = .setAside) { self.urnMoves = urnMoves }
  }

  /// A state directory, and what ties it to a server.
  package struct State: Sendable {
    package var store: ContactStore
    /// The server's name in the store.
    package var host: String
    package var now: @Sendable () -> PointInTime

    package init(
      _ store: ContactStore, host: String,
      now: @escaping @Sendable () -> PointInTime = PullClock.system.now
    ) {
      self.store = store
      self.host = host
      self.now = now
    }
  }

  private let plan: PlanFile
  private let profile: APIProfile
  private let options: Options
  private let journal: Journal
  private let transport: RetryingTransport<StoppableClock<Time>>
  private let clock: StoppableClock<Time>
  private let observe: @Sendable (ApplyEvent) -> Void
  private let calls: [Call]
  private let rules: [CallReader.Rule]

  /// Reads the calls and takes the journal; nothing is sent yet.
  package init(
    of plan: PlanFile, journal path: String, over transport: any Transport,
    options: Options = Options(), clock: Time,
    isStopped: @escaping @Sendable () -> Bool = { false },
    observe: @escaping @Sendable (ApplyEvent) -> Void = { _ in }
  ) throws(ApplyFailure) {
    let objections = plan.head.guards.objections
    guard objections.isEmpty else { throw .guarded(objections) }
    self.plan = plan
    self.options = options
    self.observe = observe
    profile = APIProfile(plan.head.dialect)
    self.clock = StoppableClock(base: clock, isStopped: isStopped)
    self.transport = RetryingTransport(
      transport, policy: options.retries, clock: self.clock,
      observe: { observe(.waiting($0, $1)) })
    var reader = CallReader()
    do throws(CallReader.Failure) {
      calls = try reader.readAll(plan.calls)
    } catch {
      throw .noCall("\(error)")
    }
    rules = reader.rules
    journal = try Journal(path, callCount: calls.count)
  }

  /// Carries out what is left of the plan.
  package func run() async throws(ApplyFailure) -> ApplyReport {
    var record = Record(try journal.entries())
    if !record.isEmpty, record.plan != plan.identity {
      guard record.isFinished else { throw .foreignJournal(path: journal.path) }
      // The last plan of this name is done; its journal has served.
      try journal.replace(with: [])
      record = Record([])
    }
    try forgetDeleted()
    if record.isFinished {
      var report = report(on: record)
      report.ending = .completeBefore
      return report
    }
    let changed = try await changedContacts(record)
    var report = await carryOut(record, without: changed, into: try knownWorkspace())
    do throws(ApplyFailure) { try forgetDeleted() } catch {
      if report.ending == .complete { report.ending = .unwritten(error) }
    }
    return report
  }

  /// Takes out of the journal what it says of contacts that are deleted.
  private func forgetDeleted() throws(ApplyFailure) {
    let erasure = Erasure(of: try journal.entries(), calls, profile)
    if let remainder = erasure.remainder { try journal.replace(with: remainder) }
  }

  /// What answers are written to; nothing where no directory is to learn from them.
  private func knownWorkspace() throws(ApplyFailure) -> KnownWorkspace? {
    guard let state = options.state,
      try storing({ () throws(StoreFailure) in
        try state.store.workspace
      }) != nil
    else { return nil }
    return try storing { () throws(StoreFailure) in
      try KnownWorkspace(state.store, of: calls, profile, now: state.now)
    }
  }

  private func storing<Result>(
    _ body: () throws(StoreFailure) -> Result
  ) throws(ApplyFailure) -> Result {
    do throws(StoreFailure) { return try body() } catch { throw .state(error) }
  }

  /// Makes sure that plan, journal and server belong together, and asks what changed.
  private func changedContacts(_ record: Record) async throws(ApplyFailure) -> ContactNames {
    let time = plan.head.known ?? plan.head.made
    guard let since = Array(time.utf8).withUnsafeBytes({ PointInTime($0) }) else {
      throw .unknownTime(time)
    }
    let documents = DocumentReader(over: transport, policy: options.retries, clock: clock)
    let server = WorkspaceReader(documents: documents, profile: profile)
    let workspace = try await server.workspace()
    if let planned = plan.head.workspace, planned != workspace {
      throw .anotherWorkspace(plan: planned, found: workspace)
    }
    if let known = record.workspace, known != workspace {
      throw .foreignJournal(path: journal.path)
    }
    if let state = options.state {
      let identity = WorkspaceIdentity(
        uuid: workspace, host: state.host, dialect: profile.dialect)
      try storing { () throws(StoreFailure) in try state.store.verify(identity) }
    }
    var wanted = ContactNames(profile)
    for call in calls { for name in call.contactNames { wanted.insert(name) } }
    let own = record.own(calls, profile)
    let smart = Set(plan.head.smartGroups)
    // Whom the plan has deleted by a URN is shown by a uuid alone. Nothing can be done for a deleted
    // contact anyway, and the server says so.
    let deletesByURN = record.hasDeletedByURN(calls)
    let new = try await server.changes(since: since) { listed in
      let contact = listed.contact
      return contact.names.contains { wanted.contains($0) }
        && !contact.names.contains { own.contains($0) }
        && !record.changed.contains { $0.uuid == contact.uuid }
        && !(listed.isDeleted && deletesByURN)
        && plan.head.ahead[contact.uuid] != listed.version(without: smart)
    }
    if record.isEmpty {
      try journal.append(.head(plan: plan.identity, workspace: workspace))
    }
    if !new.isEmpty { try journal.append(.changed(new)) }
    var names = ContactNames(profile)
    for name in (record.changed + new).flatMap(\.names) { names.insert(name) }
    return names
  }

  private func report(on record: Record) -> ApplyReport {
    var report = ApplyReport()
    report.callCount = calls.count
    report.doneBeforeCount = record.done.count
    report.doneCount = record.done.count
    report.refusals = record.acknowledgements.flatMap(\.refusals)
    report.skippedCount = record.acknowledgements.reduce(0) { $0 + $1.skippedCount }
    return report
  }

  private func carryOut(
    _ record: Record, without changed: ContactNames, into known: KnownWorkspace?
  ) async -> ApplyReport {
    var report = report(on: record)
    var filter = CallFilter(changed)
    var sender = CallSender(
      executor: Executor(
        over: transport, profile: profile, clock: clock, urnMoves: options.urnMoves),
      rules: rules, needed: neededAnswers, policy: options.retries, clock: clock,
      observe: { [observe] in observe(.waiting($0, $1)) })
    var hasRestored = false
    for call in calls {
      let filtered = filter.filtered(call)
      let place = CallPlace(call)
      if record.done.contains(place) { continue }
      guard let filtered else {
        report.leftOutCount += 1
        continue
      }
      if !hasRestored {
        hasRestored = true
        sender.restore(record.answers(of: call.batch), of: call.batch)
      }
      let setAsideCount = report.refusals.count
      if let ending = await send(
        filtered, with: &sender, into: known, isRepeated: record.begun == place, &report)
      {
        report.ending = ending
        break
      }
      observe(
        .progress(
          CallKind(filtered), setAside: report.refusals.count - setAsideCount,
          done: report.doneCount + report.leftOutCount, of: calls.count))
    }
    if report.ending == .complete {
      do throws(ApplyFailure) { try journal.append(.finished) } catch {
        report.ending = .unwritten(error)
      }
    }
    report.leftOut = filter.leftOut
    report.requestCount = sender.executor.requestCount
    return report
  }

  /// Sends a call and writes down what came of it; why the run ends, if it does.
  private func send(
    _ call: Call, with sender: inout CallSender<StoppableClock<Time>>,
    into known: KnownWorkspace?, isRepeated: Bool, _ report: inout ApplyReport
  ) async -> ApplyReport.Ending? {
    if clock.isStopped() { return .stopped }
    do throws(ApplyFailure) {
      if call.method != .get { try journal.append(.begun(CallPlace(call))) }
      let answers = sender.answers(of: call)
      let doubted = try storing { () throws(StoreFailure) in
        let doubted = try known?.begin(call, answers: answers, isRepeated: isRepeated)
        try known?.store.sync()
        return doubted
      }
      switch await sender.send(call, isRepeated: isRepeated) {
      case .success(let acknowledgement):
        report.doneCount += 1
        report.refusals += acknowledgement.refusals
        report.skippedCount += acknowledgement.skippedCount
        let findings = sender.executor.findings
        try storing { () throws(StoreFailure) in
          try known?.learn(findings, settling: doubted ?? .init())
          try known?.store.sync()
        }
        try journal.append(.acknowledged(acknowledgement))
        return nil
      case .failure(let interruption):
        return clock.isStopped() ? .stopped : .interrupted(interruption.cause)
      }
    } catch {
      return .unwritten(error)
    }
  }

  private var neededAnswers: Set<CallPlace> {
    var needed: Set<CallPlace> = []
    for call in calls {
      for number in call.references {
        needed.insert(CallPlace(call).with(number))
      }
    }
    return needed
  }
}
