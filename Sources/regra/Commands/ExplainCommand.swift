import ArgumentParser
import CEL
import Contacts
import Diagnostics
import Playground
import Streams

/// `regra explain`: the page about one diagnostic, or what rules make of one event.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a diagnostic, or what rules make of one event, line by line.",
    usage: """
      regra explain CODE
      regra explain RULES --event FILE [<options>]
      """,
    discussion: """
      CODE is what stands in brackets, such as E0201. With --event, every line of every rule that \
      listens is shown with the values it read, also behind the line that decides, and what the \
      rules that fired would write. --why-not names the line that stops a rule, and the fewest fields \
      of the event whose change would make it fire. Nothing is sent; personal data is masked.

        regra explain E0203
        regra explain rules/ --event event.json
        regra explain rules/ --event events.ndjson --line 17
        tail -1 log.ndjson | regra explain rules/ --event -
        regra explain rules/ --event event.json --why-not order-paid --samples events.ndjson
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .value("format"), .value("dialect"), .value("now"), .value("contacts"), .value("inventory"),
    .value("samples"), .plain("reveal"),
  ]

  @Argument(help: ArgumentHelp("A diagnostic's code, or rules.", valueName: "subject"))
  var subject: String

  @Option(help: ArgumentHelp("NDJSON with the event; `-` is standard input.", valueName: "file"))
  var event: String?

  @Option(help: ArgumentHelp("Of several events that of this line.", valueName: "number"))
  var line: Int?

  @Option(name: .customLong("id"), help: ArgumentHelp("Of several events that of this id."))
  var eventID: String?

  @Option(help: ArgumentHelp("This rule alone, whatever it listens to.", valueName: "id"))
  var rule: String?

  @Option(
    help: ArgumentHelp(
      "What stops this rule, and the smallest change that would fire it.", valueName: "id"))
  var whyNot: String?

  @Option(
    help: ArgumentHelp(
      "Events whose values --why-not prefers, with how often they occur.", valueName: "file"))
  var samples: String?

  @Option(
    help: ArgumentHelp("Everybody in the workspace, as the API lists them.", valueName: "file"))
  var contacts: String?

  @Option(help: ArgumentHelp("Groups and fields of the workspace.", valueName: "file"))
  var inventory: String?

  @Option(help: "text, or json with the same data.")
  var format: PlayCommand.Format = .text

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Option(help: ArgumentHelp("The time that rules see as `now` (RFC 3339).", valueName: "time"))
  var now: Instant?

  @Flag(help: "Show personal data, on a terminal.")
  var reveal = false

  func validate() throws {
    if rule != nil, whyNot != nil {
      throw ValidationError("--rule and --why-not exclude each other")
    }
    if samples != nil, whyNot == nil { throw ValidationError("--samples goes with --why-not") }
    if event == nil, rule != nil || whyNot != nil {
      throw ValidationError("name the event with --event")
    }
  }

  func run() async throws {
    guard let event else { return try showPage() }
    let veil = try Veil.asked(revealing: reveal)
    do {
      try await explain(event, veil)
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  private func showPage() throws {
    let wanted = subject.uppercased()
    guard let page = ExplainPages.texts.first(where: { $0.code == wanted }) else {
      let near = closestMatch(to: wanted, in: ExplainPages.texts.map(\.code))
      let help =
        near.map { "; did you mean \($0)?" } ?? "; to explain an event, name it with --event"
      throw ValidationError("there is no diagnostic \(subject)\(help)")
    }
    Terminal.print(page.text)
  }

  private func explain(_ file: String, _ veil: Veil) async throws {
    func contents(_ path: String?) throws -> (path: String, bytes: [UInt8])? {
      guard let path else { return nil }
      return (path, try FileTree.contents(of: path))
    }
    let played = try PlayedScene(
      rules: [subject], contacts: try contents(contacts), inventory: try contents(inventory),
      dialect: dialect, now: now?.nanoseconds ?? RunClock.system.now())
    let path = file == "-" ? "/dev/stdin" : file
    let events = RehearsalEvent.lines(of: try FileTree.contents(of: path))
    let chosen = try choose(among: events, of: file, played.rules)
    let rehearsal = await Rehearsal([chosen], with: played.rules, in: played.scene)
    if let whyNot {
      return try explain(try number(of: whyNot, in: played.rules), in: rehearsal, veil)
    }
    var trace = rehearsal.trace(of: 0)
    if let rule {
      let number = try number(of: rule, in: played.rules)
      trace.rules = trace.rules.filter { $0.rule == number }
    }
    show(trace, rehearsal, veil)
  }

  private func number(of rule: String, in rules: TracedRules) throws -> Int {
    let known = rules.rules.map(\.id)
    guard let number = known.firstIndex(of: rule) else {
      let near = closestMatch(to: rule, in: known)
      throw ValidationError(
        "there is no rule \(rule)\(near.map { "; did you mean \($0)?" } ?? "")")
    }
    return number
  }

  /// Says why a rule does not fire.
  private func explain(_ rule: Int, in rehearsal: Rehearsal, _ veil: Veil) throws {
    var values = SampleValues()
    if let samples {
      let events = RehearsalEvent.lines(of: try FileTree.contents(of: samples))
      values = SampleValues(events, for: rule, of: rehearsal.rules)
    }
    let why = rehearsal.whyNot(rule, in: 0, samples: values)
    let text = WhyNotText(rehearsal.rules, veil: veil, language: Terminal.language)
    switch format {
    case .json:
      Terminal.print(JSONLine.text(text.entries(why).map { ($0.key, $0.value) }))
    case .text:
      let head = StepText(rehearsal, veil: veil).head(0, rehearsal.trace(of: 0))
      printLines(head + [""] + text.lines(why))
    }
  }

  private func show(_ trace: EventTrace, _ rehearsal: Rehearsal, _ veil: Veil) {
    switch format {
    case .json:
      Terminal.print(
        JSONLine.text(
          TraceJSON(rehearsal.rules, veil: veil).entries(trace).map { ($0.key, $0.value) }))
    case .text:
      let text = TraceTree(rehearsal.rules, veil: veil)
      let head = StepText(rehearsal, veil: veil).head(0, trace)
      printLines(
        head + [""] + (rule == nil ? text.lines(trace) : trace.rules.flatMap { text.rule($0) }))
    }
  }

  /// The one event, or that of the line or id that was asked for.
  private func choose(
    among events: [RehearsalEvent], of file: String, _ rules: TracedRules
  ) throws -> RehearsalEvent {
    if let line {
      guard let event = events.first(where: { $0.line == line }) else {
        throw ValidationError("\(file) has no event in line \(line)")
      }
      return event
    }
    if let eventID {
      var tracer = Tracer(rules)
      for event in events where tracer.outcomes(event.text, now: 0).id == eventID {
        return event
      }
      throw ValidationError("\(file) has no event with the id \(eventID)")
    }
    guard let first = events.first else {
      throw CommandFailure("\(file): there is no event in it", status: ExitStatus.fileFailure)
    }
    guard events.count == 1 else {
      throw ValidationError(
        "\(file) has \(grouped(events.count)) events: choose one with --line or --id")
    }
    return first
  }
}
