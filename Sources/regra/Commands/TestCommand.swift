import ArgumentParser
import Contacts
import Diagnostics
private import Glibc
import Logging
import Rulesets
import RuleTests
import Streams

/// `regra test`: runs the tests of rules on a server in memory, with a clock that stands still.
struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests of rules, and say what they leave untested.",
    discussion: """
      PATHS are directories, whose *.test.yaml are run, files of tests, or rule files, whose tests \
      stand beside them. Nothing reaches a network: events go through the rules, the planner and a \
      server in memory. Exit code 1 means that a test failed, that rules or tests hold mistakes, \
      or that less is covered than --min asks.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .value("only"), .plain("failed"), .value("min"), .plain("require-tests"), .plain("update"),
    .plain("watch"), .plain("mutate"), .value("mutate-for"), .value("report"), .value("dialect"),
    .value("workers"), .value("state"), .plain("all"), .plain("reveal"),
  ]

  @Argument(help: "Directories, files of tests, or rule files.")
  var paths: [String] = ["."]

  @Option(
    name: [.customShort("k"), .long],
    help: ArgumentHelp(
      "Run tests whose file or name has this text in it; `*` stands for any text.",
      valueName: "pattern"))
  var only: String?

  @Flag(help: "Run only the tests that failed last time.")
  var failed = false

  @Option(help: ArgumentHelp("Fail where less of the rules is covered.", valueName: "percent"))
  var min: Int?

  @Flag(help: "Fail where a rule file has no tests.")
  var requireTests = false

  @Flag(help: "Write the snapshots that tests compare with.")
  var update = false

  @Flag(help: "Run again whenever a file changes.")
  var watch = false

  @Flag(help: "Change one thing in the rules at a time, and say which changes no test notices.")
  var mutate = false

  @Option(help: ArgumentHelp("The longest time for --mutate.", valueName: "time"))
  var mutateFor = FreshTime(seconds: 60)

  @Option(
    help: ArgumentHelp("junit=FILE, json=FILE or github; may be repeated.", valueName: "form"))
  var report: [String] = []

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Option(help: "Tests that run side by side. Default: one for each core.")
  var workers: Int?

  @Option(help: ArgumentHelp("Where it is kept which tests failed.", valueName: "directory"))
  var state = ".regra"

  @Flag(help: "List every test, and everything that is not covered.")
  var all = false

  @Flag(help: "Show personal data, on a terminal only.")
  var reveal = false

  func validate() throws {
    if let min, !(0...100).contains(min) { throw ValidationError("--min is between 0 and 100") }
    if let workers, !(1...1_024).contains(workers) {
      throw ValidationError("--workers must be between 1 and 1024")
    }
    for form in report where TestReport(form) == nil {
      throw ValidationError("--report takes junit=FILE, json=FILE or github, not `\(form)`")
    }
    if reveal, isatty(STDOUT_FILENO) != 1 {
      throw ValidationError("--reveal shows personal data, which is for a terminal only")
    }
  }

  func run() async throws {
    do {
      guard watch else { return try finish(try await runOnce(loaded())) }
      try await TestWatch(paths: paths).run {
        let loader = try loaded()
        _ = try await runOnce(loader)
        return loader.namedFiles.union(loader.testedRules)
      }
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  private func loaded() throws -> TestLoader {
    var loader = TestLoader(profile: APIProfile(dialect))
    try loader.load(paths)
    return loader
  }

  /// Runs all that is asked for, once; the status that the command ends with.
  private func runOnce(_ loader: TestLoader) async throws -> Int32 {
    tell(loader)
    guard !loader.hasErrors else { return ExitStatus.problemsInRules }
    guard !loader.jobs.isEmpty || requireTests else {
      throw CommandFailure(
        "\(paths.joined(separator: ", ")): there are no tests (*.test.yaml)",
        status: ExitStatus.fileFailure)
    }
    let marks = FailedTests(in: state)
    let selection = TestSelection(pattern: only, failed: failed ? lastFailed(marks) : nil)
    let jobs = loader.jobs.map { selection.chosen(of: $0) }
    let session = TestSession(
      runners: loader.runners, jobs: jobs, mask: { TestMask.text($0, .masked) })
    var outcome = await outcome(of: session, loader)
    if update { try SnapshotWriter.write(&outcome) }
    if mutate { outcome.mutation = await mutation(of: outcome) }
    let isWhole = only == nil && !failed
    if isWhole {
      for part in outcome.report.coverage { outcome.coverage.add(part) }
      outcome.untested = untested(loader)
    }
    try show(outcome)
    marks.write(outcome)
    return status(of: outcome)
  }

  /// The tests that failed last time; all are wanted where none did.
  private func lastFailed(_ marks: FailedTests) -> Set<FailedTests.Name>? {
    let names = marks.read()
    if names.isEmpty { Terminal.say("regra: no test is known to have failed: all are run\n") }
    return names.isEmpty ? nil : names
  }

  private func tell(_ loader: TestLoader) {
    guard !loader.diagnostics.isEmpty else { return }
    Terminal.say(
      loader.diagnostics,
      DiagnosticRenderer(
        sources: loader.sources, ink: Terminal.ink(of: STDERR_FILENO), language: Terminal.language))
  }

  private var workerCount: Int { workers ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private func outcome(of session: TestSession, _ loader: TestLoader) async -> TestOutcome {
    let start = ContinuousClock.now
    let report = await session.run(workers: workerCount)
    let files = Dictionary(
      loader.jobs.map { ($0.file.path, $0.file) }, uniquingKeysWith: { first, _ in first })
    let sources =
      reveal
      ? loader.sources : loader.sources.map { TestMask.source($0, of: files[$0.path]) }
    return TestOutcome(
      session: session, report: report,
      renderer: DiagnosticRenderer(
        sources: sources, ink: Terminal.ink(of: STDOUT_FILENO), language: Terminal.language),
      privacy: reveal ? .revealed : .masked, duration: start.duration(to: .now))
  }

  private func mutation(of outcome: TestOutcome) async -> MutationRun.Report {
    let run = MutationRun(outcome.session, results: outcome.report.results)
    let count = run.count
    Terminal.openStatus()
    defer { Terminal.closeStatus() }
    return await run.run(
      workers: workerCount, until: .now + .seconds(mutateFor.seconds)
    ) { done in
      Terminal.drawStatus { _ in "\(grouped(done)) of \(grouped(count)) changes tried" }
    }
  }

  /// Rule files that the arguments name and no test is about.
  private func untested(_ loader: TestLoader) -> [String] {
    var untested: [String] = []
    for path in paths where !RuleFiles.isTestFile(path) {
      guard let sources = try? RuleFiles.read([path]) else { continue }
      for source in sources.map({ FilePlace.plain($0.path) })
      where !loader.testedRules.contains(source) && !untested.contains(source) {
        untested.append(source)
      }
    }
    return untested
  }

  private func show(_ outcome: TestOutcome) throws {
    Terminal.tell(
      TestText(
        outcome: outcome, ink: Terminal.ink(of: STDOUT_FILENO), showsAll: all,
        language: Terminal.language
      ).text)
    var masked = outcome
    masked.privacy = .masked
    for form in report.compactMap({ TestReport($0) }) {
      switch form {
      case .github: Terminal.print(masked.gitHub)
      case .junit(let path): try write(masked.junit, to: path)
      case .json(let path): try write(masked.json, to: path)
      }
    }
  }

  private func write(_ text: String, to path: String) throws {
    do throws(SinkFailure) {
      try WholeFile.write(Array(text.utf8), to: path)
    } catch {
      if case .failed(let failure) = error { throw CommandFailure(failure) }
    }
  }

  private func status(of outcome: TestOutcome) -> Int32 {
    if outcome.failedCount > 0 { return ExitStatus.problemsInRules }
    var sentences: [String] = []
    if let min, only == nil, !failed, outcome.coverage.percent < min {
      sentences.append("\(outcome.coverage.percent) % is covered, and --min asks for \(min) %")
    }
    if requireTests, !outcome.untested.isEmpty {
      sentences.append("\(counted(outcome.untested.count, "rule file")) without tests")
    }
    for sentence in sentences { Terminal.say("regra: \(sentence)\n", .error) }
    return sentences.isEmpty ? 0 : ExitStatus.problemsInRules
  }

  private func finish(_ status: Int32) throws {
    if status != 0 { throw ExitCode(status) }
  }
}
