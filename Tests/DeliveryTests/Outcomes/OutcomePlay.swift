import ClosedPorts
import Contacts
import Execution
import HTTPTransport
import Pulling
import Sending
import Simulator
import SimulatorServer
import StateStore
import Synchronization

@testable import Delivery

/// A scene while it is played in one dialect, over one way.
struct OutcomePlay {
  /// Attempts of a request.
  static let attemptLimit = 3

  let scene: OutcomeScene
  let dialect: Dialect
  let way: OutcomeScene.Way
  /// How often the fault strikes; absent: every time.
  var strikes: Int?
  var isPatient = false

  struct Result {
    var report: DeliveryReport
    var sights: [OutcomeWitness.Sight]
    /// Calls that are still planned.
    var leftCount: Int
    var setAside: [String]
    var contactsBefore: [String]
    var contacts: [String]
    var waits: [Duration]
    /// How long it took on the server's clock.
    var time: Duration
  }

  func run() async throws -> Result {
    let faults = try scene.fault.map { text in
      let times = strikes.map { #", "times": \#($0)"# } ?? ""
      return [try FaultFile.readFault(Array("{\(text)\(times)}".utf8))]
    }
    let stage = try DeliveryScene(
      scene.calls, dialect: dialect, state: scene.state, faults: FaultPlan(faults ?? []))
    let before = try stage.contacts
    let start = stage.now
    let journal = try DeliveryJournal(stage.directory)
    try stage.plan(journal)
    let profile = APIProfile(dialect)
    let (report, sights) = try await withServer(stage.api) { transport in
      let witness = OutcomeWitness(
        AuthorizedTransport(transport, token: scene.token), profile)
      let report = try await stage.deliver(
        journal, over: witness, inFlight: 1, moves: scene.moves, attempts: Self.attemptLimit,
        isPatient: isPatient)
      return (report, witness.sights)
    }
    return Result(
      report: report, sights: sights, leftCount: try journal.backlog().calls,
      setAside: try journal.setAsideLines(), contactsBefore: before,
      contacts: try stage.contacts, waits: stage.waits.withLock(\.self),
      time: .microseconds(stage.now.microseconds - start.microseconds))
  }

  /// Sends the first call under a fault that stays, without a delivery; gives what came of it, and how
  /// many requests it took.
  func apply() async throws -> (CallOutcome, Int) {
    let fault = try FaultFile.readFault(Array("{\(scene.fault ?? "")}".utf8))
    let stage = try DeliveryScene(
      scene.calls, dialect: dialect, state: scene.state, faults: FaultPlan([fault]))
    var reader = CallReader()
    let calls = try reader.readAll(Array(stage.lines.joined(separator: [0x0A])))
    let witness = OutcomeWitness(stage.server, APIProfile(dialect))
    let clock = WaitingClock(of: stage.api)
    let transport = RetryingTransport(
      witness, policy: RetryPolicy(), clock: clock, observe: { _, _ in })
    var executor = Executor(over: transport, profile: APIProfile(dialect), clock: clock)
    return (await executor.carryOut(calls[0]), witness.sights.count)
  }

  private func withServer<Answer: Sendable>(
    _ api: SimulatedAPI, _ body: (any Transport) async throws -> Answer
  ) async throws -> Answer {
    if way == .inside { return try await body(api) }
    let closed = try ClosedPort()
    defer { withExtendedLifetime(closed) {} }
    var limits = LiveTransport.Limits()
    limits.answerTime = .milliseconds(250)
    let hasty = limits
    let count = strikes ?? 1_000
    return try await SimulatorServer(api).serve { port in
      let address = try ServerAddress("http://127.0.0.1:\(port)")
      return try await LiveTransport.with(address) { live in
        switch way {
        case .inside, .connection: return try await body(live)
        case .lostConnection:
          let address = try ServerAddress("http://127.0.0.1:\(closed.number)")
          return try await LiveTransport.with(address) {
            try await body(DivertedTransport(live, to: $0, for: 2...count + 1))
          }
        case .hastyConnection:
          return try await LiveTransport.with(address, limits: hasty) {
            try await body(DivertedTransport(live, to: $0, for: 1...count))
          }
        }
      }
    }
  }
}

/// Sends some of the requests another way.
private final class DivertedTransport: Transport {
  private let base: any Transport
  private let other: any Transport
  private let range: ClosedRange<Int>
  private let count = Mutex(0)

  init(_ base: any Transport, to other: any Transport, for range: ClosedRange<Int>) {
    self.base = base
    self.other = other
    self.range = range
  }

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    let number = count.withLock { count in
      count += 1
      return count
    }
    return try await (range.contains(number) ? other : base).send(request)
  }
}
