import ArgumentParser
import Contacts
import Engine
private import Glibc
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

  static let environmentFlags: [FlagEnvironment.FlagName] =
    StreamOptions.environmentFlags + [
      .value("merge"), .value("summary"), .value("trace"), .value("to"),
    ]

  @OptionGroup var stream: StreamOptions

  @Option(help: "`window` merges the writes of a window per contact; `off` sends each action.")
  var merge: Merger.Mode = .window

  @Option(help: ArgumentHelp("Write the summary as JSON, too.", valueName: "file"))
  var summary: String?

  @Option(
    help: ArgumentHelp(
      "Write one line `rule event-id` for each firing.", valueName: "firings=FILE"))
  var trace: FiringsTrace?

  @Option(help: ArgumentHelp("Write a file for each batch into this directory.", valueName: "dir"))
  var to: String?

  func validate() throws {
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
      let ruleset = try stream.checkedRuleset()
      let program = Program(ruleset, profile: APIProfile(stream.dialect))
      let inputs = try Input.expand(stream.events)
      let known = try stream.knowledge(at: options.clock.now() / 1_000_000_000)
      let outlets = try openOutlets(inputs)
      if Terminal.isInputATerminal, inputs.contains(where: { $0.place == .standardInput }) {
        Terminal.say("regra: reading events from the keyboard; Ctrl-D ends them\n")
      }
      let report = Pipeline.run(
        program, over: inputs, options: options, into: outlets, stop: stop,
        knowing: known.snapshot)
      try finish(report, of: ruleset)
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  /// What the flags ask of the pipeline.
  var options: RunOptions { stream.options(merge: merge) }

  private func openOutlets(_ inputs: [Input]) throws -> RunOutlets {
    let sink: any Sink =
      if let to { try DirectorySink(directory: to) } else {
        DescriptorSink(descriptor: STDOUT_FILENO, path: "standard output")
      }
    let file = try trace.map { try OutputFile(path: $0.path) }
    let bar =
      stream.noProgress || stream.quiet
      ? nil : ProgressBar(descriptor: STDERR_FILENO, inputs: inputs)
    return RunOutlets(sink: sink, trace: file, progress: bar)
  }

  /// Tells what happened, and ends with the status that says so.
  private func finish(_ report: RunReport, of ruleset: Ruleset) throws {
    if report.ending == .outputClosed { return }
    let words = Summary(report, of: ruleset, privacy: stream.reveal ? .revealed : .masked)
    if !stream.quiet { Terminal.say(words.text) }
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
