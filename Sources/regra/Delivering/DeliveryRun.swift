import Execution
import Contacts
import Delivery
import Engine
private import Glibc
import HTTPTransport
import Pulling
import Rulesets
import StateStore
import Streams

/// `regra run --to URL`: a run whose calls go to a server, by way of a journal.
struct DeliveryRun {
  let stream: StreamOptions
  let options: RunOptions
  let way: WayOptions
  let flags: DeliveryFlags
  let address: ServerAddress
  /// Whether sources are read from their beginning though an earlier run ended within them.
  let startsOver: Bool
  let display: RunWatch.Display

  /// What a run came to.
  struct Outcome: Sendable {
    /// Absent where no events were read.
    var report: RunReport?
    var delivery: DeliveryReport
    /// Absent where nothing was set aside.
    var setAside: SetAsideNotice?
    var reason: String?
  }

  private var directory: String { stream.workspace.state ?? ContactStore.defaultPath }

  /// Opens the state directory for this process alone, or makes it.
  func openDirectory(
    _ watch: RunWatch
  ) throws -> (store: ContactStore, journal: DeliveryJournal) {
    do throws(StoreFailure) {
      return (try ContactStore(directory, for: .writing), try .watched(directory, by: watch))
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Runs rules over inputs until all that it asks for is delivered, or nothing can go on.
  func run(
    _ rules: RulesInForce, over inputs: [Input], into outlets: RunOutlets, screen: DeliveryScreen,
    keeping place: (store: ContactStore, journal: DeliveryJournal), until stop: StopSignal
  ) throws -> Outcome {
    let token = try way.token
    try refuseUnjudged(rules.digest.guards)
    let inputs = Self.reopened(inputs)
    let live = inputs.contains { $0.isLive }
    let delivering = flags.options(
      moves: stream.allowURNMoves ? .allowed : .setAside, isPatient: live)
    return try waiting {
      try await screen.watch.show(display, until: stop) {
        try await way.withTransport(to: address, connections: flags.inFlight) { transport in
          let session = try await ServerSession.open(
            place.store, place.journal, host: address.name, profile: APIProfile(stream.dialect),
            over: transport,
            token: token, options: delivering, screen: screen, stop: stop)
          if startsOver { try start(place.journal) }
          if let earlier = try await session.finishBacklog(), earlier.ending != .complete {
            return Outcome(
              delivery: earlier, setAside: try session.writeSetAside(),
              reason: transport.lastProblem)
          }
          if live { rules.watch { try refuseUnjudged($0.guards) } }
          return try await deliver(
            rules.program, inputs, into: outlets, by: session, isPatient: live)
        }
      }
    }
  }

  private func start(_ journal: DeliveryJournal) throws {
    do throws(StoreFailure) { try journal.forgetSources() } catch { throw CommandFailure(error) }
    try openSpool().removeAll()
  }

  private func openSpool() throws -> Spool {
    do throws(FileFailure) { return try Spool("\(directory)/spool") } catch {
      throw CommandFailure(error)
    }
  }

  /// A percentage is of the contacts that are known: without them nothing would hold a run back.
  private func refuseUnjudged(_ guards: Guards) throws {
    let limits =
      [guards.maxDeletes, guards.maxCreated, guards.maxChanged] + guards.groups.map(\.limit)
    let hasShare = limits.contains { if case .percent? = $0 { true } else { false } }
    guard hasShare, try stream.knowledge(at: now).contactCount == nil else { return }
    throw CommandFailure(
      "a guard of the rules is a share of the contacts, and none are known; `regra pull` first",
      status: ExitStatus.guardExceeded)
  }

  private var now: Int64 { options.clock.now() / 1_000_000_000 }

  /// A file that the shell put in the place of standard input is a file: it can be read again.
  private static func reopened(_ inputs: [Input]) -> [Input] {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return inputs
    }
    return inputs.map { input in
      guard input.place == .standardInput else { return input }
      return Input(.file("/dev/stdin"), path: input.path, byteCount: Int(status.st_size))
    }
  }

  private func deliver(
    _ rules: LiveProgram, _ inputs: [Input], into outlets: RunOutlets, by session: ServerSession,
    isPatient: Bool
  ) async throws -> Outcome {
    let known = try stream.knowledge(at: now)
    let journal = session.journal
    var options = options
    let resume: RunResume
    do throws(StoreFailure) {
      // A week of repeats, as long as there are at most ten million.
      let weekAgo = PointInTime(microseconds: (now - 7 * 86_400) * 1_000_000)
      try journal.forget(before: weekAgo)
      resume = try DeliveryLedger.resume(journal, inputs)
    } catch {
      throw CommandFailure(error)
    }
    for position in resume.positions {
      session.screen.say(
        "going on in \(inputs[Int(position.source)].path) where an earlier run ended "
          + "(--from-start reads all again)")
    }
    options.resume = resume
    let delivery = try session.delivery(isPatient: isPatient)
    let reads = inputs.contains { $0.place == .standardInput }
    let spool = reads ? try openSpool() : nil
    var outlets = outlets
    outlets.spool = spool
    let watch = session.screen.watch
    watch.beginReading(spool: spool)
    outlets.progress = watch
    outlets.ledger = DeliveryLedger(
      journal, of: inputs, spool: spool, watch: watch, now: PullClock.system.now,
      wake: { delivery.wake() })
    let delivering = Task(executorPreference: session.live.executor) { [stop = session.stop] in
      let report = await delivery.run()
      // What cannot be delivered any more need not be read.
      if report.ending != .complete { stop.raise() }
      return report
    }
    let (settings, goals, stop) = (options, outlets, session.stop)
    let report = await onThread {
      Pipeline.run(
        rules, over: inputs, options: settings, into: goals, stop: stop,
        knowing: known.snapshot)
    }
    watch.endReading()
    delivery.finishInput()
    return try finish(report, await delivering.value, session, spool)
  }

  private func finish(
    _ report: RunReport, _ delivered: DeliveryReport, _ session: ServerSession, _ spool: Spool?
  ) throws -> Outcome {
    if delivered.ending == .complete, report.ending == .complete {
      // In this order: what is in the spool is done as long as the journal says how far it was read.
      spool?.removeAll()
      do throws(StoreFailure) { try session.journal.forgetSources() } catch {
        throw CommandFailure(error)
      }
    }
    return Outcome(
      report: report, delivery: delivered, setAside: try session.writeSetAside(),
      reason: session.live.lastProblem)
  }
}

extension DeliveryJournal {
  /// A journal whose commits are measured.
  static func watched(
    _ directory: String, by watch: RunWatch
  ) throws(StoreFailure) -> DeliveryJournal {
    try DeliveryJournal(
      directory,
      observeSync: { [weak watch] in watch?.metrics.recordSync($0) })
  }
}
