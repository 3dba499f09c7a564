import CEL
import Contacts
import Execution
import Foundation
import Planning
import Pulling
import RandomCalls
import Simulator
import StateStore
import Synchronization

@testable import Delivery

/// A simulated workspace, calls for it, and a state directory.
final class DeliveryScene: Sendable {
  let api: SimulatedAPI
  let directory: String
  let lines: [[UInt8]]
  let order: [CallOrder]
  let waits = Mutex<[Duration]>([])

  /// 2026-11-25T00:00:01Z: what the workspace holds is a day older.
  private static let start = Timestamp(microseconds: 1_795_564_801_000_000)

  /// Calls are written as `METHOD endpoint "query":…,"body":…` and are one batch.
  init(
    _ calls: [String], dialect: Dialect = .weni, state: String = "{}", rates: String = "null",
    faults: FaultPlan = FaultPlan()
  ) throws {
    var workspace = Workspace(dialect)
    let calm =
      #"{"workspace": {"block_flaw": false, "rates": {"v2": \#(rates), "v2.contacts": \#(rates)}}}"#
    let yesterday = Self.start.advanced(by: .seconds(-86_400))
    for text in [calm, state] {
      try StateFile.apply(Array(text.utf8), to: &workspace, at: yesterday)
    }
    api = SimulatedAPI(
      workspace, clock: .virtual(now: Self.start, step: .milliseconds(1)), faults: faults)
    lines = Self.lines(calls)
    order = try Self.order(of: lines)
    let disk = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
    directory = "\(disk)/regra-\(UUID())"
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  private static func lines(_ calls: [String]) -> [[UInt8]] {
    calls.enumerated().map { index, call in
      let parts = call.split(separator: " ", maxSplits: 2)
      let line = """
        {"batch":1,"call":\(index + 1),"method":"\(parts[0])","path":"/api/v2/\(parts[1]).json",\
        \(parts[2]),"because":[{"rule":"r\(index + 1)","at":"a.yaml:1","event":"e"}]}
        """
      return Array(line.utf8)
    }
  }

  /// What is known of the order without a planner: contacts are told apart by their names, those that
  /// answers name too; nothing runs beside changes of groups and fields.
  private static func order(of lines: [[UInt8]]) throws -> [CallOrder] {
    var reader = CallReader()
    var numbers: [String: Int32] = [:]
    var contacts: [Int: [Int32]] = [:]
    var order: [CallOrder] = []
    func number(_ name: String) -> Int32 {
      // Contact n of the state has both names.
      let key = name.split(separator: name.contains(":") ? ":" : "-").last.map(String.init) ?? name
      let short = String(key.drop { $0 == "0" })
      return numbers[short, default: Int32(numbers.count)].with { numbers[short] = $0 }
    }
    for line in lines {
      guard let call = try line.withUnsafeBytes({ try reader.read($0) }) else { continue }
      var about: [Int32] = []
      func note(_ reference: Call.Reference) {
        switch reference {
        case .text(let text): about.append(number(text))
        case .answer(let call): about += contacts[call] ?? []
        }
      }
      var isInURNLane = false
      if call.path.hasSuffix("/contacts.json"), let query = call.query { note(query.value) }
      switch call.body {
      case .action(_, let names, _): for name in names { note(name) }
      case .contact(let body):
        switch body.urns {
        case .list(let urns):
          for urn in urns { note(.text(urn)) }
          isInURNLane = call.query != nil
        case .edit(let answer, let add, let first, let remove):
          for urn in add + first + remove { note(.text(urn)) }
          isInURNLane = true
          order[answer - 1].isInURNLane = true
        case nil: break
        }
      case .field, .group, nil: break
      }
      contacts[call.number] = about
      order.append(
        CallOrder(
          round: 0, contacts: Array(Set(about)), after: call.after, isInURNLane: isInURNLane,
          standsAlone: call.path.hasSuffix("groups.json") || call.path.hasSuffix("fields.json")))
    }
    return order
  }

  var server: AuthorizedTransport { AuthorizedTransport(api, token: Workspace.firstToken) }

  var now: PointInTime { PointInTime(microseconds: api.clock.now.microseconds) }

  /// Plans the calls as a window of a run does.
  func plan(_ journal: DeliveryJournal) throws {
    var planned = DeliveryJournal.Planned(at: now)
    planned.lines = lines.map { $0[...] }
    planned.order = order
    try journal.plan(planned)
  }

  /// Delivers what the journal has.
  func deliver(
    _ journal: DeliveryJournal, over transport: (any Transport)? = nil, inFlight: Int = 4,
    limits: QuotaLimits = .none, moves: URNMoves = .setAside, attempts: Int = 8,
    isPatient: Bool = false,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) async throws -> DeliveryReport {
    var options = DeliveryOptions()
    options.inFlight = inFlight
    options.limits = limits
    options.urnMoves = moves
    options.retries.attemptLimit = attempts
    options.isPatient = isPatient
    let delivery = try Delivery(
      journal, over: transport ?? server, profile: APIProfile(api.workspace.dialect),
      options: options,
      clock: WaitingClock(of: api),
      now: { [api] in
        PointInTime(microseconds: api.clock.now.microseconds)
      }, isStopped: isStopped,
      observe: { [self] event in
        if case .waiting(_, let duration) = event { waits.withLock { $0.append(duration) } }
      })
    delivery.finishInput()
    return await delivery.run()
  }

  var contacts: [String] { get throws { try api.contactLines } }
}

extension Int32 {
  fileprivate func with(_ body: (Int32) -> Void) -> Int32 {
    body(self)
    return self
  }
}
