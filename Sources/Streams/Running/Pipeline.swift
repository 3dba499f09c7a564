package import Engine
package import Knowledge
package import Planning
internal import CGlibc
internal import Glibc

/// Where a run's results go.
package struct RunOutlets {
  package var sink: any Sink
  /// Gets one line `rule event-id` for each firing.
  package var trace: OutputFile?
  package var progress: (any ProgressView)?
  /// Sees what each batch changes, before its calls are written.
  package var record: ((CallTable, Batch, borrowing ContactSnapshot) -> Void)?
  /// Takes all windows, instead of the sink.
  package var ledger: (any WindowLedger)?
  /// Keeps what is read from standard input.
  package var spool: Spool?

  package init(
    sink: any Sink, trace: OutputFile? = nil, progress: (any ProgressView)? = nil,
    record: ((CallTable, Batch, borrowing ContactSnapshot) -> Void)? = nil
  ) {
    self.record = record
    self.sink = sink
    self.trace = trace
    self.progress = progress
  }
}

/// Shows how far a run has come.
package protocol ProgressView: AnyObject {
  /// Called after each chunk; what it draws is its own decision.
  func show(byteCount: Int, eventCount: Int)
  /// Makes room for other output.
  func clear()
}

/// The whole way of a run: one thread reads, several evaluate, and one at a time merges in order.
package enum Pipeline {
  /// Runs a program over inputs until they end or something ends the run.
  ///
  /// The same program, events, clock and snapshot give the same bytes at any number of workers.
  package static func run(
    _ program: Program, over inputs: [Input], options: RunOptions, into outlets: RunOutlets,
    stop: StopSignal = StopSignal(), knowing snapshot: ContactSnapshot? = nil
  ) -> RunReport {
    run(
      LiveProgram(program), over: inputs, options: options, into: outlets, stop: stop,
      knowing: snapshot)
  }

  /// The same with rules that may be replaced meanwhile: each window has those that were in force when
  /// it began.
  package static func run(
    _ rules: LiveProgram, over inputs: [Input], options: RunOptions, into outlets: RunOutlets,
    stop: StopSignal = StopSignal(), knowing snapshot: ContactSnapshot? = nil
  ) -> RunReport {
    let start = RunClock.monotonic()
    // What a table leaves when it moves to larger memory would never be filled again by smaller ones.
    mallopt(M_MMAP_THRESHOLD, 1 << 20)
    let workerCount = max(1, options.workerCount)
    let pool = BlockPool(byteCount: options.blockByteCount)
    let ring = Ring<Chunk>(capacity: 2 * workerCount + 2)
    let queue = Monitor(MergeQueue())
    let encoding = SharedEncoding(
      queue: queue, workerCount: workerCount, pieceByteCount: options.pieceByteCount)
    let merge = Monitor(
      WindowMerge(
        rules.edition, inputs: inputs, options: options, outlets: outlets, stop: stop,
        snapshot: snapshot, encoding: encoding))
    let evaluating = Evaluating(
      byteLimit: options.byteLimit, isProfiling: options.profiles, ring: ring, queue: queue,
      merge: merge, encoding: encoding, pool: pool)
    let crew = Crew { evaluating.work() }
    crew.start(workerCount)
    var reader = InputReader(
      limits: options.limits(for: inputs), byteLimit: options.byteLimit, clock: options.clock,
      rules: rules, stop: stop, pool: pool, deliver: { ring.put($0) })
    let ending = reader.read(
      inputs, from: options.resume?.positions ?? [], spool: outlets.spool)
    ring.close()
    crew.join()
    var report = merge.update { $0.finish() }
    report.emptyInputs = reader.emptySources
    report.nanoseconds = RunClock.monotonic() - start
    if report.ending == .complete {
      switch ending {
      case .complete: break
      case .stopped: report.ending = .interrupted(stop.signal)
      case .failed(let failure): report.ending = .inputFailed(failure)
      }
    }
    return report
  }
}

/// What each thread that evaluates chunks does.
private struct Evaluating: Sendable {
  let byteLimit: Int
  let isProfiling: Bool
  let ring: Ring<Chunk>
  let queue: Monitor<MergeQueue>
  let merge: Monitor<WindowMerge>
  let encoding: SharedEncoding
  let pool: BlockPool

  func work() {
    // Handed in last: who closes a window would have it wait, and it could help meanwhile.
    var profile: (counters: ProfileCounters, edition: LiveProgram.Edition)?
    var next = ring.take()
    while let edition = next?.element.edition {
      add(profile)
      let clock: (@Sendable () -> Int64)? =
        isProfiling ? { @Sendable in RunClock.monotonic() } : nil
      var evaluator = Evaluator(edition.program, byteLimit: byteLimit, profilingBy: clock)
      while var taken = next, taken.element.edition?.number == edition.number {
        // The block is given back below, where nobody else has it.
        next = nil
        let box = queue.update { $0.begin() }
        evaluator.evaluate(
          taken.element.block.bytes(taken.element.block.capacity), taken.element.records,
          source: taken.element.source, now: taken.element.now, into: &box.log)
        pool.recycle(&taken.element)
        put(taken.element, box, ticket: taken.ticket)
        mergeWhatIsNext()
        next = ring.take()
      }
      profile = evaluator.profile.map { ($0, edition) }
    }
    while queue.update(when: { $0.encoding.hasWork || $0.isDone }, { $0.encoding.hasWork }) {
      encoding.help()
    }
    add(profile)
  }

  private func add(_ profile: (counters: ProfileCounters, edition: LiveProgram.Edition)?) {
    if let profile { merge.update { $0.add(profile.counters, profile.edition) } }
  }

  /// Leaves a log as soon as there is room for it, and encodes calls until then.
  private func put(_ chunk: Chunk, _ box: MergeQueue.LogBox, ticket: Int) {
    while true {
      let isPut = queue.update(when: { $0.hasRoom(for: ticket) || $0.encoding.hasWork }) { queue in
        guard queue.hasRoom(for: ticket) else { return false }
        queue.put(chunk, box, ticket: ticket)
        return true
      }
      if isPut { return }
      encoding.help()
    }
  }

  private func mergeWhatIsNext() {
    while let entry = queue.update({ $0.take() }) {
      merge.update { $0.merge(entry.chunk, entry.log.log) }
      entry.log.log.reset()
      queue.update { $0.giveBack(entry) }
    }
  }
}

extension BlockPool {
  /// Takes the chunk's block, and keeps it unless another chunk still reads it.
  func recycle(_ chunk: inout Chunk) {
    if isKnownUniquelyReferenced(&chunk.block) { giveBack(chunk.block) }
    chunk.block = .empty
  }
}
