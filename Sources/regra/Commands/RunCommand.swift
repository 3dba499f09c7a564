import HTTPTransport
import ArgumentParser
import Contacts
import Delivery
import Engine
private import Glibc
import Logging
import Rulesets
import Streams

/// `regra run`: events in, batched calls out.
struct RunCommand: ParsableCommand, WatchedCommand {
  static let configuration = CommandConfiguration(
    // The name in front keeps the parser from looking for a request of completions by two parses of
    // its own, a tenth of a short run: such a request is left to the tree of all commands.
    commandName: "run", _superCommandName: "regra",
    abstract: "Read events, evaluate rules, print batched API calls.",
    discussion: """
      RULES is a file, or a directory with *.yaml and *.yml files. EVENTS are files, directories, \
      patterns or `-`; without any, standard input is read. NDJSON, JSON and CSV, also compressed \
      with gzip, are recognised by their content. Bad lines are reported and left out.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] =
    StreamOptions.environmentFlags + [
      .value("merge"), .value("summary"), .value("trace"), .value("to"), .plain("from-start"),
      .plain("profile"), .value("profile-stacks"),
    ] + WayOptions.environmentFlags + DeliveryFlags.environmentFlags
    + TelemetryOptions.environmentFlags

  @OptionGroup var stream: StreamOptions

  @Option(help: "`window` merges the writes of a window per contact; `off` sends each action.")
  var merge: Merger.Mode = .window

  @Option(help: ArgumentHelp("Write the summary as JSON, too.", valueName: "file"))
  var summary: String?

  @Option(
    help: ArgumentHelp(
      "Write one line `rule event-id` for each firing.", valueName: "firings=FILE"))
  var trace: FiringsTrace?

  @Option(
    help: ArgumentHelp(
      "Send the calls to a server (https://…), or write a file for each batch into a directory.",
      valueName: "url or dir"))
  var to: String?

  @Flag(help: "With a server: read events from their beginning, though an earlier run took some.")
  var fromStart = false

  @Flag(help: "Time some events, and tell which rules and conditions take time and cause calls.")
  var profile = false

  @Option(
    help: ArgumentHelp(
      "Write what --profile times as stacks, for a flame graph.", valueName: "file"))
  var profileStacks: String?

  @OptionGroup(title: "Sending") var way: WayOptions
  @OptionGroup(title: "Sending") var delivery: DeliveryFlags
  @OptionGroup(title: "Watching") var telemetry: TelemetryOptions

  var isQuiet: Bool { stream.quiet }

  func validate() throws {
    if summary == "-" {
      throw ValidationError(
        "--summary needs a file: standard output carries calls only; the summary for people "
          + "goes to standard error")
    }
    if to == "simulator" {
      throw ValidationError(
        "--to simulator is not there yet: start `regra simulate` and give its address")
    }
    if telemetry.metrics != nil, try server() == nil {
      throw ValidationError("--metrics shows a run that sends: give --to https://…")
    }
    if let server = try server() {
      if merge == .off {
        throw ValidationError(
          "--merge off is for looking at calls; it is not sent (\(server.name))")
      }
      if stream.contacts != nil {
        throw ValidationError("what is sent needs a state directory: --state instead of --contacts")
      }
      if way.tokenFile == "-", stream.events.isEmpty || stream.events.contains("-") {
        throw ValidationError("events and the token cannot both come from standard input")
      }
    }
  }

  /// Where calls are sent, if they are.
  private func server() throws -> ServerAddress? {
    guard let to, to.contains("://") else { return nil }
    return try WayOptions.address(to, of: "--to")
  }

  func run() throws {
    do {
      let server = try server()
      let rules = try RulesInForce(
        stream.checkedRules(makingState: server != nil), of: stream)
      rules.forgetTrees()
      let inputs = try Input.expand(stream.events)
      let isLive = inputs.contains(where: \.isLive)
      let stop = StopSignal()
      if isLive { stop.watchInterrupts { rules.reload() } } else { stop.watchInterrupts() }
      if let server { return try deliver(inputs, by: rules, to: server, stop) }
      let known = try stream.knowledge(at: options.clock.now() / 1_000_000_000)
      let outlets = try openOutlets(inputs)
      if Terminal.isInputATerminal, inputs.contains(where: { $0.place == .standardInput }) {
        Terminal.say("regra: reading events from the keyboard; Ctrl-D ends them\n")
      }
      if isLive { rules.watch { _ in } }
      let report = Pipeline.run(
        rules.program, over: inputs, options: options, into: outlets, stop: stop,
        knowing: known.snapshot)
      try finish(report, of: rules.digest)
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  /// What the flags ask of the pipeline.
  var options: RunOptions {
    var options = stream.options(merge: merge)
    options.profiles = profile || profileStacks != nil
    return options
  }

  /// Runs, and sends what comes of it.
  private func deliver(
    _ inputs: [Input], by rules: RulesInForce, to server: ServerAddress, _ stop: StopSignal
  ) throws {
    let watch = RunWatch(isQuiet: stream.quiet, answerTime: way.timeout.duration)
    let screen = DeliveryScreen(watch)
    let delivery = DeliveryRun(
      stream: stream, options: options, way: way, flags: delivery, address: server,
      startsOver: fromStart,
      display: .init(
        address: telemetry.metrics, showsStatus: !stream.noProgress && !stream.quiet))
    watch.tellStart([
      "rules": "\(stream.rules)", "server": "\(server.name)",
      "dialect": "\(stream.dialect.rawValue)",
    ])
    let place = try delivery.openDirectory(watch)
    let outcome = try delivery.run(
      rules, over: inputs, into: try openOutlets(inputs), screen: screen, keeping: place,
      until: stop)
    if let report = outcome.report { try tell(report, of: rules.digest, isSent: true) }
    screen.end(
      outcome.delivery, reason: outcome.reason, goOn: "the same command goes on from there")
    if let notice = outcome.setAside {
      screen.tell(notice, url: server.text, reveal: stream.reveal)
    }
    let hasSetAside = outcome.setAside != nil || (outcome.report?.hasSetAside ?? false)
    let status = outcome.delivery.ending.exitStatus(hasSetAside: hasSetAside, stop)
    if let failure = outcome.report?.ending.failure { throw failure }
    if status != 0 { throw ExitCode(status) }
    if case .interrupted(let signal)? = outcome.report?.ending { throw ExitCode(128 + signal) }
  }

  private func openOutlets(_ inputs: [Input]) throws -> RunOutlets {
    let sink: any Sink =
      if let to, try server() == nil { try DirectorySink(directory: to) } else {
        DescriptorSink(descriptor: STDOUT_FILENO, path: "standard output")
      }
    let file = try trace.map { try OutputFile(path: $0.path) }
    let bar =
      try stream.noProgress || stream.quiet || Terminal.log != nil || server() != nil
      ? nil : ProgressBar(descriptor: STDERR_FILENO, inputs: inputs)
    return RunOutlets(sink: sink, trace: file, progress: bar)
  }

  /// Tells what happened, and ends with the status that says so.
  private func finish(_ report: RunReport, of rules: RuleDigest) throws {
    if report.ending == .outputClosed { return }
    try tell(report, of: rules, isSent: false)
    if let failure = report.ending.failure { throw failure }
    let status = report.ending.exitStatus(hasSetAside: report.hasSetAside)
    if status != 0 { throw ExitCode(status) }
  }

  private func tell(_ report: RunReport, of rules: RuleDigest, isSent: Bool) throws {
    var words = Summary(report, of: rules, privacy: stream.reveal ? .revealed : .masked)
    words.isSent = isSent
    if let log = Terminal.log {
      words.tell(to: log)
    } else if !stream.quiet {
      Terminal.say(words.text)
    }
    if let summary { try write(words.json, to: summary) }
    if let profileStacks { try write(words.profileStacks, to: profileStacks) }
  }

  private func write(_ text: String, to path: String) throws {
    let file = try OutputFile(path: path)
    do throws(SinkFailure) {
      try file.write(Array(text.utf8))
    } catch {
      throw CommandFailure("\(path): cannot be written", status: ExitStatus.fileFailure)
    }
  }
}
