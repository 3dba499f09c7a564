import Applying
import CEL
import Contacts
import Foundation
import Plans
import Simulator
import Synchronization
import Testing

/// Keeps what is sent, in order.
private final class RecordingTransport: Transport {
  private let base: any Transport
  private let kept = Mutex<[APIRequest]>([])

  init(_ base: any Transport) { self.base = base }

  var requests: [APIRequest] { kept.withLock(\.self) }

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    kept.withLock { $0.append(request) }
    return try await base.send(request)
  }
}

/// Rules and events that belong together.
private struct Pairing: Sendable, CustomTestStringConvertible {
  var rules: String
  var scenario: String

  var testDescription: String { "\(rules) on \(scenario)" }

  static let all = [
    ("rules/shop", "shop-orders"), ("rules/crm", "crm-leads"),
    ("rules/customers", "customer-records"), ("rules/privacy", "privacy-requests"),
    ("rules/subscriptions", "subscriptions"), ("rules/support", "support-tickets"),
    ("playground/artigo-weni/rules", "artigo-weni"),
  ].map { Pairing(rules: $0.0, scenario: $0.1) }

  var events: String { "playground/\(scenario)/events.ndjson" }

  /// What may be known of contacts.
  var knowledge: [String] {
    let folder = "playground/\(scenario)"
    let known = "--contacts \(folder)/contacts.ndjson --inventory \(folder)/inventory.json"
    return scenario == "artigo-weni" ? [""] : ["", known]
  }
}

@Suite("A plan and a run")
struct PlanEqualsRunTests {
  @Test(
    "the calls of a plan are those that a run prints, byte for byte",
    arguments: Pairing.all, Dialect.allCases)
  private func calls(_ pairing: Pairing, _ dialect: Dialect) throws {
    for knowledge in pairing.knowledge {
      for window in ["", "--window 50"] {
        let (file, printed) = try both(
          pairing, "\(knowledge) \(window) --dialect \(dialect.rawValue)")
        #expect(!printed.isEmpty)
        #expect(String(decoding: file.calls, as: UTF8.self) == printed, "\(knowledge) \(window)")
      }
    }
  }

  /// The plan file and what a run prints, with the same clock.
  private func both(_ pairing: Pairing, _ flags: String) throws -> (file: PlanFile, run: String) {
    let scratch = try Scratch()
    // Guards end a run before its window; a plan says so and has the calls.
    let rules = try unguarded(pairing.rules, in: scratch)
    let common = "\(rules) \(pairing.events) \(flags) --now 2026-03-02T09:00:00Z --quiet"
    let path = scratch.directory.appending(path: "x.plan")
    let plan = try Command(shell: "regra plan \(common) --out \(path.path)")
    #expect([0, 5].contains(plan.status), "\(plan.output)\(plan.errors)")
    let run = try Command(shell: "regra run \(common)")
    #expect([0, 5].contains(run.status), "\(run.errors)")
    return (try PlanFile(Array(Data(contentsOf: path))), run.output)
  }

  /// A copy of rule files without their guards.
  private func unguarded(_ rules: String, in scratch: Scratch) throws -> String {
    let copy = scratch.directory.appending(path: "rules")
    try FileManager.default.copyItem(at: packageRoot.appending(path: rules), to: copy)
    for name in try FileManager.default.contentsOfDirectory(atPath: copy.path) {
      let file = copy.appending(path: name)
      let text = try String(contentsOf: file, encoding: .utf8)
      let rest = text.replacing(/(?m)^guards:.*\n(?:[ #].*\n|\n)*/, with: "")
      try Data(rest.utf8).write(to: file)
    }
    return copy.path
  }

  @Test(
    "apply sends them as they are, in their order",
    arguments: Pairing.all, Dialect.allCases)
  private func sent(_ pairing: Pairing, _ dialect: Dialect) async throws {
    let (file, printed) = try both(pairing, "--window 50 --dialect \(dialect.rawValue)")
    let start = Timestamp(microseconds: 1_795_564_800_000_000)
    var workspace = Workspace(dialect)
    let calm = #"{"workspace": {"rates": {"v2": null, "v2.contacts": null}}}"#
    try StateFile.apply(Array(calm.utf8), to: &workspace, at: start)
    let api = SimulatedAPI(workspace, clock: .virtual(now: start, step: .milliseconds(1)))
    let transport = RecordingTransport(AuthorizedTransport(api, token: Workspace.firstToken))
    let scratch = try Scratch()
    let application = try PlanApplication(
      of: file, journal: scratch.directory.appending(path: "journal").path, over: transport,
      clock: WaitingClock(of: api))
    #expect(try await application.run().ending == .complete)
    var rest = transport.requests[...]
    var count = 0
    for line in printed.split(separator: "\n") {
      guard let wanted = try Self.request(line) else { continue }
      count += 1
      let place = try #require(rest.firstIndex { Self.isSame($0, wanted) }, "\(line)")
      rest = rest[(place + 1)...]
    }
    #expect(count > 0)
  }

  /// What a line asks to send; nothing where that depends on an answer.
  private static func request(_ line: Substring) throws -> APIRequest? {
    guard !line.contains(#"{"answer":"#) else { return nil }
    var coder = JSONCoder()
    let call = try Array(line.utf8).withUnsafeBytes { try coder.value(of: $0) }
    var target = try #require(call["path"]?.text)
    if let (name, value) = call["query"]?.entries?.first {
      target += "?\(name)=\(value.text ?? "")"
    }
    return APIRequest(
      method: try #require(call["method"]?.text), target: target,
      body: call["body"].map { coder.bytes(of: $0) } ?? [])
  }

  private static func isSame(_ sent: APIRequest, _ wanted: APIRequest) -> Bool {
    sent.method == wanted.method && sent.target.removingPercentEncoding == wanted.target
      && sent.body == wanted.body
  }
}
