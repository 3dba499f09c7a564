import ArgumentParser
import Contacts
private import Glibc
import Playground
import PlaygroundServer
import Streams

/// `regra play`: a scenario's rules and events, rehearsed without touching any server.
struct PlayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play", abstract: "Rehearse a scenario, event by event; nothing is sent.",
    discussion: """
      SCENARIO is a folder, or the name of one below playground/: rules/ (or rules.yaml) and \
      events.ndjson, and perhaps contacts.ndjson, inventory.json, and clock with the time of the \
      first event. It may also be one file, shared from the page of --web. Rules meet the events, and the calls go to a server that exists in memory \
      alone. Shown are the rules that fired, what stopped the others, and the contacts before and \
      after. Personal data is masked.

        regra play shop-orders
        regra play shop-orders --event 17
        regra play shop-orders --step
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .value("format"), .value("dialect"), .value("now"), .value("window"), .plain("blind"),
    .plain("allow-urn-moves"), .plain("all"), .plain("calls"), .plain("step"), .plain("watch"),
    .plain("reveal"), .plain("web"), .value("port"), .plain("no-open"),
  ]

  @Argument(
    help: "A folder, the name of one below playground/, or a shared file. Default: this directory.")
  var scenario: String?

  @Flag(help: "Show every event, not only the first ten that did something.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Show this event in full, by its line or id; repeatable.", valueName: "event"))
  var event: [String] = []

  @Flag(help: "List every call.")
  var calls = false

  @Flag(help: "Walk through the events in a terminal, key by key.")
  var step = false

  @Flag(help: "Rehearse again whenever a file of the scenario is saved.")
  var watch = false

  @Flag(
    help:
      "Open a page where rules are written, tried and tested; it is served to this machine alone.")
  var web = false

  @Option(help: ArgumentHelp("With --web: the port; 0 takes a free one.", valueName: "port"))
  var port: UInt16 = 0

  @Flag(help: "With --web: print the address and open no browser.")
  var noOpen = false

  @Option(help: "text, or json: a line for each event, each window, and a summary.")
  var format: Format = .text

  @Option(help: "The line of the contact API: weni or rapidpro. Default: weni.")
  var dialect: Dialect?

  @Option(help: ArgumentHelp("When the first event comes (RFC 3339).", valueName: "time"))
  var now: Instant?

  @Option(
    help: ArgumentHelp("Events merged into one batch. Default: all.", valueName: "number"))
  var window: Int?

  @Flag(help: "Tell planning nothing of the contacts.")
  var blind = false

  @Flag(help: "Take URNs from contacts that have them; otherwise such writes are set aside.")
  var allowURNMoves = false

  @Flag(help: "Show personal data, on a terminal.")
  var reveal = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    if let window, window < 1 { throw ValidationError("--window must be at least 1") }
    if step, watch || format == .json {
      throw ValidationError("--step goes with neither --watch nor --format json")
    }
    if web, step || watch || format == .json {
      throw ValidationError("--web goes with none of --step, --watch and --format json")
    }
  }

  func run() async throws {
    let veil = try Veil.asked(revealing: reveal)
    do {
      let files = try ScenarioFiles(scenario)
      if web { throw ExitCode(128 + (try await page(of: files, veil).run())) }
      guard watch else { return try await play(files, veil) }
      try await watch(files, veil)
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
  }

  private func play(_ files: ScenarioFiles, _ veil: Veil) async throws {
    let rehearsal = try await rehearsal(of: files)
    let shown = try event.map { try self.step(named: $0, in: rehearsal) }
    if step {
      guard let terminal = StepTerminal() else {
        throw ValidationError("--step needs a terminal")
      }
      return terminal.run(Stepper(rehearsal, veil: veil))
    }
    switch format {
    case .text:
      let text = RehearsalText(
        rehearsal, title: files.name, showsCalls: calls, veil: veil,
        language: Terminal.language)
      printLines(text.lines(shown.isEmpty ? (all ? .all : .first(10)) : .some(shown)))
    case .json:
      let steps = shown.isEmpty ? Array(rehearsal.steps.indices) : shown
      let bytes = RehearsalJSON(rehearsal, veil: veil).bytes(of: steps)
      Terminal.print(String(decoding: bytes, as: UTF8.self))
    }
  }

  private func rehearsal(of files: ScenarioFiles) async throws -> Rehearsal {
    let scene = try workspace(of: files)
    let played = try PlayedScene(try files.rules(), in: scene)
    return await Rehearsal(
      RehearsalEvent.lines(of: try files.events()), with: played.rules, in: scene, options)
  }

  private func workspace(of files: ScenarioFiles) throws -> RehearsalScene {
    let clock = try now ?? files.clock()
    func named(_ name: String) throws -> (path: String, bytes: [UInt8])? {
      try files.contents(of: name).map { ("\(files.folder)/\(name)", $0) }
    }
    return try RehearsalScene.read(
      contacts: try named("contacts.ndjson"), inventory: try named("inventory.json"),
      dialect: dialect ?? files.dialect ?? .weni, now: clock?.nanoseconds ?? RunClock.system.now())
  }

  private var options: RehearsalOptions {
    var options = RehearsalOptions()
    options.isBlind = blind
    options.windowLimit = window
    options.allowsURNMoves = allowURNMoves
    return options
  }

  private func page(of files: ScenarioFiles, _ veil: Veil) throws -> PlayedPage {
    let scene = PageScene(
      files.name, sources: try files.rules(),
      events: String(decoding: try files.events(), as: UTF8.self),
      workspace: try workspace(of: files), options: options, language: Terminal.chosenLanguage,
      veil: veil,
      pseudonyms: .masked)
    return PlayedPage(scene: scene, port: port, opens: !noOpen)
  }

  /// The event of a line or an id.
  private func step(named name: String, in rehearsal: Rehearsal) throws -> Int {
    let byLine = Int(name).flatMap { line in rehearsal.events.firstIndex { $0.line == line } }
    guard let step = byLine ?? rehearsal.steps.firstIndex(where: { $0.outcomes.id == name })
    else { throw ValidationError("no event has the line or the id \(name)") }
    return step
  }

  /// Plays again and again until somebody interrupts it.
  private func watch(_ files: ScenarioFiles, _ veil: Veil) async throws {
    guard files.isFolder else {
      throw ValidationError("--watch looks at the files of a folder, and this is one shared file")
    }
    let stop = StopSignal()
    stop.watchInterrupts()
    var known: [String] = []
    while !stop.isSet {
      let fingerprint = files.fingerprint
      if fingerprint != known {
        known = fingerprint
        if isatty(STDOUT_FILENO) == 1 { Terminal.print("\u{1B}[2J\u{1B}[H") }
        do {
          try await play(files, veil)
        } catch is ExitCode {
          // What is wrong with the rules was told; the next edition may be better.
        }
        Terminal.say("watching \(files.folder); interrupt to end\n")
      }
      try? await Task.sleep(for: .milliseconds(200))
    }
  }
}
