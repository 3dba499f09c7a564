import CEL
import Diagnostics
import RuleTests
import StateStore
import Streams

/// Remembers which tests failed, in a file of the state directory.
struct FailedTests {
  struct Name: Hashable {
    var file: String
    var test: String
  }

  private let directory: String

  init(in directory: String) { self.directory = directory }

  private var path: String { directory + "/failed-tests" }

  /// Those of the last run; nothing where none is known.
  func read() -> Set<Name> {
    guard let bytes = try? SourceText(readingFrom: path).utf8 else { return [] }
    var coder = JSONCoder()
    var names: Set<Name> = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let value = try? Array(line).withUnsafeBytes { try coder.value(of: $0) }
      guard let file = value?["file"]?.text, let test = value?["test"]?.text else { continue }
      names.insert(Name(file: file, test: test))
    }
    return names
  }

  /// Keeps those of this run; what did not run keeps what is known of it.
  func write(_ outcome: TestOutcome) {
    let ran = Set(outcome.results.map { Name(file: $0.file.path, test: $0.result.test.title) })
    let before = read()
    var names = before.subtracting(ran)
    for (file, result) in outcome.results where !result.isPassed {
      names.insert(Name(file: file.path, test: result.test.title))
    }
    guard names != before else { return }
    let lines = names.sorted { ($0.file, $0.test) < ($1.file, $1.test) }.map {
      JSONLine.text([("file", .string($0.file)), ("test", .string($0.test))])
    }
    // Where nothing can be kept, the next `--failed` runs all tests.
    try? StateDirectory(directory).prepare()
    try? WholeFile.write(Array(lines.joined().utf8), to: path)
  }
}
