import Diagnostics
import RuleTests

/// What a run of tests came to, and how its values are shown.
struct TestOutcome {
  var session: TestSession
  var report: TestSession.Report
  var mutation: MutationRun.Report?
  /// Of the rules that were asked for.
  var coverage = Coverage()
  /// Rule files that no test is about.
  var untested: [String] = []
  var renderer: DiagnosticRenderer
  var privacy: Summary.Privacy
  var duration: Duration = .zero

  /// Every test with its file.
  var results: [(file: TestFile, result: TestSession.Result)] {
    zip(session.jobs, report.results).flatMap { job, results in
      results.map { (job.file, $0) }
    }
  }

  var failedCount: Int { results.count { !$0.result.isPassed } }
  var passedCount: Int { results.count - failedCount }

  /// The words of a mismatch, or of a detail of it.
  func shown(_ words: Words) -> String { words.text { TestMask.text($0, privacy) } }

  /// A value that a rule read.
  func shown(value: String, of path: String) -> String {
    privacy == .revealed ? value : Mask.masked(value, of: TestMask.subject(of: path))
  }
}

/// What stands for the values of tests in what is printed and kept.
enum TestMask {
  static func text(_ piece: Words.Piece, _ privacy: Summary.Privacy) -> String {
    switch piece {
    case .plain(let text): text
    case .value(let text, _) where privacy == .revealed: text
    case .contact(let text) where privacy == .revealed: text
    case .value(let text, let subject): Mask.masked(text, of: subject)
    case .contact(let text): Mask.masked(contact: text)
    }
  }

  /// A value at a path whose last part is a name is somebody's name.
  static func subject(of path: String) -> String {
    let last = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    return last.hasSuffix("name") || last.hasSuffix("nome") ? "name" : last
  }

  /// A test file with the values of contacts masked, in as many bytes, so that places stay.
  static func source(_ source: SourceText, of file: TestFile?) -> SourceText {
    var text = String(decoding: source.utf8, as: UTF8.self)
    for name in names(in: file) {
      text = text.replacing(name, with: padded(Mask.masked(name, of: "name"), to: name))
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: " ", omittingEmptySubsequences: false)
        .map { padded(Mask.masked(String($0)), to: String($0)) }.joined(separator: " ")
    }
    return SourceText(path: source.path, contents: lines.joined(separator: "\n"))
  }

  private static func names(in file: TestFile?) -> [String] {
    var names: Set<String> = []
    for test in file?.tests ?? [] {
      names.formUnion(test.contacts.compactMap(\.fullName))
      for part in test.expectation.contacts.flatMap(\.parts) {
        if case .name(let text) = part, case .value(let name) = text.kind { names.insert(name) }
      }
    }
    return names.filter { $0.count > 1 }.sorted { $0.count > $1.count }
  }

  private static func padded(_ masked: String, to text: String) -> String {
    guard masked != text else { return text }
    let count = text.utf8.count
    let filler = String(repeating: "_", count: max(0, count - masked.utf8.count))
    let end = masked.ranges(of: /p:[0-9a-f]{4}/).last?.upperBound ?? masked.endIndex
    let whole = masked[..<end] + filler + masked[end...]
    return String(decoding: Array(whole.utf8).prefix(count), as: UTF8.self)
  }
}
