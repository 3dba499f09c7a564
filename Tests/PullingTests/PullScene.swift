import Contacts
import Foundation
import Pulling
import RecordedAPI
import Simulator
import StateStore
import Synchronization

/// A simulated workspace, a state directory and a clock that moves when somebody waits.
final class PullScene: Sendable {
  let api: SimulatedAPI
  let dialect: Dialect
  let directory: String
  /// Address lines of all requests of pulls.
  let targets = Mutex<[String]>([])
  let events = Mutex<[PullEvent]>([])

  /// A workspace of contacts `c0`, `c1`, …, each changed a minute after the one before.
  init(_ dialect: Dialect = .weni, contacts count: Int, state: String = "") throws {
    let contacts = (0..<count).map { number in
      let time = Self.start.advanced(by: .seconds(60 * number - 1_000_000)).text
      return #"{"uuid":"\#(contact(number))","name":"c\#(number)","created_on":"\#(time)"}"#
    }
    let text = #"{"contacts":[\#(contacts.joined(separator: ","))]\#(state)}"#
    let now = Timestamp(microseconds: Self.start.microseconds)
    var workspace = try StateFile.read(Array(text.utf8), dialect: dialect, at: now)
    for scope in ThrottleScope.allCases { workspace.setQuota(nil, of: scope) }
    api = SimulatedAPI(workspace, clock: .virtual(now: now, step: .milliseconds(1)))
    self.dialect = dialect
    directory = FileManager.default.temporaryDirectory.appending(path: "regra-\(UUID())").path
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// 2026-03-02T12:00:00Z.
  static let start = PointInTime(microseconds: 1_772_452_800_000_000)

  var now: PointInTime { PointInTime(microseconds: api.clock.now.microseconds) }

  var clock: PullClock {
    let api = self.api
    return PullClock(
      now: { PointInTime(microseconds: api.clock.now.microseconds) },
      sleep: { duration in _ = api.advance(by: duration) })
  }

  /// Pulls until the end, or until so many pages are stored.
  @discardableResult
  func pull(
    token: String = Workspace.firstToken, as dialect: Dialect? = nil, host: String = "test",
    callLimit: Int = 1_000_000, pages pageLimit: Int = .max,
    whenStored: @escaping @Sendable (Int) async throws -> Void = { _ in },
    over transport: (any Transport)? = nil
  ) async throws -> PullReport {
    let pageCount = Mutex(0)
    let store = try ContactStore(directory, for: .writing)
    let base = transport ?? AuthorizedTransport(api, token: token)
    let logged = LoggingTransport(base: base) { [self] target in
      let count = pageCount.withLock(\.self)
      if target.contains("contacts.json") { try? await whenStored(count) }
      targets.withLock { $0.append(target) }
    }
    var options = Puller.Options(
      dialect: dialect ?? self.dialect, host: host, callLimit: callLimit)
    // Servers of dialect rapidpro decide for themselves.
    if self.dialect == .weni { options.pageSize = 100 }
    var puller = try Puller(
      over: logged, into: store, options: options,
      clock: clock, isStopped: { pageCount.withLock { $0 >= pageLimit } },
      observe: { [self] event in
        events.withLock { $0.append(event) }
        if case .progress = event { pageCount.withLock { $0 += 1 } }
      })
    return try await puller.run()
  }

  /// Sends a request of somebody else.
  @discardableResult
  func send(_ method: String, _ target: String, _ body: String = "{}") async throws -> RecordedValue
  {
    let answer = try await AuthorizedTransport(api, token: Workspace.firstToken).send(
      APIRequest(
        method: method, target: "/api/v2/" + target,
        headers: [APIHeader("Content-Type", "application/json")], body: Array(body.utf8)))
    return try answer.body.isEmpty ? .null : RecordedValue.parsed(answer.body)
  }

  func rename(_ number: Int, to name: String) async throws {
    try await send("POST", "contacts.json?uuid=\(contact(number))", #"{"name":"\#(name)"}"#)
  }

  func delete(_ number: Int) async throws {
    try await send("DELETE", "contacts.json?uuid=\(contact(number))")
  }

  /// What the store knows: each contact by its uuid.
  var known: [String: RecordedValue] {
    get throws {
      var contacts: [String: RecordedValue] = [:]
      try ContactStore(directory, for: .reading).reading { reading in
        try reading.forEachContact { stored in
          let contact = try RecordedValue.parsed(Array(stored.body))
          contacts[contact["uuid"]?.string ?? ""] = contact
        }
      }
      return contacts
    }
  }

  /// What the server knows.
  var actual: [String: RecordedValue] {
    get async throws {
      var contacts: [String: RecordedValue] = [:]
      var target: String? = "contacts.json"
      while let page = target {
        let value = try await send("GET", page)
        for contact in value["results"]?.items ?? [] {
          contacts[contact["uuid"]?.string ?? ""] = contact
        }
        target = value["next"]?.string.flatMap { $0.components(separatedBy: "/api/v2/").last }
      }
      return contacts
    }
  }

  var contactCalls: Int { targets.withLock { $0.count { $0.contains("contacts.json") } } }

  func waits(for reason: WaitReason) -> [Duration] {
    events.withLock { events in
      events.compactMap { event in
        if case .waiting(reason, let rest) = event { rest } else { nil }
      }
    }
  }

  var forecast: PullForecast? {
    events.withLock { events in
      events.lazy.compactMap { if case .forecast(let forecast) = $0 { forecast } else { nil } }.last
    }
  }
}

/// The uuid of contact `c0`, `c1`, ….
func contact(_ number: Int) -> String {
  "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - "\(number)".count) + "\(number)"
}

/// Tells of each request before it is sent.
struct LoggingTransport: Transport {
  let base: any Transport
  let log: @Sendable (String) async -> Void

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    await log(request.target)
    return try await base.send(request)
  }
}

/// Answers contacts.json from a list, the last item again and again, and the rest as a server does.
final class ScriptedTransport: Transport {
  private let base: any Transport
  private let answers: Mutex<[APIAnswer]>

  init(_ scene: PullScene, _ bodies: [String], status: Int = 200) {
    base = AuthorizedTransport(scene.api, token: Workspace.firstToken)
    answers = Mutex(bodies.map { APIAnswer(status: status, body: Array($0.utf8)) })
  }

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    guard request.target.contains("contacts.json") else { return try await base.send(request) }
    return answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
  }
}
