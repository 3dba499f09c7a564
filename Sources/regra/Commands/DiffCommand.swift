import ArgumentParser
import Contacts
import Engine
private import Glibc
import Playground
import Streams

/// `regra diff`: what two rulesets make of the same events; nothing is sent.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare what two rulesets make of the same events.",
    discussion: """
      OLD and NEW are rule files or directories, EVENTS what `run` reads. Both rulesets meet the \
      events in the same workspace, each against a server that exists in memory alone. Shown are \
      the contacts that end differently, part by part with the rules that wrote them, and the \
      calls that are lost and gained, rule by rule. Personal data is masked.

        regra diff rules/ new-rules/ events.ndjson --contacts contacts.ndjson
        regra diff rules/ new-rules/ events.ndjson --fail-on deletes
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] =
    [
      .value("contacts"), .value("window"), .value("dialect"), .value("now"), .value("max-event"),
      .plain("allow-urn-moves"), .value("fail-on"), .value("format"), .plain("all"),
      .plain("no-progress"), .plain("reveal"),
    ] + InventoryOptions.environmentFlags

  @Argument(help: "The rules that are compared with: a file, or a directory.")
  var old: String

  @Argument(help: "The rules that are to take their place.")
  var new: String

  @Argument(help: "Files, directories or patterns of events; `-` is standard input.")
  var events: [String] = []

  @Option(
    help: ArgumentHelp("Everybody in the workspace, as the API lists them.", valueName: "file"))
  var contacts: String?

  @OptionGroup var workspace: InventoryOptions

  @Option(
    help: ArgumentHelp(
      "Events merged into one batch, as `run` takes it: 10000, 2s, or 10000,2s.",
      valueName: "limits"))
  var window: WindowLimits?

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Option(help: ArgumentHelp("The time that rules see as `now` (RFC 3339).", valueName: "time"))
  var now: Instant?

  @Option(help: ArgumentHelp("The longest event that is read.", valueName: "size"))
  var maxEvent = ByteLimit(count: 16 << 20)

  @Flag(help: "Take URNs from contacts that have them; otherwise such writes are set aside.")
  var allowURNMoves = false

  @Option(
    help: ArgumentHelp(
      "End with 4: `deletes` if NEW deletes a contact that OLD does not, `any` if anything is different.",
      valueName: "what"))
  var failOn: Failing?

  @Option(help: "text, or json with the same data.")
  var format: Format = .text

  @Flag(help: "Show every contact, not only the first fifty that are made or changed.")
  var all = false

  @Flag(help: "Draw no progress bar.")
  var noProgress = false

  @Flag(help: "Show personal data in what is printed.")
  var reveal = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }
  enum Failing: String, ExpressibleByArgument, CaseIterable { case deletes, any }

  func validate() throws {
    if workspace.state != nil, contacts != nil {
      throw ValidationError("--state already says what --contacts would")
    }
  }

  func run() async throws {
    do {
      try await compare()
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  private func compare() async throws {
    let clock = now.map { RunClock.fixed($0.nanoseconds) } ?? .system
    let workspace = try ComparedWorkspace(
      contacts: contacts, self.workspace, dialect: dialect, now: clock.now())
    let (before, after) = try rules(in: workspace.scene)
    var options = RehearsalOptions()
    options.allowsURNMoves = allowURNMoves
    options.byteLimit = maxEvent.count
    let inputs = try Input.expand(events)
    let reading = ComparedEvents(
      inputs: inputs,
      options: RunOptions(window: window, byteLimit: maxEvent.count, clock: clock),
      showsProgress: !noProgress)
    let (comparison, ending) = try await reading.run(
      ComparisonRun(
        old: before, new: after, in: workspace.scene, options, sources: inputs.map(\.path)))
    show(comparison, known: workspace.words)
    let hasFailed =
      switch failOn {
      case .deletes: !comparison.contacts(.deleted(.new)).isEmpty
      case .any: !comparison.isNothing
      case nil: false
      }
    if hasFailed { throw ExitCode(ExitStatus.foundFailures) }
    let status = ending.exitStatus(hasSetAside: comparison.problemCount > 0)
    if status != 0 { throw ExitCode(status) }
  }

  /// Both rulesets; of each that is wrong is said which it is.
  private func rules(in scene: RehearsalScene) throws -> (old: TracedRules, new: TracedRules) {
    func checked(_ path: String, _ side: Comparison.Side) throws -> TracedRules? {
      do {
        return try PlayedScene(rules: [path], in: scene).rules
      } catch is ExitCode {
        Terminal.say("regra: these are the \(side.rawValue) rules: \(path)\n")
        return nil
      }
    }
    let (before, after) = (try checked(old, .old), try checked(new, .new))
    guard let before, let after else { throw ExitCode(ExitStatus.problemsInRules) }
    return (before, after)
  }

  private func show(_ comparison: Comparison, known: String) {
    let veil: Veil = reveal ? .none : .masked
    switch format {
    case .text:
      let text = ComparisonText(
        comparison, titles: (old, new), known: known, limit: all ? .max : 50, veil: veil,
        language: Terminal.language)
      let ink = Terminal.ink(of: STDOUT_FILENO)
      Terminal.print(text.lines.map { painted($0, ink) + "\n" }.joined())
    case .json:
      Terminal.print(
        JSONLine.text(ComparisonJSON(comparison, veil: veil).entries.map { ($0.key, $0.value) }))
    }
  }
}
