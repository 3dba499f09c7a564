import ArgumentParser
import Checkup
import Contacts
import Diagnostics
import HTTPTransport
import StateStore
import Streams

/// `regra doctor`: whether all is there that a run stands on.
struct DoctorCommand: AsyncParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check server, token, clock, workspace, rules and state.",
    discussion: """
      RULES are files or directories; with them it also tells what they need and the workspace \
      lacks. It changes nothing. Exit code 1 means problems in rules or workspace, 3 that a file \
      cannot be used, 6 that the server is not reached or does not allow it.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] =
    ServerOptions.environmentFlags + [.value("dialect"), .value("state"), .value("format")]
    + LogOptions.environmentFlags

  @Argument(help: "Rule files, or directories of them.")
  var rules: [String] = []

  @OptionGroup var server: ServerOptions

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Option(help: ArgumentHelp("The state directory that is looked at.", valueName: "dir"))
  var state = ContactStore.defaultPath

  @Option(help: "text, or json: one object a line.")
  var format: Format = .text

  @OptionGroup(title: "Watching") var log: LogOptions

  /// What it finds is what it was asked for.
  var isQuiet: Bool { false }

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() async throws {
    let stop = StopSignal()
    let findings = try await untilInterrupted(stop) { try await look() } ?? []
    if stop.isSet { throw ExitCode(128 + stop.signal) }
    switch format {
    case .text: Terminal.tell(CheckupText.text(findings, in: Terminal.language))
    case .json: Terminal.print(CheckupJSON.text(findings))
    }
    if findings.exitStatus != 0 { throw ExitCode(findings.exitStatus) }
  }

  private func look() async throws -> [Finding] {
    let (token, kind) = accessToken
    let subject = try subject(kind)
    do {
      return try await server.withTransport { live in
        let transport: any Transport = token.map { AuthorizedTransport(live, token: $0) } ?? live
        return await Checkup(
          of: subject, over: transport, clock: ContinuousClock(),
          cause: { live.lastCause.map { ($0.finding, $0.repair) } }
        ).run()
      }
    } catch let failure as CommandFailure {
      // Without a way to the server, all that is here is looked at.
      return await Checkup(
        of: subject, over: ClosedWay(), clock: ContinuousClock(),
        cause: { (failure.sentence, nil) }
      ).run()
    }
  }

  /// The token, if there is one, and what is said of it.
  private var accessToken: (String?, CheckupSubject.Token) {
    do {
      let token = try AccessToken.read(file: server.way.tokenFile)
      guard let file = server.way.tokenFile, file != "-" else { return (token, .given) }
      return (token, .inFile(warning: AccessToken.openness(of: file)))
    } catch let failure as CommandFailure {
      return (nil, .missing(failure.sentence))
    } catch {
      return (nil, .missing("\(error)"))
    }
  }

  private func subject(_ token: CheckupSubject.Token) throws -> CheckupSubject {
    let address = try server.address
    return CheckupSubject(
      address: address.text, host: address.name, isProtected: address.isProtected, token: token,
      dialect: dialect, rules: readRules, state: state)
  }

  private var readRules: CheckupSubject.Rules {
    guard !rules.isEmpty else { return .none }
    do throws(FileFailure) {
      return .read(try RuleFiles.read(rules), arguments: rules.joined(separator: " "))
    } catch {
      return .unreadable("\(error.path): \(error.cause)")
    }
  }
}

/// Leads nowhere.
private struct ClosedWay: Transport {
  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    throw .unreachable
  }
}
