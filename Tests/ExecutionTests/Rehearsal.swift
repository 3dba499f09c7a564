import CEL
import Contacts
import Planning
import Simulator
import Testing

@testable import Execution

/// Call lines that are carried out against a simulated workspace.
struct Rehearsal {
  let dialect: Dialect
  let api: SimulatedAPI

  /// A workspace without quotas, the flaw and delays, unless the state says otherwise.
  init(_ dialect: Dialect = .weni, _ state: String = "{}") throws {
    self.dialect = dialect
    let now = Timestamp(microseconds: 1_795_435_200_000_000)
    var workspace = Workspace(dialect)
    let calm = #"{"workspace": {"block_flaw": false, "rates": {"v2": null, "v2.contacts": null}}}"#
    try StateFile.apply(Array(calm.utf8), to: &workspace, at: now)
    try StateFile.apply(Array(state.utf8), to: &workspace, at: now)
    api = SimulatedAPI(workspace, clock: .virtual(now: now, step: .milliseconds(1)))
  }

  /// Carries out calls, written as in a line but for `batch`, `call` and `because`.
  @discardableResult
  func run(_ calls: [String], moves: URNMoves = .setAside) async throws -> ExecutionReport {
    var reader = CallReader()
    let calls = try reader.readAll(Array(Self.lines(calls).utf8))
    var executor = Executor(
      over: api, profile: APIProfile(dialect), headers: Self.headers,
      clock: WaitingClock(of: api), urnMoves: moves)
    return await executor.run(calls)
  }

  static let headers = [APIHeader("Authorization", "Token \(Workspace.firstToken)")]

  /// Whole lines, the first part of each being `METHOD endpoint`.
  static func lines(_ calls: [String]) -> String {
    calls.enumerated().map { index, call in
      let parts = call.split(separator: " ", maxSplits: 2)
      let rest = parts.count > 2 ? ",\(parts[2])" : ""
      return """
        {"batch":1,"call":\(index + 1),"method":"\(parts[0])","path":"/api/v2/\(parts[1]).json"\
        \(rest),"because":[{"rule":"r","at":"a.yaml:1","event":"e\(index + 1)"}]}
        """
    }.joined(separator: "\n")
  }

  /// What the server shows of whoever has a URN, as JSON keys; nothing where nobody has it.
  func contact(_ urn: String) async throws -> Literal? {
    var coder = JSONCoder()
    let request = Request(method: .get, endpoint: .contacts, query: ("urn", urn))
    let answer = try await api.send(
      APIRequest(method: "GET", target: request.target, headers: Self.headers))
    return try answer.body.withUnsafeBytes { try coder.value(of: $0) }["results"]?.items?.first
  }
}

extension Literal {
  /// The names of a contact's groups.
  var groupNames: [String] { self["groups"]?.items?.compactMap { $0["name"]?.text } ?? [] }
  var urns: [String] { self["urns"]?.texts ?? [] }
}

extension ExecutionReport {
  /// What was set aside, in words.
  var items: [String] { setAside.map { "\($0.call) \($0.item): \($0.words)" } }
}
