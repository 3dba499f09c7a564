import Contacts
import Diagnostics
import Engine
import Knowledge
import Rulesets
import Testing

/// Runs events through evaluator and merger; what tests look at.
struct EngineRun {
  var batch: Batch
  var firings: [String]
  var statistics: Statistics

  init(
    _ program: Program, _ lines: [String], mode: Merger.Mode = .window,
    snapshot: ContactSnapshot? = nil
  ) {
    var bytes: [UInt8] = []
    var records: [Record] = []
    for (index, line) in lines.enumerated() {
      records.append(
        Record(
          offset: UInt32(bytes.count), length: UInt32(line.utf8.count), line: UInt64(index + 1)))
      bytes += line.utf8
      bytes.append(UInt8(ascii: "\n"))
    }
    let count = bytes.count
    bytes += [UInt8](repeating: 0, count: 64)
    var evaluator = Evaluator(program, byteLimit: 1 << 24)
    var log = Log()
    bytes.withUnsafeBytes {
      evaluator.evaluate(
        UnsafeRawBufferPointer(rebasing: $0[..<count]), records, source: 0,
        now: 1_772_452_800_000_000_000,
        into: &log)
    }
    var merger = Merger(
      program, mode: mode, sources: ["events.ndjson"], tracesFirings: true,
      snapshot: snapshot)
    merger.apply(log)
    firings = String(decoding: merger.takeTrace(), as: UTF8.self).split(separator: "\n").map(
      String.init)
    statistics = merger.statistics
    batch = merger.closeWindow()
  }
}

/// The rules that fire for one event.
func firings(of program: Program, _ line: String) -> [String] {
  EngineRun(program, [line]).firings.map { String($0.prefix { $0 != " " }) }
}

/// Compiles a rule file that must be without mistakes.
func program(_ yaml: String, profile: APIProfile = .weni) throws -> Program {
  let (ruleset, diagnostics) = Ruleset.check(
    [SourceText(path: "rules.yaml", contents: yaml)], profile: profile)
  let errors = diagnostics.filter { $0.severity == .error }
  try #require(errors.isEmpty, "\(errors)")
  return Program(try #require(ruleset), profile: profile)
}
