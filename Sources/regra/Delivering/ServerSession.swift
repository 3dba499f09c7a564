import CEL
import Applying
import Contacts
import Delivery
import Diagnostics
import Execution
import HTTPTransport
import Pulling
import Sending
import StateStore
import Streams

/// A state directory, its journal, and the workspace that its calls go to.
struct ServerSession {
  static let hostFact = "host"
  static let workspaceFact = "workspace"

  let store: ContactStore
  let journal: DeliveryJournal
  let profile: APIProfile
  let transport: any Transport
  let live: LiveTransport
  let known: SharedKnowledge?
  let options: DeliveryOptions
  let screen: DeliveryScreen
  let stop: StopSignal

  /// The place where parts of calls are that were set aside.
  static func setAsideFile(in directory: String) -> String { "\(directory)/set-aside.ndjson" }

  /// Makes sure that the directory, the server and the token belong together.
  static func open(
    _ store: ContactStore, _ journal: DeliveryJournal, host: String, profile: APIProfile,
    over live: LiveTransport, token: String, options: DeliveryOptions, screen: DeliveryScreen,
    stop: StopSignal
  ) async throws -> ServerSession {
    let transport = MeasuredTransport(
      base: AuthorizedTransport(live, token: token), watch: screen.watch)
    let clock = StoppableClock(base: ContinuousClock(), isStopped: { stop.isSet })
    let documents = DocumentReader(
      over: RetryingTransport(
        transport, policy: options.retries, clock: clock,
        observe: { screen.show(.waiting($0, $1)) }),
      policy: options.retries, clock: clock)
    let workspace: String
    do throws(PullFailure) {
      workspace = try await documents.read("/api/v2/workspace.json") { document in
        document.member("uuid", of: document.root)?.ownedText
      }
    } catch {
      var sentence = "the server \(error.sentence)"
      if case .unreachable = error, let reason = live.lastProblem { sentence += " (\(reason))" }
      throw CommandFailure(sentence + "; nothing was sent", status: ExitStatus.unreachable)
    }
    do {
      try store.verify(
        WorkspaceIdentity(uuid: workspace, host: host, dialect: profile.dialect))
      for (fact, value) in [(hostFact, host), (workspaceFact, workspace)] {
        if let old = try journal.fact(fact), old != value, try journal.backlog().calls > 0 {
          throw CommandFailure(
            "\(journal.path): it holds calls for \(fact) \(old), and this is \(value); send those "
              + "first, or give another --state", status: ExitStatus.unreachable)
        }
        try journal.setFact(fact, to: value)
      }
      let learner =
        try store.workspace == nil
        ? nil : SharedKnowledge(try KnownWorkspace(store, profile, now: PullClock.system.now))
      return ServerSession(
        store: store, journal: journal, profile: profile, transport: transport, live: live,
        known: learner, options: options, screen: screen, stop: stop)
    } catch let failure as StoreFailure {
      throw CommandFailure(failure)
    }
  }

  /// A delivery of what the journal has and will have.
  func delivery(isPatient: Bool) throws -> Delivery<ContinuousClock> {
    var options = options
    options.isPatient = isPatient
    do throws(StoreFailure) {
      let delivery = try Delivery(
        journal, over: transport, profile: profile, options: options, known: known,
        clock: ContinuousClock(), now: PullClock.system.now, isStopped: { [stop] in stop.isSet },
        observe: { [screen] in screen.show($0) })
      screen.watch.observe { [weak delivery] in delivery?.quotas ?? [] }
      return delivery
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Delivers all that there is, on the thread of the connections.
  func run(_ delivery: Delivery<ContinuousClock>) async -> DeliveryReport {
    await withTaskExecutorPreference(live.executor) { await delivery.run() }
  }

  /// Delivers what an earlier process left, if it left something.
  func finishBacklog() async throws -> DeliveryReport? {
    let backlog: (batches: Int, calls: Int)
    do throws(StoreFailure) { backlog = try journal.backlog() } catch {
      throw CommandFailure(error)
    }
    guard backlog.batches > 0 else { return nil }
    screen.say("an earlier run left \(counted(backlog.calls, "call")); they go first")
    screen.watch.takeOver(backlog.calls)
    let delivery = try delivery(isPatient: false)
    delivery.finishInput()
    return await run(delivery)
  }

  /// Puts what was set aside into its file, and says of it what people are told, if there is something.
  func writeSetAside() throws -> SetAsideNotice? {
    do {
      let lines = try journal.setAsideLines()
      guard !lines.isEmpty else { return nil }
      let path = Self.setAsideFile(in: journal.path)
      try WholeFile.write(SetAsideFile.bytes(of: lines), to: path)
      return SetAsideNotice(path: path, advice: SetAsideFile.advice(in: lines))
    } catch let failure as StoreFailure {
      throw CommandFailure(failure)
    } catch let failure as SinkFailure {
      switch failure {
      case .closed: return nil
      case .failed(let failure): throw CommandFailure(failure)
      }
    }
  }
}

/// What people are told of what was set aside.
struct SetAsideNotice: Sendable {
  var path: String
  /// What the server said, and what to do about it.
  var advice: [(words: String, advice: String)]
}
