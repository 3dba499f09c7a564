import ArgumentParser
import Contacts
import Simulator
import SimulatorServer
import Streams

/// `regra simulate`: the contact API as a local server.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Serve the contact API from memory, for tests.",
    discussion: """
      It answers as the real servers do, with their quotas, and fails where --faults says so. \
      Its address goes to standard output. Programs on this machine can read and set its state, \
      clock and faults under /_simulator. Nothing is kept when it ends.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .value("port"), .value("host"), .value("dialect"), .value("token"), .value("state"),
    .value("faults"), .value("fault"), .value("latency"), .value("seed"), .plain("no-quotas"),
    .value("quota"), .value("clock"),
  ]

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port: UInt16 = 8080

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: "The line of the contact API: weni or rapidpro. Default: that of --state, or weni.")
  var dialect: Dialect?

  @Option(help: "A pretend token that an administrator may use.")
  var token: String?

  @Option(help: ArgumentHelp("Begin with this workspace.", valueName: "file"))
  var state: String?

  @Option(help: ArgumentHelp("Fail as this file says.", valueName: "file"))
  var faults: String?

  @Option(
    help: ArgumentHelp(
      "One fault, as it stands in a file of faults; may be given again.", valueName: "json"))
  var fault: [String] = []

  @Option(
    help: ArgumentHelp("How late every answer comes: 250ms, or 100ms..2s.", valueName: "time"))
  var latency: String?

  @Option(help: "Decides uuids, and what faults leave to chance.")
  var seed: UInt64 = 1

  @Flag(help: "Throttle nobody.")
  var noQuotas = false

  @Option(
    help: ArgumentHelp(
      "Requests an hour, such as contacts=3000,other=3000.", valueName: "quotas"))
  var quota: Quotas?

  @Option(
    help: ArgumentHelp(
      "`system`, or a time (RFC 3339) at which the clock stands until it is moved. "
        + "Default: that of --state, or system.", valueName: "time"))
  var clock: PresetClock?

  func validate() throws {
    if noQuotas, quota != nil { throw ValidationError("--no-quotas leaves no --quota to set") }
  }

  func run() async throws {
    do {
      let (workspace, clock) = try beginning()
      let server = SimulatorServer(SimulatedAPI(workspace, clock: clock, faults: try plan()))
      let signal = try await serve(server, workspace)
      throw ExitCode(128 + signal)
    } catch let failure as CommandFailure {
      throw failure.exit()
    }
  }

  private func serve(_ server: SimulatorServer, _ workspace: Workspace) async throws -> Int32 {
    let dialect = workspace.dialect
    let token = token ?? workspace.administratorToken ?? "…"
    let name = host.contains(":") ? "[\(host)]" : host
    do throws(ServerFailure) {
      return try await server.runUntilInterrupted(host: host, port: Int(port)) { port in
        let root = "http://\(name):\(port)"
        Terminal.say(
          """
          regra: the contact API (\(dialect.rawValue)) is at \(root)/api/v2/
          regra: requests need the header  Authorization: Token \(token)
          regra: state, clock and faults are under \(root)/_simulator/; Ctrl-C ends the server

          """)
        Terminal.print("\(root)\n")
      }
    } catch {
      throw CommandFailure(
        "\(error.host):\(error.port): \(error.reason)", status: ExitStatus.unreachable)
    }
  }

  /// The workspace and the clock at the beginning.
  private func beginning() throws -> (Workspace, ServerClock) {
    var workspace = Workspace(dialect ?? .weni, seed: seed)
    var clock = self.clock?.clock ?? .system(offset: .zero)
    if let state {
      let bytes = try read(state)
      do throws(StateFailure) {
        if self.clock == nil { clock = try StateFile.readClock(bytes) ?? clock }
        workspace = try StateFile.read(bytes, dialect: dialect ?? .weni, at: clock.now)
      } catch {
        throw CommandFailure("\(state): \(error.sentence)", status: ExitStatus.fileFailure)
      }
      if let dialect, dialect != workspace.dialect {
        throw CommandFailure(
          "\(state): its dialect is \(workspace.dialect.rawValue)", status: ExitStatus.fileFailure)
      }
    }
    if let token { workspace.addToken(token) }
    if noQuotas {
      for scope in ThrottleScope.allCases { workspace.setQuota(nil, of: scope) }
    }
    for (scope, count) in quota?.counts ?? [:] { workspace.setQuota(count, of: scope) }
    return (workspace, clock)
  }

  /// The script of faults: those of flags stand before those of the file.
  private func plan() throws -> FaultPlan {
    var flagged: [Fault] = []
    if let latency {
      guard let range = WrittenDuration.range(latency) else {
        throw ValidationError("--latency must be a time such as 250ms, or 100ms..2s")
      }
      flagged.append(Fault(.delay(range)))
    }
    for text in fault {
      do throws(StateFailure) {
        flagged.append(try FaultFile.readFault(Array(text.utf8)))
      } catch {
        throw ValidationError("--fault: \(error.sentence)")
      }
    }
    guard let faults else { return FaultPlan(flagged, seed: seed) }
    let bytes = try read(faults)
    do throws(StateFailure) {
      let plan = try FaultFile.read(bytes, seed: seed)
      return FaultPlan(flagged + plan.faults, seed: plan.seed)
    } catch {
      throw CommandFailure("\(faults): \(error.sentence)", status: ExitStatus.fileFailure)
    }
  }

  private func read(_ path: String) throws -> [UInt8] {
    do throws(FileFailure) {
      return try FileTree.contents(of: path)
    } catch {
      throw CommandFailure(error)
    }
  }
}

/// `contacts=3000,other=500`.
struct Quotas: ExpressibleByArgument {
  /// Requests an hour.
  private(set) var counts: [ThrottleScope: Int] = [:]

  init?(argument: String) {
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "=", omittingEmptySubsequences: false)
      guard halves.count == 2, let scope = Self.scope(halves[0]), counts[scope] == nil,
        let count = Int(halves[1]), count >= 0
      else { return nil }
      counts[scope] = count
    }
  }

  private static func scope(_ word: Substring) -> ThrottleScope? {
    switch word {
    case "contacts": .contacts
    case "other": .everything
    default: nil
    }
  }
}

/// The clock of the server at its start.
struct PresetClock: ExpressibleByArgument {
  var clock = ServerClock.system(offset: .zero)

  init?(argument: String) {
    if argument == "system" { return }
    guard let instant = Instant(argument: argument) else { return nil }
    let now = Timestamp(microseconds: instant.nanoseconds / 1_000)
    clock = .virtual(now: now, step: .zero)
  }
}
