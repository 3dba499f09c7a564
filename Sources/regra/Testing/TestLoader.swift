import Contacts
import Diagnostics
import Engine
import Rulesets
import RuleTests
import Streams

/// Reads test files, the rules they are about and the files they name.
struct TestLoader {
  private let profile: APIProfile
  /// Everything that was read, for frames.
  private(set) var sources: [SourceText] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var runners: [TestRunner] = []
  private(set) var jobs: [TestSession.Job] = []
  /// Paths of rule files that some test file is about.
  private(set) var testedRules: Set<String> = []
  /// Files of events and snapshots that tests name.
  private(set) var namedFiles: Set<String> = []

  /// Rulesets by the paths of their files; absent in the value where they hold mistakes.
  private var known: [[String]: Int?] = [:]

  init(profile: APIProfile) { self.profile = profile }

  /// Whether something is wrong with the tests or their rules.
  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Reads what arguments name: files of tests, directories, or rule files whose tests stand beside them.
  mutating func load(_ arguments: [String]) throws(FileFailure) {
    var paths = try RuleFiles.testPaths(arguments)
    for argument in arguments where isRuleFile(argument) {
      let beside = try RuleFiles.testPaths([FilePlace.directory(of: argument)])
      for path in beside where !paths.contains(path) {
        let rules = rulePaths(
          of: TestFile.read(try SourceText(readingFrom: path), profile: profile).file)
        if rules.contains(FilePlace.plain(argument)) { paths.append(path) }
      }
    }
    for path in paths.map(FilePlace.plain) { try loadFile(path) }
  }

  private func isRuleFile(_ path: String) -> Bool {
    !RuleFiles.isTestFile(path) && (path.hasSuffix(".yaml") || path.hasSuffix(".yml"))
  }

  /// The rule files of a test file, as far as they can be said without reading directories.
  private func rulePaths(of file: TestFile) -> [String] {
    if file.rules.isEmpty { return [defaultRules(of: file)] }
    return file.rules.map { FilePlace.joined(file.path, $0.text) }
  }

  /// `orders.yaml` of `orders.test.yaml`.
  private func defaultRules(of file: TestFile) -> String {
    let ending = file.path.hasSuffix(".test.yml") ? ".test.yml" : ".test.yaml"
    return file.path.dropLast(ending.count) + (ending == ".test.yml" ? ".yml" : ".yaml")
  }

  private mutating func loadFile(_ path: String) throws(FileFailure) {
    let source = try SourceText(readingFrom: path)
    sources.append(source)
    let (file, found) = TestFile.read(source, profile: profile)
    diagnostics += found
    guard let runner = runner(of: file) else { return }
    let checked = file.check(against: runners[runner].ruleset, profile: profile)
    diagnostics += checked
    var job = TestSession.Job(
      file, runner: runner, tests: file.tests, eventFiles: [:], snapshots: [:])
    for test in file.tests { try loadFiles(of: test, file, into: &job) }
    jobs.append(job)
  }

  /// The number of the rules that a file is about; nothing where they cannot be used.
  private mutating func runner(of file: TestFile) -> Int? {
    var paths: [String] = []
    let places = file.rules.isEmpty ? [TextSyntax(text: "", range: SourceRange(0..<0))] : file.rules
    for (path, place) in zip(rulePaths(of: file), places) {
      do throws(FileFailure) {
        paths += try RuleFiles.read([path]).map { FilePlace.plain($0.path) }
      } catch {
        let isDefault = file.rules.isEmpty
        diagnostics.append(
          .noSuchFile(
            isDefault
              ? "nothing says which rules the tests are about" : "\(path): \(error.cause)",
            at: file.location(place.range), label: isDefault ? "no `rules:`" : "cannot be read"))
        return nil
      }
    }
    let key = paths
    if let number = known[key] { return number }
    let number = compile(paths)
    known[key] = number
    return number
  }

  private mutating func compile(_ paths: [String]) -> Int? {
    var texts: [SourceText] = []
    for path in paths {
      if let text = try? SourceText(readingFrom: path) { texts.append(text) }
    }
    testedRules.formUnion(paths)
    sources += texts
    let (ruleset, found) = Ruleset.check(texts, profile: profile)
    guard let ruleset else {
      diagnostics += found
      return nil
    }
    runners.append(TestRunner(ruleset, sources: texts, profile: profile))
    return runners.count - 1
  }

  private mutating func loadFiles(
    of test: TestCase, _ file: TestFile, into job: inout TestSession.Job
  ) throws(FileFailure) {
    if case .file(let name) = test.events, job.eventFiles[name.text] == nil {
      let path = FilePlace.joined(file.path, name.text)
      namedFiles.insert(path)
      do throws(FileFailure) {
        let list = try EventList(readingFrom: path)
        job.eventFiles[name.text] = TestSession.EventFile(
          events: list.events.map(\.text),
          problems: list.problems.map { "\(name.text):\($0.line): \($0.cause)" })
      } catch {
        diagnostics.append(
          .noSuchFile(
            "\(path): \(error.cause)", at: file.location(name.range), label: "cannot be read"))
      }
    }
    if let name = test.expectation.snapshot, job.snapshots[name.text] == nil {
      let path = FilePlace.joined(file.path, name.text)
      namedFiles.insert(path)
      // One that is not there yet is written on demand.
      if let text = try? SourceText(readingFrom: path) {
        job.snapshots[name.text] = String(decoding: text.utf8, as: UTF8.self)
      }
    }
  }
}

/// Paths as texts.
enum FilePlace {
  /// The path without `./` and without `x/..` where that says the same.
  static func plain(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if path.hasPrefix("/") { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// The directory that a file stands in.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path that a file names, from where the file is.
  static func joined(_ file: String, _ path: String) -> String {
    path.hasPrefix("/") ? plain(path) : plain(directory(of: file) + "/" + path)
  }
}

extension Diagnostic {
  static func noSuchFile(_ message: String, at location: SourceLocation, label: String) -> Self {
    Diagnostic(
      .noSuchFile, message, at: location, label: label,
      help: "paths are relative to the file of tests, as in `rules: orders.yaml`")
  }
}
