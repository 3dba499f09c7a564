import CEL
import Contacts
import Diagnostics
import Engine
import Execution
import Foundation
import Knowledge
import Planning
import Rulesets
import Simulator
import Streams
import Testing

/// Runs whose rules ensure what the workspace lacks, carried out where new things take a while.
@Suite("Runs that make what they need")
struct EnsuredRunTests {
  private static let rules = """
    version: 1
    events: {id: event.id}
    contact: {urn: "ext:${event.person}"}
    rules:
      - id: order
        when: order
        do:
          - set_fields: {last_order: "${event.n}", total: "${event.n}"}
          - add_to_group: [Clientes, Leads]
      - id: group
        when: group
        do:
          - add_to_group: "${event.group}"
          - remove_from_group: Clientes
      - id: seen
        when: seen
        do:
          - set_fields: {seen_on: "2026-03-02T09:00:00Z", last_order: again}
    ensure:
      fields:
        last_order: {label: Last order, type: text}
        total: {label: Total, type: number}
        seen_on: {label: Seen on, type: datetime}
      groups: [Clientes, Leads, VIP]

    """

  /// What is there from the beginning; the rest of what is ensured lacks, or is there too.
  private static let some =
    #""fields": [{"key": "total", "label": "Total", "type": "number"}], "groups": [{"name": "leads"}]"#
  private static let all = """
    "fields": [{"key": "total", "label": "Total", "type": "number"},
      {"key": "last_order", "label": "Last order", "type": "text"},
      {"key": "seen_on", "label": "Seen on", "type": "datetime"}],
    "groups": [{"name": "leads"}, {"name": "Clientes"}, {"name": "VIP"}]
    """

  @Test(
    "they come to what they would in a workspace that had it",
    arguments: Dialect.allCases,
    [
      RunStyle(merge: .window, window: 1_000), RunStyle(merge: .window, window: 1),
      RunStyle(merge: .window, window: 3), RunStyle(merge: .off, window: 1),
    ])
  func sameState(dialect: Dialect, style: RunStyle) async throws {
    for seed in 0..<20 {
      let events = Self.events(seed)
      let made = try await state(after: events, dialect, style, objects: Self.some)
      let had = try await state(after: events, dialect, style, objects: Self.all)
      #expect(made.contacts == had.contacts, "seed \(seed)")
      #expect(made.setAside == [], "seed \(seed)")
      #expect(had.creations == 0)
      #expect(made.creations == (made.callCount == 0 ? 0 : 4), "seed \(seed)")
    }
  }

  /// Up to twelve events of up to four people.
  private static func events(_ seed: Int) -> String {
    var generator = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ limit: UInt64) -> UInt64 {
      generator = generator &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (generator >> 33) % limit
    }
    let groups = ["VIP", "clientes", "Leads"]
    return (0..<next(13)).map { number in
      let type = ["order", "group", "seen"][Int(next(3))]
      return #"{"type":"\#(type)","id":"e\#(number)","person":\#(next(4)),"n":\#(next(9)),"#
        + #""group":"\#(groups[Int(next(3))])"}"# + "\n"
    }.joined()
  }

  private struct Outcome {
    var contacts: [String]
    var setAside: [String]
    var creations: Int
    var callCount: Int
  }

  private func state(
    after events: String, _ dialect: Dialect, _ style: RunStyle, objects: String
  ) async throws -> Outcome {
    let state = """
      {"dialect": "\(dialect.rawValue)", "clock": {"now": "2026-03-02T12:00:00Z", "step": 0.001},
       "workspace": {"rates": {"v2": null, "v2.contacts": null}, "asset_delay": 5}, \(objects)}
      """
    let clock = try StateFile.readClock(Array(state.utf8)) ?? .system
    let api = SimulatedAPI(try StateFile.read(Array(state.utf8)), clock: clock)
    _ = api.advance(by: .seconds(60))
    let lines = try await calls(events, dialect, style, try await snapshot(of: api, dialect))
    var reader = CallReader()
    let calls = try reader.readAll(lines)
    var executor = Executor(
      over: api, profile: APIProfile(dialect), headers: CaseRun.headers,
      clock: WaitingClock(of: api))
    let report = await executor.run(calls)
    #expect(report.interruption == nil)
    return Outcome(
      contacts: try await contacts(of: api), setAside: report.setAside.map(\.words),
      creations: calls.count {
        switch $0.body {
        case .field, .group: true
        case .contact, .action, nil: false
        }
      }, callCount: calls.count)
  }

  private func calls(
    _ events: String, _ dialect: Dialect, _ style: RunStyle, _ snapshot: ContactSnapshot
  ) async throws -> [UInt8] {
    let source = SourceText(path: "rules.yaml", contents: Self.rules)
    let profile = APIProfile(dialect)
    let ruleset = try #require(
      Ruleset.check([source], profile: profile, inventory: snapshot.inventory).ruleset)
    let file = FileManager.default.temporaryDirectory.appending(path: "regra-\(UUID()).ndjson")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(events.utf8).write(to: file)
    let input = Input(.file(file.path), path: "events.ndjson", byteCount: events.utf8.count)
    let sink = MemorySink()
    let report = Pipeline.run(
      Program(ruleset, profile: profile), over: [input],
      options: RunOptions(
        window: WindowLimits(eventCount: style.window), merge: style.merge,
        clock: .fixed(CaseRun.now)),
      into: RunOutlets(sink: sink), knowing: snapshot)
    #expect(report.ending == .complete)
    return sink.calls
  }

  private func snapshot(of api: SimulatedAPI, _ dialect: Dialect) async throws -> ContactSnapshot {
    var snapshot = ContactSnapshot(APIProfile(dialect))
    var reader = SnapshotReader()
    let groups = try await get("groups", of: api)
    let fields = try await get("fields", of: api)
    try reader.setInventory(
      Array(#"{"groups": \#(groups), "fields": \#(fields)}"#.utf8), of: &snapshot)
    return snapshot
  }

  /// The results of a list, as JSON.
  private func get(_ endpoint: String, of api: SimulatedAPI) async throws -> String {
    let answer = try await api.send(
      APIRequest(
        method: "GET", target: "/api/v2/\(endpoint).json", headers: CaseRun.headers))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
    let results = try #require(object["results"])
    return String(decoding: try JSONSerialization.data(withJSONObject: results), as: UTF8.self)
  }

  /// Who has what, without what tells one workspace from another.
  private func contacts(of api: SimulatedAPI) async throws -> [String] {
    let list = try JSONSerialization.jsonObject(
      with: Data(try await get("contacts", of: api).utf8))
    return try (#require(list as? [[String: Any]])).map { contact in
      let groups = (contact["groups"] as? [[String: Any]] ?? []).map { "\($0["name"] ?? "")" }
      let fields = (contact["fields"] as? [String: Any] ?? [:]).filter { !($0.value is NSNull) }
      let values = fields.map { "\($0.key)=\($0.value)" }.sorted()
      return "\(contact["urns"] ?? "") \(groups.sorted()) \(values)"
    }.sorted()
  }
}
