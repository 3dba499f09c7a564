import ArgumentParser
import Contacts
import Diagnostics
import Engine
import Foundation
import Knowledge
import Rulesets
import Streams
import Testing

@testable import regra

/// A folder with rules, events, and the calls that a run must print.
///
/// `rules.yaml` or `rules/`, `events.*`, `calls.ndjson`; optional: `summary.txt`, flags of
/// `regra run` in `arguments`, and what is known of the workspace in `contacts.ndjson` and
/// `inventory.json`.
struct Scenario: CustomTestStringConvertible {
  var name: String
  private let folder: URL

  static let root = packageRoot.appending(path: "Tests/Goldens/scenarios")

  static let all: [Scenario] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map(Scenario.init)
  }()

  init(name: String) {
    self.name = name
    folder = Scenario.root.appending(path: name)
  }

  var testDescription: String { name }

  /// What a run printed.
  struct Result: Equatable {
    var calls: String
    var summary: String
  }

  /// Runs the pipeline in this process, with a clock that stands still.
  func run(workers: Int, blockByteCount: Int = 1 << 20) throws -> Result {
    let command = try RunCommand.parse(arguments + knowledge + ["rules", "events"])
    let profile = APIProfile(command.stream.dialect)
    let known = try command.stream.knowledge(at: 1_772_452_800).snapshot
    let (checked, diagnostics) = Ruleset.check(
      try rules(), profile: profile, inventory: known?.inventory)
    let ruleset = try #require(checked, "\(diagnostics.map(\.message))")
    let program = Program(ruleset, profile: profile)
    var options = command.options
    options.workerCount = workers
    options.blockByteCount = blockByteCount
    if command.stream.now == nil { options.clock = .fixed(1_772_452_800_000_000_000) }
    let sink = MemorySink()
    var report = Pipeline.run(
      program, over: try inputs(), options: options, into: RunOutlets(sink: sink),
      knowing: known)
    report.nanoseconds = 0
    let summary = Summary(report, of: RuleDigest(ruleset), privacy: .masked)
    return Result(calls: String(decoding: sink.calls, as: UTF8.self), summary: summary.text)
  }

  /// The expected text of a file; absent where the scenario has none.
  func expected(_ file: String) throws -> String? {
    let url = folder.appending(path: file)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    return try String(contentsOf: url, encoding: .utf8)
  }

  /// Keeps what a run printed as what is expected.
  func record(_ text: String, as file: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: file))
  }

  /// Files that no part of a scenario explains.
  func strangers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      ![
        "rules", "rules.yaml", "calls.ndjson", "summary.txt", "arguments", "about.md",
        "contacts.ndjson", "inventory.json",
      ]
      .contains($0) && !$0.hasPrefix("events.")
    }
  }

  private var arguments: [String] {
    get throws {
      (try expected("arguments") ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    }
  }

  /// Flags for the files of contacts and groups that there are.
  private var knowledge: [String] {
    [("--contacts", "contacts.ndjson"), ("--inventory", "inventory.json")].flatMap { flag, name in
      let path = folder.appending(path: name).path
      return FileManager.default.fileExists(atPath: path) ? [flag, path] : []
    }
  }

  private func rules() throws -> [SourceText] {
    let single = folder.appending(path: "rules.yaml")
    let path =
      FileManager.default.fileExists(atPath: single.path)
      ? single.path : folder.appending(path: "rules").path
    return try RuleFiles.read([path]).map { SourceText(path: relative($0.path), utf8: $0.utf8) }
  }

  private func inputs() throws -> [Input] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasPrefix("events.") }.sorted()
    return try Input.expand(names.map { folder.appending(path: $0).path }).map { input in
      var input = input
      input.path = relative(input.path)
      return input
    }
  }

  private func relative(_ path: String) -> String {
    String(path.dropFirst(folder.path.count + 1))
  }
}

/// Keeps all calls in memory.
private final class MemorySink: Sink {
  private(set) var calls: [UInt8] = []

  func write(_ calls: [UInt8], batch: Int) { self.calls += calls }
}
