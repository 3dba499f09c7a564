import Checkup
import Contacts
import Diagnostics
import Foundation
import Pulling
import Simulator
import StateStore
import Synchronization

/// A simulated workspace, rules, a state directory, and a machine whose clock may be wrong.
final class CheckupScene: Sendable {
  let api: SimulatedAPI
  let directory: String
  /// What was sent, as `GET /api/v2/…`.
  let requests = Mutex<[String]>([])

  /// A workspace that has what the usual rules need, with these changes.
  init(
    _ dialect: Dialect = .weni, _ changes: String = "{}", holding objects: String = usual,
    faults: String = ""
  ) throws {
    let now = Timestamp(microseconds: 1_795_564_800_000_000)
    var workspace = Workspace(dialect)
    let calm = #"{"workspace": {"rates": {"v2": null, "v2.contacts": null}}}"#
    for text in [calm, objects, changes] {
      try StateFile.apply(Array(text.utf8), to: &workspace, at: now)
    }
    let plan = try FaultFile.read(Array(#"{"faults": [\#(faults)]}"#.utf8))
    api = SimulatedAPI(workspace, clock: .virtual(now: now, step: .milliseconds(1)), faults: plan)
    directory = FileManager.default.temporaryDirectory.appending(path: "regra-\(UUID())").path
  }

  /// What the usual rules need, and a contact.
  static let usual = """
    {"fields": [{"key": "points", "label": "Points", "type": "number"}],
     "groups": [{"name": "Clientes"}, {"name": "Adultos", "query": "age > 18"}],
     "contacts": [{"name": "Ana"}]}
    """

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  static let rules = """
    version: 1
    zone: America/Sao_Paulo
    contact: {urn: "whatsapp:${event.phone}"}
    rules:
      - id: paid
        do:
          - set_fields: {points: "${event.points}"}
          - add_to_group: Clientes
    ensure:
      fields: {points: {label: Points, type: number}}

    """

  /// The server's time.
  var now: PointInTime { PointInTime(microseconds: api.clock.now.microseconds) }

  /// Reads all contacts into the state directory, or so many pages of them.
  func pull(host: String = "shop.example", dialect: Dialect = .weni) async throws {
    let store = try ContactStore(directory, for: .writing)
    let api = api
    var puller = try Puller(
      over: AuthorizedTransport(api, token: Workspace.firstToken), into: store,
      options: .init(dialect: dialect, host: host, callLimit: 1_000),
      clock: PullClock(
        now: { PointInTime(microseconds: api.clock.now.microseconds) },
        sleep: { _ = api.advance(by: $0) }))
    _ = try await puller.run()
  }

  /// What a checkup finds on a machine whose clock is ahead by so much.
  func findings(
    rules: CheckupSubject.Rules = .usual, token: String? = Workspace.firstToken,
    tokenFile: String?? = nil, dialect: Dialect = .weni, ahead: Duration = .zero,
    isDated: Bool = true, unreachable: (finding: String, repair: String?)? = nil
  ) async -> [Finding] {
    let kind: CheckupSubject.Token =
      token == nil ? .missing("there is none") : tokenFile.map { .inFile(warning: $0) } ?? .given
    let subject = CheckupSubject(
      address: "https://shop.example", host: "shop.example", isProtected: true, token: kind,
      dialect: dialect, rules: rules, state: directory)
    let network = Network(scene: self, isDated: isDated, isDown: unreachable != nil)
    let transport: any Transport = token.map { AuthorizedTransport(network, token: $0) } ?? network
    let api = api
    return await Checkup(
      of: subject, over: transport, clock: WaitingClock(of: api),
      now: { PointInTime(microseconds: api.clock.now.microseconds).advanced(by: ahead) },
      cause: { unreachable }
    ).run()
  }
}

extension CheckupSubject.Rules {
  static let usual = Self.text(CheckupScene.rules)

  static func text(_ text: String) -> Self {
    .read([SourceText(path: "rules.yaml", contents: text)], arguments: "rules.yaml")
  }
}

extension [Finding] {
  subscript(check: Finding.Check) -> Finding? { first { $0.check == check } }
}

/// Between a checkup and the simulated server; answers have the server's time.
private struct Network: Transport {
  let scene: CheckupScene
  let isDated: Bool
  let isDown: Bool

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    if isDown { throw .unreachable }
    scene.requests.withLock { $0.append("\(request.method) \(request.target)") }
    let time = Date(timeIntervalSince1970: Double(scene.now.microseconds / 1_000_000))
    var answer = try await scene.api.send(request)
    if isDated {
      let text = time.formatted(
        .verbatim(
          "\(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT",
          locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
          calendar: .init(identifier: .gregorian)))
      answer.headers.append(APIHeader("Date", text))
    }
    return answer
  }
}
