import ArgumentParser
import CEL
import Diagnostics
private import Glibc
import Rulesets
import Samples
import Streams

/// `regra infer`: what events look like.
struct InferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer", abstract: "Show what events look like: fields, types, values, by type.",
    discussion: """
      EVENTS are files, directories, patterns or `-`, as `run` reads them; without any, standard \
      input is read. The type of an event is the first text under `type`, `event_type`, `topic`, \
      `event`, `kind`, `tipo` or the like, unless --type says where it is. Values that may say who \
      somebody is are never printed.

        regra infer --format json events.ndjson > schema.json
        regra check rules/ --samples schema.json
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .value("type"), .value("format"), .value("max-event"), .value("workers"), .plain("reveal"),
    .plain("no-progress"), .plain("quiet"),
  ]

  @Argument(help: "Files, directories or patterns of events; `-` is standard input.")
  var events: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where the type of an event is, as `events: type:` of a rule file says it; repeatable.",
      valueName: "expr"))
  var type: [String] = []

  @Option(help: "text, or json, which `check --samples` reads.")
  var format: Format = .text

  @Option(help: ArgumentHelp("The longest event that is read.", valueName: "size"))
  var maxEvent = ByteLimit(count: 16 << 20)

  @Option(help: "Threads that look at events. Default: one for each core.")
  var workers: Int?

  @Flag(help: "Show personal data; on a terminal only.")
  var reveal = false

  @Flag(help: "Draw no progress bar.")
  var noProgress = false

  @Flag(help: "Say nothing about bad lines.")
  var quiet = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    if let workers, !(1...1_024).contains(workers) {
      throw ValidationError("--workers must be between 1 and 1024")
    }
    if reveal, isatty(STDOUT_FILENO) != 1 {
      throw ValidationError("--reveal shows personal data on a terminal only")
    }
  }

  func run() throws {
    let stop = StopSignal()
    stop.watchInterrupts()
    do {
      let typings = try typings()
      var reading = SampleReading(try Input.expand(events))
      reading.byteLimit = maxEvent.count
      reading.workerCount = workers ?? SampleReading.coreCount
      reading.showsProgress = !noProgress && !quiet
      reading.tellsProblems = !quiet
      let schema = try reading.schema(typings, stop: stop)
      let disclosure: Disclosure = reveal ? .revealed : .masked
      switch format {
      case .json: Terminal.print(schema.json(disclosure))
      case .text: Terminal.tell(schema.text(disclosure))
      }
      if schema.problemCount > 0 { throw ExitCode(ExitStatus.setAside) }
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  /// The places of `--type`; where none is named, the usual ones.
  private func typings() throws -> [Typing] {
    guard !type.isEmpty else { return [.usual] }
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    return try type.map { text in
      let source = SourceText(path: "<type>", contents: text)
      let checked = StandaloneExpression(source, in: environment)
      if !checked.diagnostics.isEmpty {
        Terminal.say(
          checked.diagnostics,
          DiagnosticRenderer(
            sources: [source], ink: Terminal.ink(of: STDERR_FILENO), language: Terminal.language))
      }
      guard let expression = checked.expression else {
        throw ExitCode(ExitStatus.problemsInRules)
      }
      return Typing(expression, in: environment, keepsUntyped: true)
    }
  }
}
