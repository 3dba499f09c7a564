import ArgumentParser
import Contacts
import Diagnostics
import Engine
private import Glibc
import Knowledge
import Rulesets
import Streams

/// `regra run`: events in, batched calls out.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Read events, evaluate rules, print batched API calls.",
    discussion: """
      RULES is a file, or a directory with *.yaml and *.yml files. EVENTS are files, directories, \
      patterns or `-`; without any, standard input is read. NDJSON, JSON and CSV, also compressed \
      with gzip, are recognised by their content. Bad lines are reported and left out.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .value("window"), .value("merge"), .value("dialect"), .plain("strict"), .value("max-event"),
    .value("contacts"), .value("inventory"), .value("now"), .value("workers"), .value("summary"),
    .value("trace"), .value("to"),
    .plain("no-progress"), .plain("quiet"), .plain("reveal"),
  ]

  @Argument(help: "A rule file, or a directory of them.")
  var rules: String

  @Argument(help: "Files, directories or patterns of events; `-` is standard input.")
  var events: [String] = []

  @Option(
    help: ArgumentHelp(
      "Events merged into one batch: 10000, 2s, or 10000,2s for whichever comes first. "
        + "Default: all files together (at most 1,000,000 events); on a live stream 10000,2s.",
      valueName: "limits"))
  var window: WindowLimits?

  @Option(help: "`window` merges the writes of a window per contact; `off` sends each action.")
  var merge: Merger.Mode = .window

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Flag(help: "End at the first bad line, after the complete windows before it.")
  var strict = false

  @Option(help: ArgumentHelp("The longest event that is read.", valueName: "size"))
  var maxEvent = ByteLimit(count: 16 << 20)

  @Option(
    help: ArgumentHelp("Contacts of the workspace, as the API returns them.", valueName: "file"))
  var contacts: String?

  @Option(
    help: ArgumentHelp(
      "Groups and fields of the workspace, as the API returns them.",
      valueName: "file"))
  var inventory: String?

  @Option(help: ArgumentHelp("The time that rules see as `now` (RFC 3339).", valueName: "time"))
  var now: Instant?

  @Option(help: "Threads that evaluate rules. Default: one for each core.")
  var workers: Int?

  @Option(help: ArgumentHelp("Write the summary as JSON, too.", valueName: "file"))
  var summary: String?

  @Option(
    help: ArgumentHelp(
      "Write one line `rule event-id` for each firing.", valueName: "firings=FILE"))
  var trace: FiringsTrace?

  @Option(help: ArgumentHelp("Write a file for each batch into this directory.", valueName: "dir"))
  var to: String?

  @Flag(help: "Draw no progress bar.")
  var noProgress = false

  @Flag(help: "Print no summary.")
  var quiet = false

  @Flag(help: "Show personal data in the summary.")
  var reveal = false

  func validate() throws {
    if let workers, !(1...1_024).contains(workers) {
      throw ValidationError("--workers must be between 1 and 1024")
    }
    if summary == "-" {
      throw ValidationError(
        "--summary needs a file: standard output carries calls only; the summary for people "
          + "goes to standard error")
    }
    if let to, to == "simulator" || to.contains("://") {
      throw ValidationError(
        "--to writes into a directory; this version does not send calls")
    }
  }

  func run() throws {
    let stop = StopSignal()
    stop.watchInterrupts()
    do {
      let ruleset = try checkedRuleset()
      let program = Program(ruleset, profile: APIProfile(dialect))
      let inputs = try Input.expand(events)
      let known = try snapshot()
      let outlets = try openOutlets(inputs)
      if Terminal.isInputATerminal, inputs.contains(where: { $0.place == .standardInput }) {
        Terminal.say("regra: reading events from the keyboard; Ctrl-D ends them\n")
      }
      let report = Pipeline.run(
        program, over: inputs, options: options, into: outlets, stop: stop, knowing: known)
      try finish(report, of: ruleset)
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  /// What files say of the workspace; absent where none is given.
  private func snapshot() throws -> ContactSnapshot? {
    guard contacts != nil || inventory != nil else { return nil }
    let files = try SnapshotFiles(
      contacts: contacts, inventory: inventory, profile: APIProfile(dialect))
    for problem in files.problems.prefix(10) {
      Terminal.say("regra: \(contacts ?? ""):\(problem.line): \(problem.cause)\n")
    }
    if files.problemCount > 10 {
      Terminal.say("regra: \(contacts ?? ""): \(files.problemCount) lines hold no contact\n")
    }
    return files.snapshot
  }

  private func checkedRuleset() throws -> Ruleset {
    let checked = try CheckedRules([rules], dialect: dialect)
    let renderer = DiagnosticRenderer(
      sources: checked.sources, ink: Terminal.ink(of: STDERR_FILENO))
    if !checked.diagnostics.isEmpty {
      Terminal.say(renderer.report(checked.diagnostics, as: .text))
    }
    guard let ruleset = checked.ruleset else { throw ExitCode(ExitStatus.problemsInRules) }
    return ruleset
  }

  /// What the flags ask of the pipeline.
  var options: RunOptions {
    RunOptions(
      window: window, merge: merge, strictness: strict ? .strict : .lenient,
      byteLimit: maxEvent.count, clock: now.map { .fixed($0.nanoseconds) } ?? .system,
      workerCount: workers ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  private func openOutlets(_ inputs: [Input]) throws -> RunOutlets {
    let sink: any Sink =
      if let to { try DirectorySink(directory: to) } else {
        DescriptorSink(descriptor: STDOUT_FILENO, path: "standard output")
      }
    let file = try trace.map { try OutputFile(path: $0.path) }
    let bar =
      noProgress || quiet ? nil : ProgressBar(descriptor: STDERR_FILENO, inputs: inputs)
    return RunOutlets(sink: sink, trace: file, progress: bar)
  }

  /// Tells what happened, and ends with the status that says so.
  private func finish(_ report: RunReport, of ruleset: Ruleset) throws {
    if report.ending == .outputClosed { return }
    let words = Summary(report, of: ruleset, privacy: reveal ? .revealed : .masked)
    if !quiet { Terminal.say(words.text) }
    if let summary {
      let file = try OutputFile(path: summary)
      do throws(SinkFailure) {
        try file.write(Array(words.json.utf8))
      } catch {
        throw CommandFailure("\(summary): cannot be written", status: ExitStatus.fileFailure)
      }
    }
    if let failure = report.ending.failure { throw failure }
    let status = report.ending.exitStatus(hasSetAside: report.hasSetAside)
    if status != 0 { throw ExitCode(status) }
  }
}
