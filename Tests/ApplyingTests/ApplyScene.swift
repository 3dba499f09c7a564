import CEL
import Contacts
import Execution
import Foundation
import Plans
import Pulling
import RandomCalls
import Simulator
import Synchronization

@testable import Applying

/// A simulated workspace, a plan for it, and a place for its journal.
final class ApplyScene: Sendable {
  let api: SimulatedAPI
  let plan: PlanFile
  let journal: String
  let waits = Mutex<[Duration]>([])

  /// 2026-11-25T00:00:00Z: what the workspace holds is a day older.
  private static let start = Timestamp(microseconds: 1_795_564_800_000_000)
  private static let made = "2026-11-25T00:00:00Z"

  /// Calls are written as `METHOD endpoint "query":…,"body":…` and are one batch.
  init(
    _ calls: [String], dialect: Dialect = .weni, state: String = "{}",
    head: (inout PlanFile.Head) -> Void = { _ in }
  ) throws {
    var workspace = Workspace(dialect)
    let calm = #"{"workspace": {"block_flaw": false, "rates": {"v2": null, "v2.contacts": null}}}"#
    let yesterday = Self.start.advanced(by: .seconds(-86_400))
    for text in [calm, state] {
      try StateFile.apply(Array(text.utf8), to: &workspace, at: yesterday)
    }
    let start = Self.start.advanced(by: .seconds(1))
    api = SimulatedAPI(workspace, clock: .virtual(now: start, step: .milliseconds(1)))
    var planHead = PlanFile.Head(made: Self.made, dialect: dialect)
    head(&planHead)
    plan = PlanFile(head: planHead, calls: Array(Self.lines(calls).utf8))
    // Thousands of journals are written through to the disk; this one is memory.
    let disk = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
    journal = "\(disk)/regra-\(UUID()).journal"
  }

  deinit { try? FileManager.default.removeItem(atPath: journal) }

  private static func lines(_ calls: [String]) -> String {
    calls.enumerated().map { index, call in
      let parts = call.split(separator: " ", maxSplits: 2)
      return """
        {"batch":1,"call":\(index + 1),"method":"\(parts[0])","path":"/api/v2/\(parts[1]).json",\
        \(parts[2]),"because":[{"rule":"r\(index + 1)","at":"a.yaml:1","event":"e"}]}

        """
    }.joined()
  }

  /// Applies the plan, or what is left of it.
  @discardableResult
  func apply(
    over transport: (any Transport)? = nil, moves: URNMoves = .setAside, attempts: Int = 8,
    plan: PlanFile? = nil, journal: String? = nil,
    into state: PlanApplication<WaitingClock>.State? = nil,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) async throws -> ApplyReport {
    var options = PlanApplication<WaitingClock>.Options(urnMoves: moves)
    options.retries.attemptLimit = attempts
    options.state = state
    let application = try PlanApplication(
      of: plan ?? self.plan, journal: journal ?? self.journal, over: transport ?? server,
      options: options, clock: WaitingClock(of: api), isStopped: isStopped,
      observe: { [self] event in
        if case .waiting(_, let duration) = event { waits.withLock { $0.append(duration) } }
      })
    return try await application.run()
  }

  var server: AuthorizedTransport { AuthorizedTransport(api, token: Workspace.firstToken) }

  /// A request of somebody else, a minute later.
  func send(_ method: String, _ target: String, _ body: String = "") async throws {
    _ = api.advance(by: .seconds(60))
    let answer = try await server.send(
      APIRequest(
        method: method, target: "/api/v2/" + target,
        headers: [APIHeader("Content-Type", "application/json")], body: Array(body.utf8)))
    guard answer.status < 300 else { throw Refused(answer: answer) }
  }

  private struct Refused: Error { var answer: APIAnswer }

  var contacts: [String] { get throws { try api.contactLines } }

  /// The lines of the journal.
  var journalLines: [String] {
    get throws {
      try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n").map(String.init)
    }
  }
}
