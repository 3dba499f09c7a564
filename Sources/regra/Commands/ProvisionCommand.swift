import ArgumentParser
import Contacts
import Diagnostics
private import Glibc
import HTTPTransport
import Provisioning
import Pulling
import Rulesets
import StateStore
import Streams

/// `regra provision`: makes the fields and groups that rules need and the workspace lacks.
struct ProvisionCommand: AsyncParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    commandName: "provision", abstract: "Make the fields and groups that rules need.",
    discussion: """
      RULES are files or directories. What `ensure` names and what rules write to by constant names \
      is made where the workspace lacks it: shown first, then asked about. The token comes from \
      REGRA_TOKEN, or from --token-file; it is sent to the server of --url and to no other.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] =
    ServerOptions.environmentFlags + [
      .value("dialect"), .value("state"), .value("format"), .plain("yes"), .plain("quiet"),
    ] + LogOptions.environmentFlags

  @Argument(help: "Rule files, or directories of them.")
  var rules: [String]

  @OptionGroup var server: ServerOptions

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Option(
    help: ArgumentHelp(
      "The state directory whose inventory becomes what the server then has. Default: .regra, if "
        + "`regra pull` has filled it.", valueName: "dir"))
  var state: String?

  @Option(help: "text, or json: one object about what lacks, one about what was made.")
  var format: Format = .text

  @Flag(help: "Make what lacks without asking.")
  var yes = false

  @Flag(help: "Say nothing on standard error but what goes wrong.")
  var quiet = false

  @OptionGroup(title: "Watching") var log: LogOptions

  var isQuiet: Bool { quiet }

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() async throws {
    do {
      try refuseBrokenRules()
      let token = try server.token
      let store = try openState()
      let stop = StopSignal()
      let status = try await untilInterrupted(stop) {
        try await provision(store, token: token, until: stop)
      }
      if let status, status != 0 { throw ExitCode(status) }
    } catch let failure as CommandFailure {
      throw failure.exit()
    }
  }

  private var profile: APIProfile { APIProfile(dialect) }

  /// Ends the command before anything is asked of a server, unless only a server knows better.
  private func refuseBrokenRules() throws {
    let checked = try CheckedRules(rules, dialect: dialect)
    let errors = checked.diagnostics.filter { $0.severity == .error }
    guard errors.contains(where: { $0.code != .groupsByNameAndUUID }) else { return }
    tell(checked.diagnostics, of: checked)
    throw ExitCode(ExitStatus.problemsInRules)
  }

  private func tell(_ diagnostics: [Diagnostic], of checked: CheckedRules) {
    guard !diagnostics.isEmpty else { return }
    let renderer = DiagnosticRenderer(
      sources: checked.sources, ink: Terminal.ink(of: STDERR_FILENO), language: Terminal.language)
    Terminal.say(diagnostics, renderer)
  }

  /// Takes the state directory, if there is one: nobody else writes to it meanwhile.
  private func openState() throws -> ContactStore? {
    let directory = state ?? ContactStore.defaultPath
    do throws(StoreFailure) {
      _ = try ContactStore(directory, for: .reading)
    } catch {
      if case .missing = error, state == nil { return nil }
      guard case .olderFormat = error else { throw CommandFailure(error) }
    }
    do throws(StoreFailure) { return try ContactStore(directory, for: .writing) } catch {
      throw CommandFailure(error)
    }
  }

  private func provision(
    _ store: ContactStore?, token: String, until stop: StopSignal
  ) async throws -> Int32 {
    let address = try server.address
    let screen = ProvisionScreen(isQuiet: quiet, format: format)
    return try await server.withTransport { live in
      let provisioner = Provisioner(
        over: AuthorizedTransport(live, token: token), at: address.name, profile: profile,
        clock: ContinuousClock(), isStopped: { stop.isSet }, observe: { screen.show($0) })
      let objects: WorkspaceObjects
      do throws(PullFailure) { objects = try await provisioner.read() } catch {
        if stop.isSet { throw stopped(by: stop) }
        let reason = live.lastProblem.map { " (\($0))" } ?? ""
        throw CommandFailure(
          "\(address.text) \(error.sentence)\(reason); nothing was made",
          status: ExitStatus.unreachable)
      }
      try use(store) { store throws(StoreFailure) in try store.verify(objects.workspace) }
      let plan = ProvisionPlan(try ruleset(for: objects), for: objects, profile: profile)
      try show(plan, for: objects, screen)
      let problems = plan.problems.isEmpty ? 0 : ExitStatus.setAside
      guard !plan.items.isEmpty else {
        try keep(objects, in: store)
        return problems
      }
      try confirm(plan, until: stop)
      let report = await provisioner.make(plan)
      screen.end(report, reason: live.lastProblem)
      if let objects = report.objects { try keep(objects, in: store) }
      let status = exitStatus(of: report, stop)
      return status == 0 ? problems : status
    }
  }

  /// The rules, held against what the workspace has.
  private func ruleset(for objects: WorkspaceObjects) throws -> Ruleset {
    let checked = try CheckedRules(rules, dialect: dialect, inventory: objects.inventory)
    // What is not there is about to be shown.
    tell(checked.diagnostics.filter { $0.code != .notInWorkspace }, of: checked)
    guard let ruleset = checked.ruleset else {
      throw CommandFailure("nothing was made", status: ExitStatus.problemsInRules)
    }
    return ruleset
  }

  private func show(
    _ plan: ProvisionPlan, for objects: WorkspaceObjects, _ screen: ProvisionScreen
  ) throws {
    let text = ProvisionText(plan, for: objects, profile: profile)
    switch format {
    case .text: Terminal.tell(text.text)
    case .json: Terminal.print(ProvisionJSON.lacking(plan, in: objects, profile: profile))
    }
    if let excess = text.excess { Terminal.say("regra: \(excess)\n") }
  }

  private func confirm(_ plan: ProvisionPlan, until stop: StopSignal) throws {
    if yes { return }
    guard Terminal.isInputATerminal else {
      throw CommandFailure(
        "nothing was made: nobody can be asked here; add --yes to make it",
        status: ExitStatus.unreachable)
    }
    Terminal.say("make \(ProvisionText.things(of: plan.items))? [y/N] ")
    let answer = typedLine(until: stop)?.lowercased().filter { !$0.isWhitespace }
    if stop.isSet { throw stopped(by: stop) }
    guard answer == "y" || answer == "yes" else {
      throw CommandFailure("nothing was made", status: ExitStatus.unreachable)
    }
  }

  private func stopped(by stop: StopSignal) -> CommandFailure {
    CommandFailure("stopped; nothing was made", status: 128 + stop.signal)
  }

  private func keep(_ objects: WorkspaceObjects, in store: ContactStore?) throws {
    try use(store) { store throws(StoreFailure) in
      try store.store(objects.rows, readAt: PullClock.system.now())
    }
  }

  private func use(
    _ store: ContactStore?, _ body: (ContactStore) throws(StoreFailure) -> Void
  ) throws {
    guard let store else { return }
    do throws(StoreFailure) { try body(store) } catch { throw CommandFailure(error) }
  }

  private func exitStatus(of report: ProvisionReport, _ stop: StopSignal) -> Int32 {
    switch report.ending {
    case .complete: report.refused.isEmpty && report.doubtful.isEmpty ? 0 : ExitStatus.setAside
    case .stopped: 128 + stop.signal
    case .interrupted, .unverified: ExitStatus.unreachable
    }
  }
}
