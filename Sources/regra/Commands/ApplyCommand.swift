import Applying
import ArgumentParser
import Contacts
import Execution
private import Glibc
import HTTPTransport
import Logging
import Plans
import Pulling
import StateStore
import Streams

/// `regra apply`: sends the calls of a plan, and those alone.
struct ApplyCommand: AsyncParsableCommand, WatchedCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Send exactly the calls of a plan.",
    discussion: """
      Contacts that somebody changed since the plan was made are left out and named. What is done is \
      kept in PLAN.journal: the same command goes on where an earlier one ended. The token comes \
      from REGRA_TOKEN, or from --token-file; it is sent to the server of --url and to no other.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] =
    ServerOptions.environmentFlags + [
      .value("state"), .plain("allow-urn-moves"), .plain("reveal"), .plain("no-progress"),
      .plain("quiet"),
    ] + TelemetryOptions.environmentFlags

  @Argument(help: "A file that `regra plan` made.")
  var plan: String

  @OptionGroup var server: ServerOptions

  @Option(
    help: ArgumentHelp(
      "The state directory that learns from the answers. Default: the one that the plan was made "
        + "from, if it is there.", valueName: "dir"))
  var state: String?

  @Flag(help: "Take URNs from the contacts that have them, where the plan wants it.")
  var allowUrnMoves = false

  @Flag(help: "Show names, numbers and addresses as they are.")
  var reveal = false

  @Flag(help: "Draw no progress bar.")
  var noProgress = false

  @Flag(help: "Say nothing but what goes wrong.")
  var quiet = false

  @OptionGroup(title: "Watching") var telemetry: TelemetryOptions

  var isQuiet: Bool { quiet }

  func run() async throws {
    do {
      let file = try readPlan()
      let token = try server.token
      let store = try openState(of: file)
      let stop = StopSignal()
      let report = try await untilInterrupted(stop) {
        try await apply(file, into: store, token: token, until: stop)
      }
      guard let report else { return }
      let status = exitStatus(of: report, stop)
      if status != 0 { throw ExitCode(status) }
    } catch let failure as CommandFailure {
      throw failure.exit()
    }
  }

  private func readPlan() throws(CommandFailure) -> PlanFile {
    let bytes: [UInt8]
    do throws(FileFailure) { bytes = try FileTree.contents(of: plan) } catch {
      throw CommandFailure(error)
    }
    do throws(PlanFile.Failure) { return try PlanFile(bytes) } catch {
      throw CommandFailure("\(plan): \(error.sentence)", status: ExitStatus.fileFailure)
    }
  }

  /// The state directory, taken for writing; nothing where there is none, or none was filled.
  private func openState(of file: PlanFile) throws(CommandFailure) -> ContactStore? {
    guard let directory = state ?? file.head.state else { return nil }
    let isThere = access("\(directory)/contacts.sqlite", F_OK) == 0
    if !isThere, state == nil {
      Terminal.say("regra: \(directory) is not there any more; `regra pull` makes it again\n")
      return nil
    }
    do throws(StoreFailure) {
      guard isThere else { throw .missing(path: directory) }
      let store = try ContactStore(directory, for: .writing)
      return try store.workspace == nil ? nil : store
    } catch {
      throw CommandFailure(error)
    }
  }

  private func apply(
    _ file: PlanFile, into store: ContactStore?, token: String, until stop: StopSignal
  ) async throws -> ApplyReport {
    let address = try server.address
    let watch = RunWatch(isQuiet: quiet, answerTime: server.way.timeout.duration)
    watch.tellStart([
      "plan": "\(plan)", "server": "\(address.name)", "dialect": "\(file.head.dialect.rawValue)",
    ])
    let screen = ApplyScreen(plan, watch, privacy: reveal ? .revealed : .masked)
    let display = RunWatch.Display(
      address: telemetry.metrics, showsStatus: !noProgress && !quiet)
    var options = PlanApplication<ContinuousClock>.Options(
      urnMoves: allowUrnMoves ? .allowed : .setAside)
    options.state = store.map { .init($0, host: address.name) }
    return try await watch.show(display, until: stop) {
      try await server.withTransport { [options] live in
        do throws(ApplyFailure) {
          let application = try PlanApplication(
            of: file, journal: plan + ".journal",
            over: MeasuredTransport(
              base: AuthorizedTransport(live, token: token), watch: watch),
            options: options, clock: ContinuousClock(), isStopped: { stop.isSet },
            observe: { screen.show($0) })
          let report = try await application.run()
          screen.end(report, reason: live.lastProblem)
          return report
        } catch {
          if stop.isSet { throw ExitCode(128 + stop.signal) }
          throw CommandFailure(error, reason: live.lastProblem)
        }
      }
    }
  }

  private func exitStatus(of report: ApplyReport, _ stop: StopSignal) -> Int32 {
    switch report.ending {
    case .complete: report.hasSetAside ? ExitStatus.setAside : 0
    case .completeBefore: 0
    case .interrupted: ExitStatus.unreachable
    case .stopped: 128 + stop.signal
    case .unwritten: ExitStatus.fileFailure
    }
  }
}

extension CommandFailure {
  fileprivate init(_ failure: ApplyFailure, reason: String?) {
    let status =
      switch failure {
      case .locked, .anotherWorkspace, .anotherDialect, .server: ExitStatus.unreachable
      case .state(let failure): CommandFailure(failure).status
      case .guarded: ExitStatus.guardExceeded
      case .noCall, .unknownTime, .foreignJournal, .damaged, .file: ExitStatus.fileFailure
      }
    var sentence = failure.sentence
    if case .server(.unreachable) = failure, let reason { sentence += " (\(reason))" }
    self.init(sentence + "; nothing was sent", status: status)
  }
}
