import Contacts
import Diagnostics
import Knowledge
import Pulling
import Rulesets
import Simulator
import StateStore
import Synchronization

@testable import Provisioning

/// A simulated workspace, and rules that need something of it.
final class ProvisionScene: Sendable {
  let api: SimulatedAPI
  let dialect: Dialect
  let waits = Mutex<[Duration]>([])
  let made = Mutex<[String]>([])
  /// Address lines and bodies of all writes.
  let writes = Mutex<[String]>([])

  /// Quotas are off unless the state sets them.
  init(_ dialect: Dialect = .weni, state: String = "{}", faults: String = "[]") throws {
    self.dialect = dialect
    let now = Timestamp(microseconds: 1_795_564_800_000_000)
    var workspace = Workspace(dialect)
    let calm = #"{"workspace": {"rates": {"v2": null, "v2.contacts": null}}}"#
    for text in [calm, state] { try StateFile.apply(Array(text.utf8), to: &workspace, at: now) }
    let plan = try FaultFile.read(Array(#"{"faults": \#(faults)}"#.utf8))
    api = SimulatedAPI(
      workspace, clock: .virtual(now: now, step: .milliseconds(1)), faults: plan)
  }

  /// What rules under these actions need, written as the lines under `do` and `ensure`.
  func plan(_ actions: [String], ensure: [String] = []) async throws -> ProvisionPlan {
    let objects = try await provisioner().read()
    let checked = Ruleset.check(
      [Self.rules(actions, ensure)], profile: APIProfile(dialect), inventory: objects.inventory)
    guard let ruleset = checked.ruleset else {
      throw RefusedRules(messages: checked.diagnostics.map(\.message))
    }
    return ProvisionPlan(ruleset, for: objects, profile: APIProfile(dialect))
  }

  private static func rules(_ actions: [String], _ ensure: [String]) -> SourceText {
    var lines = ["version: 1", #"contact: {urn: "ext:${event.id}"}"#, "rules:"]
    for (number, action) in actions.enumerated() {
      lines += ["  - id: r\(number)", "    do:", "      - \(action)"]
    }
    if !ensure.isEmpty { lines += ["ensure:"] + ensure.map { "  \($0)" } }
    return SourceText(path: "rules.yaml", contents: lines.joined(separator: "\n") + "\n")
  }

  struct RefusedRules: Error { var messages: [String] }

  func provisioner(
    attempts: Int = 3, isStopped: @escaping @Sendable () -> Bool = { false }
  ) -> Provisioner<WaitingClock> {
    var retries = RetryPolicy()
    retries.attemptLimit = attempts
    let logged = LoggingTransport(
      base: AuthorizedTransport(api, token: Workspace.firstToken), scene: self)
    return Provisioner(
      over: logged, at: "test", profile: APIProfile(dialect), retries: retries,
      clock: WaitingClock(of: api), isStopped: isStopped,
      observe: { [self] event in
        switch event {
        case .made(let item): made.withLock { $0.append(item.name) }
        case .settling(let time), .waiting(_, let time): waits.withLock { $0.append(time) }
        }
      })
  }

  /// Fields as `key type label` and groups as `name`, sorted.
  var objects: [String] {
    get async throws {
      let objects = try await provisioner().read()
      let fields = objects.fields.map { "\($0.row.key) \($0.type?.rawValue ?? "-") \($0.label)" }
      return fields.sorted() + objects.groups.filter { !$0.isSystem }.map(\.name).sorted()
    }
  }

  var writeCount: Int { writes.withLock(\.count) }
}

extension ProvisionPlan {
  /// What is to be made, in words.
  var words: [String] {
    items.map { item in
      let origin = "\(item.place.line)\(item.isEnsured ? " ensure" : "")"
      let near = item.near.map { " near \($0)" } ?? ""
      return switch item.kind {
      case .field(let key, let label, let type):
        "\(key) \(type.rawValue) \(label) @\(origin)\(near)"
      case .group(let name): "\(name) @\(origin)\(near)"
      }
    }
  }
}

/// Keeps the writes that go through it.
private struct LoggingTransport: Transport {
  let base: any Transport
  let scene: ProvisionScene

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    if request.method != "GET" {
      let line = "\(request.target) \(String(decoding: request.body, as: UTF8.self))"
      scene.writes.withLock { $0.append(line) }
    }
    return try await base.send(request)
  }
}
