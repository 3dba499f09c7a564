import ArgumentParser
import CEL
import Diagnostics
private import Glibc
import Rulesets
import Streams

/// `regra eval`: what one expression comes to for each event.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Evaluate one expression for each event, like jq.",
    usage: """
      regra eval [<options>] EXPR [EVENTS…]
      regra eval [<options>] --null-input EXPR…
      """,
    discussion: """
      EXPR is CEL, the language of rules, over `event` and `now`. EVENTS are files, directories, \
      patterns or `-`; without any, standard input is read: NDJSON, JSON and CSV, also compressed \
      with gzip. Each event gives one line of JSON.

        regra eval --null-input '1 + 1'
        regra eval 'event.order.total * 2' orders.ndjson
        tail -f log | regra eval --where 'event.status == "paid"' event.id

      A result that is not known prints null; standard error says why. Exit codes: 0 fine, \
      1 problems in EXPR, 3 a file cannot be read, 4 see --exit-status, 5 a bad line, 64 misuse.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .plain("null-input"), .plain("slurp"), .plain("raw"), .plain("exit-status"), .value("where"),
    .value("arg"), .value("arg-json"), .value("from-file"), .value("profile"), .value("zone"),
    .value("now"), .plain("strict"), .value("max-event"), .plain("quiet"),
  ]

  @Argument(help: ArgumentHelp("The expression, then files of events.", valueName: "words"))
  var words: [String] = []

  @Flag(name: .shortAndLong, help: "Read no events; evaluate each EXPR once.")
  var nullInput = false

  @Flag(name: .shortAndLong, help: "Evaluate once: `event` is the list of all events.")
  var slurp = false

  @Flag(name: .shortAndLong, help: "Print texts without quotes and escapes.")
  var raw = false

  @Flag(
    name: .shortAndLong,
    help: "End with 4 if a result is false, null or unknown, or if there is none.")
  var exitStatus = false

  @Option(help: ArgumentHelp("Leave out events for which this is not true.", valueName: "expr"))
  var `where`: String?

  @Option(
    help: ArgumentHelp("A name for a text, in all expressions; repeatable.", valueName: "name=text")
  )
  var arg: [NamedText] = []

  @Option(help: ArgumentHelp("A name for a JSON value, likewise.", valueName: "name=json"))
  var argJson: [NamedText] = []

  @Option(
    name: [.customShort("f"), .long],
    help: ArgumentHelp("Read the expression from a file.", valueName: "file"))
  var fromFile: String?

  @Option(help: "`standard` is strict CEL, without Regra's functions.")
  var profile: ExpressionProfile = .regra

  @Option(help: ArgumentHelp("The time zone of dates without one.", valueName: "name"))
  var zone: String?

  @Option(help: ArgumentHelp("The time that is `now` (RFC 3339).", valueName: "time"))
  var now: Instant?

  @Flag(help: "End at the first bad line.")
  var strict = false

  @Option(help: ArgumentHelp("The longest event that is read.", valueName: "size"))
  var maxEvent = ByteLimit(count: 16 << 20)

  @Flag(help: "Say nothing about unknown results and bad lines.")
  var quiet = false

  func validate() throws {
    if words.isEmpty, fromFile == nil { throw ValidationError("there is no expression") }
    if nullInput, slurp { throw ValidationError("--slurp needs events, --null-input has none") }
    if nullInput, self.where != nil {
      throw ValidationError("--where chooses events, --null-input has none")
    }
    if let objection = zone.flatMap({ StandaloneExpression.objection(toZone: $0) }) {
      throw ValidationError("--zone: \(objection)")
    }
    _ = try environment()
  }

  func run() throws {
    let stop = StopSignal()
    stop.watchInterrupts()
    do {
      let sources = try self.sources()
      let query = try checkedQuery(sources)
      let notes = EvaluationNotes(sources: sources, isQuiet: quiet)
      let inputs = nullInput ? [] : try Input.expand(events)
      notes.inputs = inputs.map(\.path)
      let evaluation = Evaluation(
        query, options: options,
        into: DescriptorSink(descriptor: STDOUT_FILENO, path: "standard output"), stop: stop,
        tell: notes.tell)
      if nullInput { return try finish(evaluation.runWithoutEvents(), notes) }
      if Terminal.isInputATerminal, inputs.contains(where: { $0.place == .standardInput }) {
        notes.say("regra: reading events from the keyboard; Ctrl-D ends them, -n needs none\n")
      }
      try finish(evaluation.run(over: inputs), notes)
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  /// The arguments with a blank before those that begin with a negative number, which are
  /// expressions and no flags.
  static func separatingNumbers(in arguments: [String]) -> [String] {
    arguments.map { $0.starts(with: /-[0-9.(]/) ? " " + $0 : $0 }
  }

  /// What the flags ask of the evaluation.
  var options: EvaluationOptions {
    var options = EvaluationOptions()
    options.arrangement = slurp ? .list : .each
    options.form = raw ? .raw : .json
    options.strictness = strict ? .strict : .lenient
    options.byteLimit = maxEvent.count
    options.clock = now.map { .fixed($0.nanoseconds) } ?? .system
    return options
  }

  private func finish(_ report: EvaluationReport, _ notes: EvaluationNotes) throws {
    if report.ending == .outputClosed { return }
    notes.summarise(report)
    if let failure = report.ending.failure { throw failure }
    var status = report.ending.exitStatus(hasSetAside: report.problemCount > 0)
    let hasFailed = report.failureCount > 0 || report.resultCount == 0
    if exitStatus, report.ending == .complete, hasFailed { status = ExitStatus.foundFailures }
    if status != 0 { throw ExitCode(status) }
  }
}
