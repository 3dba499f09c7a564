internal import Engine
internal import Knowledge
internal import Planning

/// What happens to chunks in their order: merging, and at the end of a window planning and writing.
struct WindowMerge: ~Copyable {
  private var merger: Merger
  private var encoder: CallEncoder
  private let encoding: SharedEncoding
  private var planner: WindowPlanner
  /// Which of the run's rules these are.
  private var edition: Int
  private let options: RunOptions
  private let sink: any Sink
  private let ledger: (any WindowLedger)?
  /// How far each source was read that gave something since the last window.
  private var positions: [SourcePosition] = []
  private let trace: OutputFile?
  private let record: ((CallTable, Batch, borrowing ContactSnapshot) -> Void)?
  private let progress: (any ProgressView)?
  private let stop: StopSignal
  private var report = RunReport()
  private var problems: [InputProblem] = []
  private var problemCount = 0
  private var eventCount = 0
  private var profiles = ProfileLedger()
  /// Whether nothing more may be written.
  private(set) var isOver = false

  init(
    _ edition: LiveProgram.Edition, inputs: [Input], options: RunOptions, outlets: RunOutlets,
    stop: StopSignal, snapshot: ContactSnapshot?, encoding: SharedEncoding
  ) {
    let program = edition.program
    self.edition = edition.number
    self.options = options
    self.stop = stop
    self.encoding = encoding
    sink = outlets.sink
    ledger = outlets.ledger
    trace = outlets.trace
    record = outlets.record
    progress = outlets.progress
    merger = Merger(
      program, mode: options.merge, sources: inputs.map(\.path),
      tracesFirings: outlets.trace != nil, snapshot: snapshot,
      urnMoves: options.urnMoves, keepsReplaced: outlets.record != nil)
    encoder = CallEncoder(program: program)
    var wishes = WindowPlanner.Wishes()
    wishes.mode = options.merge
    wishes.aim = options.aim
    wishes.recordsChanges = outlets.record != nil
    wishes.guarding = options.guarding == .enforced ? .enforced : .ignored
    wishes.freshSeconds = options.freshSeconds
    planner = WindowPlanner(
      program, wishes, beginningWith: merger,
      contactCount: snapshot.flatMap { $0.contactCount > 0 ? $0.contactCount : nil },
      deleteCount: options.resume?.deleteCount ?? 0, startedAt: options.clock.now())
    if ledger != nil { merger.remember(options.resume?.marks ?? []) }
    report.inputs = inputs
    report.knowsInventory = snapshot?.inventory.isKnown ?? false
  }

  /// Merges one chunk's log; its turn must have come.
  mutating func merge(_ chunk: Chunk, _ log: borrowing Log) {
    guard !isOver else { return }
    if let edition = chunk.edition, edition.number != self.edition { adopt(edition) }
    merger.apply(log)
    eventCount += chunk.records.count
    note(chunk.position)
    keep(chunk.problems)
    do throws(SinkFailure) {
      if let trace { try trace.write(merger.takeTrace()) }
      if options.strictness == .strict, problemCount + merger.problemCount > 0 {
        return end(.badLine)
      }
      if chunk.endsWindow {
        try closeWindow(at: chunk.now, isLast: chunk.endsInput)
      } else if merger.byteCount > options.memoryLimit {
        report.earlyWindowCount += 1
        try closeWindow(at: chunk.now, isLast: false)
      }
    } catch {
      end(error)
    }
    progress?.show(byteCount: chunk.bytesRead, eventCount: eventCount)
  }

  /// Goes on with other rules, at the beginning of a window.
  private mutating func adopt(_ edition: LiveProgram.Edition) {
    self.edition = edition.number
    merger.adopt(edition.program)
    planner.adopt(edition.program)
    encoder = CallEncoder(program: edition.program)
  }

  /// Adds what a worker timed.
  mutating func add(_ counters: ProfileCounters, _ edition: LiveProgram.Edition) {
    profiles.add(counters, edition.program, edition: edition.number)
  }

  private mutating func note(_ position: SourcePosition) {
    guard ledger != nil else { return }
    if positions.last?.source == position.source {
      positions[positions.count - 1] = position
    } else {
      positions.append(position)
    }
  }

  private mutating func keep(_ found: [InputProblem]) {
    problemCount += found.count
    problems += found.prefix(max(0, 1_000 - problems.count))
  }

  private mutating func closeWindow(at now: Int64, isLast: Bool) throws(SinkFailure) {
    var window = planner.closeWindow(of: &merger, at: now, isLast: isLast)
    try send(window)
    planner.takeBack(&window, for: &merger)
  }

  private mutating func send(_ window: WindowPlanner.Window) throws(SinkFailure) {
    guard !window.batch.parts.isEmpty || !window.batch.workspace.isEmpty else {
      return try commit(window)
    }
    if let objection = window.objection { return end(.guardExceeded(objection)) }
    report.calls.unchanged += window.table.counts.unchanged
    record?(window.table, window.batch, merger.snapshot)
    guard window.table.count > 0 else { return try commit(window) }
    if options.profiles { profiles.count(window, merger.program, edition: edition) }
    progress?.clear()
    if ledger == nil, let sink = sink as? any PieceSink {
      try write(window, to: sink)
    } else {
      var calls: [UInt8] = []
      encoding.encode(window.table, of: window.batch, by: encoder) { piece in
        calls.makeLargeRoom(for: piece.count)
        calls.append(contentsOf: piece)
        return true
      }
      if ledger == nil {
        try sink.write(calls, batch: window.batch.number)
      } else {
        try commit(window, calls: calls)
      }
    }
    report.batchCount += 1
    report.calls.add(window.table.counts)
  }

  /// Writes calls as they are encoded: a window of many megabytes is never whole in memory.
  private func write(
    _ window: WindowPlanner.Window, to sink: any PieceSink
  ) throws(SinkFailure) {
    var failure: SinkFailure?
    encoding.encode(window.table, of: window.batch, by: encoder) { piece in
      do throws(SinkFailure) {
        try sink.write(piece: UnsafeRawBufferPointer(piece), batch: window.batch.number)
      } catch {
        failure = error
      }
      return failure == nil
    }
    if let failure { throw failure }
  }

  private mutating func commit(
    _ window: WindowPlanner.Window, calls: [UInt8] = []
  ) throws(SinkFailure) {
    guard let ledger else { return }
    var counts = merger.counts
    counts.unusable += problemCount
    try ledger.commit(
      ClosedWindow(
        batch: window.batch, table: window.table, calls: calls, positions: positions,
        deleteCount: planner.deletionCount,
        marks: merger.takeRepeatMarks(), counts: counts))
    positions = []
  }

  private mutating func end(_ failure: SinkFailure) {
    switch failure {
    case .closed: end(.outputClosed)
    case .failed(let failure): end(.outputFailed(failure))
    }
  }

  private mutating func end(_ ending: RunEnding) {
    isOver = true
    report.ending = ending
    stop.raise()
  }

  /// What the run did, once all chunks are merged.
  mutating func finish() -> RunReport {
    progress?.clear()
    report.unjudgedGuards = planner.unjudgedGuards
    report.statistics = merger.statistics
    if options.profiles { report.profile = profiles.profile(of: edition) }
    report.problemCount = problemCount + report.statistics.problemCount
    report.problems = Array(
      (problems + report.statistics.problems)
        .sorted { ($0.source, $0.line) < ($1.source, $1.line) }.prefix(1_000))
    return report
  }
}

extension CallCounts {
  fileprivate mutating func add(_ other: CallCounts) {
    posts += other.posts
    lookups += other.lookups
    groups += other.groups
    statuses += other.statuses
    deletes += other.deletes
    workspace += other.workspace
    naive += other.naive
  }
}
