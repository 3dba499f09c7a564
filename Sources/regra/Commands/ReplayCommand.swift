import Diagnostics
import Sending
import ArgumentParser
import Contacts
import Delivery
import Execution
private import Glibc
import HTTPTransport
import Logging
import Planning
import Pulling
import StateStore
import Streams

/// `regra replay`: sends a file of call lines.
struct ReplayCommand: ParsableCommand, WatchedCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Send a file of call lines, in their order.",
    discussion: """
      FILE is what `regra run` printed, or what was set aside. Answers that lines need are filled in, \
      waits are kept, and a line that was acknowledged before is not sent again: the same command \
      goes on where an earlier one ended.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] =
    ServerOptions.environmentFlags + DeliveryFlags.environmentFlags + [
      .value("state"), .value("dialect"), .plain("allow-urn-moves"), .plain("quiet"),
      .value("only"),
    ] + TelemetryOptions.environmentFlags

  @Argument(help: "A file of call lines; `-` is standard input.")
  var file: String

  @OptionGroup var server: ServerOptions
  @OptionGroup var flags: DeliveryFlags

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Option(
    help: ArgumentHelp(
      "Send only the lines that this rule asks for, and those that they need. May be repeated.",
      valueName: "rule"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "The state directory, which knows what was acknowledged. Default: .regra.", valueName: "dir"))
  var state: String?

  @Flag(help: "Take URNs from the contacts that have them.")
  var allowUrnMoves = false

  @Flag(help: "Say nothing but what goes wrong.")
  var quiet = false

  @OptionGroup(title: "Watching") var telemetry: TelemetryOptions

  var isQuiet: Bool { quiet }

  func validate() throws {
    if file == "-", server.way.tokenFile == "-" {
      throw ValidationError("the lines and the token cannot both come from standard input")
    }
  }

  func run() throws {
    let stop = StopSignal()
    stop.watchInterrupts()
    do {
      let bytes = try contents()
      let lines = try readLines(bytes)
      let directory = state ?? ContactStore.defaultPath
      let watch = RunWatch(isQuiet: quiet, answerTime: server.way.timeout.duration)
      let screen = DeliveryScreen(watch)
      let token = try server.token
      let address = try server.address
      watch.tellStart(["server": "\(address.name)", "dialect": "\(dialect.rawValue)"])
      let display = RunWatch.Display(address: telemetry.metrics, showsStatus: !quiet)
      let (report, setAside, reason) = try waiting {
        try await watch.show(display, until: stop) {
          try await server.withTransport(connections: flags.inFlight) { live in
            let session = try await ServerSession.open(
              try ContactStore(directory, for: .writing), try .watched(directory, by: watch),
              host: address.name, profile: APIProfile(dialect), over: live, token: token,
              options: flags.options(
                moves: allowUrnMoves ? .allowed : .setAside, isPatient: false),
              screen: screen, stop: stop)
            var report = try await session.finishBacklog() ?? DeliveryReport()
            if report.ending == .complete { report = try await send(lines, by: session) }
            return (report, try session.writeSetAside(), live.lastProblem)
          }
        }
      }
      screen.end(report, reason: reason, goOn: "the same command goes on from there")
      if let setAside { screen.tell(setAside, url: server.url, reveal: false) }
      let status = report.ending.exitStatus(hasSetAside: setAside != nil, stop)
      if status != 0 { throw ExitCode(status) }
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as StoreFailure {
      throw CommandFailure(failure).exit()
    }
  }

  private func contents() throws -> [UInt8] {
    do throws(FileFailure) {
      return try FileTree.contents(of: file == "-" ? "/dev/stdin" : file)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// The lines that are calls, with what each of them is; one that is none ends the command before
  /// anything is sent.
  private func readLines(_ bytes: [UInt8]) throws -> [CallText] {
    var reader = CallReader()
    var lines: [CallText] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let read = line.withUnsafeBytes { text in
        Result { () throws(CallReader.Failure) in try reader.read(text) }
      }
      switch read {
      case .success(nil): continue
      case .success(let call?): lines.append(CallText(line: line, call: call))
      case .failure(let failure):
        throw CommandFailure(
          "\(file): \(failure); nothing was sent", status: ExitStatus.fileFailure)
      }
    }
    let wanted = Set(only)
    guard !wanted.isEmpty else { return lines }
    let known = Set(reader.rules.map(\.id))
    if let unknown = only.first(where: { !known.contains($0) }) {
      throw CommandFailure("\(file): no line names rule `\(unknown)`", status: ExitStatus.misuse)
    }
    return CallText.needed(in: lines) { call in
      call.because.contains { wanted.contains(reader.rules[$0.rule].id) }
    }
  }

  /// Puts each batch of lines into the journal, once, and delivers it in the order of its lines.
  private func send(_ lines: [CallText], by session: ServerSession) async throws -> DeliveryReport {
    try session.journal.forgetSetAside()
    var before = 0
    var rest = lines[...]
    while let batch = rest.first?.call.batch {
      let part = rest.prefix { $0.call.batch == batch }
      rest = rest.dropFirst(part.count)
      before += try plan(Array(part), session)
    }
    if before > 0 {
      session.screen.say("\(counted(before, "line")) acknowledged before; not sent again")
    }
    let delivery = try session.delivery(isPatient: false)
    delivery.finishInput()
    return await session.run(delivery)
  }

  /// Plans the lines that were not acknowledged, and gives how many were.
  private func plan(_ lines: [CallText], _ session: ServerSession) throws -> Int {
    let journal = session.journal
    var planned = DeliveryJournal.Planned(at: PullClock.system.now())
    var open = Set<Int>()
    for text in lines where try !journal.isAcknowledged(text.line) { open.insert(text.call.number) }
    // An answer of an earlier process is not kept: whoever needs it asks again.
    for text in lines.reversed() where open.contains(text.call.number) {
      open.formUnion(text.call.references)
    }
    let kept = lines.filter { open.contains($0.call.number) }
    session.screen.watch.replay(kept.map(\.call))
    for text in kept {
      planned.lines.append(text.line)
      planned.numbers.append(text.call.number)
      planned.order.append(
        CallOrder(
          round: 0, contacts: [], after: text.call.references, isInURNLane: false,
          standsAlone: true))
    }
    try journal.plan(planned)
    return lines.count - planned.lines.count
  }
}

/// A call and the line that it was read from.
struct CallText {
  var line: ArraySlice<UInt8>
  var call: Call

  /// The lines of calls that are wanted, and of those whose answers these need.
  static func needed(in lines: [CallText], where isWanted: (Call) -> Bool) -> [CallText] {
    var needed: Set<[Int]> = []
    var kept: [CallText] = []
    for text in lines.reversed() {
      let call = text.call
      guard isWanted(call) || needed.contains([call.batch, call.number]) else { continue }
      for number in call.references + call.after { needed.insert([call.batch, number]) }
      kept.append(text)
    }
    return kept.reversed()
  }
}
