import ArgumentParser
import Contacts
import HTTPTransport
import Logging
import Pulling
import StateStore
import Streams

/// `regra pull`: what the server knows of contacts, groups and fields, into the state directory.
struct PullCommand: AsyncParsableCommand, WatchedCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Read contacts, groups and fields into the state directory.",
    discussion: """
      The first pull reads every contact, later ones what has changed since. It may be ended at any \
      time and then goes on where it was. The token comes from REGRA_TOKEN, or from --token-file; \
      it is sent to the server of --url and to no other.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] =
    ServerOptions.environmentFlags + [
      .value("dialect"), .value("state"), .value("share"), .value("quota"), .plain("no-progress"),
      .plain("quiet"),
    ] + TelemetryOptions.environmentFlags

  @OptionGroup var server: ServerOptions

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Option(help: ArgumentHelp("Where what is known is kept.", valueName: "dir"))
  var state = ContactStore.defaultPath

  @Option(help: "The part of the quota that a pull may take in an hour.")
  var share = Share(percent: 50)

  @Option(
    help: ArgumentHelp("Calls of contacts.json that the server allows an hour.", valueName: "n"))
  var quota = APIProfile.usualHourlyCalls

  @Flag(help: "Draw no progress bar.")
  var noProgress = false

  @Flag(help: "Say nothing but what goes wrong.")
  var quiet = false

  @OptionGroup(title: "Watching") var telemetry: TelemetryOptions

  var isQuiet: Bool { quiet }

  func validate() throws {
    guard quota > 0 else { throw ValidationError("--quota must be at least 1") }
  }

  func run() async throws {
    do {
      let token = try server.token
      let store = try open()
      let stop = StopSignal()
      let report = try await untilInterrupted(stop) {
        try await pull(into: store, token: token, until: stop)
      }
      if report?.ending == .interrupted { throw ExitCode(128 + stop.signal) }
    } catch let failure as CommandFailure {
      throw failure.exit()
    }
  }

  private func open() throws(CommandFailure) -> ContactStore {
    do throws(StoreFailure) { return try ContactStore(state, for: .writing) } catch {
      throw CommandFailure(error)
    }
  }

  private func pull(
    into store: ContactStore, token: String, until stop: StopSignal
  ) async throws -> PullReport {
    let address = try server.address
    let watch = RunWatch(isQuiet: quiet, answerTime: server.way.timeout.duration)
    watch.tellStart(["server": "\(address.name)", "dialect": "\(dialect.rawValue)"])
    let screen = PullScreen(
      watch, drawsBar: !noProgress && !quiet && Terminal.log == nil, share: callLimit)
    return try await watch.show(.init(address: telemetry.metrics), until: stop) {
      try await server.withTransport { live in
        do throws(PullFailure) {
          var puller = try Puller(
            over: MeasuredTransport(
              base: AuthorizedTransport(live, token: token), watch: watch), into: store,
            options: .init(dialect: dialect, host: address.name, callLimit: callLimit),
            isStopped: { stop.isSet }, observe: { screen.show($0) })
          let report = try await puller.run()
          screen.end(report, of: store)
          return report
        } catch {
          screen.clear()
          throw CommandFailure(error, of: address, reason: live.lastProblem)
        }
      }
    }
  }

  private var callLimit: Int { max(1, quota * share.percent / 100) }
}

/// `50%`, or `50`.
struct Share: ExpressibleByArgument {
  var percent: Int

  init(percent: Int) { self.percent = percent }

  init?(argument: String) {
    let digits = argument.hasSuffix("%") ? argument.dropLast() : argument[...]
    guard let number = Int(digits), (1...100).contains(number) else { return nil }
    percent = number
  }

  var defaultValueDescription: String { "\(percent)%" }
}

extension CommandFailure {
  init(_ failure: StoreFailure) {
    let status =
      switch failure {
      case .locked, .anotherWorkspace: ExitStatus.unreachable
      case .missing, .newerFormat, .olderFormat, .foreign, .damaged, .full, .unusable:
        ExitStatus.fileFailure
      }
    self.init(failure.sentence, status: status)
  }

  private static let goingOn = "what was read is stored, and the same command goes on from there"

  fileprivate init(_ failure: PullFailure, of server: ServerAddress, reason: String?) {
    switch failure {
    case .store(let failure): self.init(failure)
    case .unreachable(let failed):
      let why = reason.map { " (\($0))" } ?? ""
      let rest = failed == .unreachable ? "" : "; \(Self.goingOn)"
      self.init("\(server.text) \(failure.sentence)\(why)\(rest)", status: ExitStatus.unreachable)
    case .serverError, .throttled:
      self.init(
        "\(server.text) \(failure.sentence); \(Self.goingOn)", status: ExitStatus.unreachable)
    case .notAllowed, .redirected, .refused, .noPage, .otherDialect, .endlessPages:
      self.init("\(server.text) \(failure.sentence)", status: ExitStatus.unreachable)
    }
  }
}
