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

/// How a case is run.
struct RunStyle: Hashable {
  var merge: Merger.Mode
  /// Absent: each event alone.
  var window: Int
}

/// What a run of a case came to.
struct CaseResult {
  /// What the law compares; calls that cannot be carried out reach a state of their own.
  var state: [String]
  var calls: [UInt8]
  var report: ExecutionReport
}

/// Why a case says nothing about the law.
enum CaseProblem: Error, CustomStringConvertible {
  case refusedRules([String])
  case ending(RunEnding)

  var description: String {
    switch self {
    case .refusedRules(let messages): "check refuses the rules: \(messages)"
    case .ending(let ending): "the run ended: \(ending)"
    }
  }
}

/// Runs cases: the whole program but for its command line, and the simulator behind it.
struct CaseRun {
  /// 2026-03-02T09:00:00-03:00.
  static let now: Int64 = 1_772_452_800_000_000_000

  /// Holds the events of the case that is run.
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "regra-law-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Runs a case in several ways.
  func results(of example: LawCase, _ styles: [RunStyle]) async throws -> [CaseResult] {
    let program = try program(of: example)
    let input = try input(of: example)
    var results: [CaseResult] = []
    let snapshot = try await snapshot(of: example)
    let state = Array(example.stateText.utf8)
    let workspace = try StateFile.read(state)
    let clock = try StateFile.readClock(state) ?? .system
    for style in styles {
      // One action at a time asks the server and nobody else.
      let known = style.merge == .off ? nil : snapshot
      let calls = try calls(of: program, input, style, knowing: known)
      results.append(
        try await carryOut(calls, of: example, SimulatedAPI(workspace, clock: clock)))
    }
    return results
  }

  /// The merged calls of a case.
  func calls(of example: LawCase) async throws -> [UInt8] {
    try calls(
      of: program(of: example), input(of: example),
      RunStyle(merge: .window, window: example.window), knowing: await snapshot(of: example))
  }

  private func input(of example: LawCase) throws -> Input {
    let events = folder.appending(path: "events.ndjson")
    let text = Data(example.eventsText.utf8)
    try text.write(to: events)
    return Input(.file(events.path), path: "events.ndjson", byteCount: text.count)
  }

  func program(of example: LawCase) throws -> Program {
    Program(try rules(of: example).ruleset, profile: APIProfile(example.dialect))
  }

  func rules(of example: LawCase) throws -> (ruleset: Ruleset, sources: [SourceText]) {
    let sources = example.ruleTexts.enumerated().map {
      SourceText(path: "rules/\($0).yaml", contents: $1)
    }
    let (ruleset, diagnostics) = Ruleset.check(sources, profile: APIProfile(example.dialect))
    guard let ruleset else {
      throw CaseProblem.refusedRules(
        diagnostics.filter { $0.severity == .error }.map(\.message))
    }
    return (ruleset, sources)
  }

  /// What the merged run is told before it starts.
  func snapshot(of example: LawCase) async throws -> ContactSnapshot? {
    guard example.knowledge != .none else { return nil }
    let files = try await SnapshotFiles(for: example)
    var snapshot = ContactSnapshot(APIProfile(example.dialect))
    var reader = SnapshotReader()
    if example.knowledge != .contacts { try reader.setInventory(files.inventory, of: &snapshot) }
    snapshot.freshSince = 1
    if example.knowledge == .complete { snapshot.completeAt = 1 }
    let readAt: Int64 = example.knowledge == .stale ? 0 : 1
    for line in files.contacts.split(separator: UInt8(ascii: "\n")) {
      try Array(line).withUnsafeBytes { text in
        try reader.addContact(text, readAt: readAt, to: &snapshot)
      }
    }
    return snapshot
  }

  private func calls(
    of program: Program, _ input: Input, _ style: RunStyle, knowing snapshot: ContactSnapshot?
  ) throws -> [UInt8] {
    let sink = MemorySink()
    let options = RunOptions(
      window: WindowLimits(eventCount: style.window), merge: style.merge, urnMoves: .allowed,
      clock: .fixed(Self.now))
    let report = Pipeline.run(
      program, over: [input], options: options, into: RunOutlets(sink: sink),
      knowing: snapshot)
    guard report.ending == .complete else { throw CaseProblem.ending(report.ending) }
    return sink.calls
  }

  private func carryOut(
    _ lines: [UInt8], of example: LawCase, _ api: SimulatedAPI
  ) async throws -> CaseResult {
    var reader = CallReader()
    let calls: [Call]
    do {
      calls = try reader.readAll(lines)
    } catch {
      return CaseResult(state: ["no calls: \(error)"], calls: lines, report: ExecutionReport())
    }
    var executor = Executor(
      over: api, profile: APIProfile(example.dialect), headers: Self.headers,
      clock: WaitingClock(of: api), urnMoves: .allowed)
    let report = await executor.run(calls)
    var state = try WorkspaceState.lines(of: api.workspace, before: example)
    if let interruption = report.interruption { state.append("interrupted: \(interruption)") }
    return CaseResult(state: state, calls: lines, report: report)
  }

  static let headers = [APIHeader("Authorization", "Token \(Workspace.firstToken)")]
}

/// Keeps the calls of all batches.
final class MemorySink: Sink {
  private(set) var calls: [UInt8] = []

  func write(_ calls: [UInt8], batch: Int) { self.calls += calls }
}
