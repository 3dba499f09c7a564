import ArgumentParser
import Contacts
import Diagnostics
import Engine
private import Glibc
import Knowledge
import Planning
import Rulesets
import StateStore
import Streams

/// What `run` and `plan` ask alike: rules, events, how they are read, and what is known.
struct StreamOptions: ParsableArguments {
  static let environmentFlags: [FlagEnvironment.FlagName] =
    [
      .value("window"), .value("dialect"), .plain("strict"), .value("max-event"),
      .value("contacts"), .value("contacts-as-of"), .plain("all-contacts"), .value("fresh"),
      .value("minimise"), .plain("allow-urn-moves"), .value("now"), .value("workers"),
      .plain("no-progress"), .plain("quiet"), .plain("reveal"),
    ] + InventoryOptions.environmentFlags

  @Argument(help: "A rule file, or a directory of them.")
  var rules: String

  @Argument(help: "Files, directories or patterns of events; `-` is standard input.")
  var events: [String] = []

  @Option(
    help: ArgumentHelp(
      "Events merged into one batch: 10000, 2s, or 10000,2s for whichever comes first. "
        + "Default: all files together (at most 1,000,000 events); on a live stream 10000,2s.",
      valueName: "limits"))
  var window: WindowLimits?

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Flag(help: "End at the first bad line, after the complete windows before it.")
  var strict = false

  @Option(help: ArgumentHelp("The longest event that is read.", valueName: "size"))
  var maxEvent = ByteLimit(count: 16 << 20)

  @Option(
    help: ArgumentHelp("Contacts of the workspace, as the API returns them.", valueName: "file"))
  var contacts: String?

  @Option(
    help: ArgumentHelp(
      "When --contacts was read (RFC 3339). Default: just now.", valueName: "time"))
  var contactsAsOf: Instant?

  @Flag(help: "Take --contacts for all there are: who is not among them does not exist.")
  var allContacts = false

  @OptionGroup var workspace: InventoryOptions

  @Option(
    help: ArgumentHelp(
      "How long what was read, or written by the run itself, is relied on: 15m, 2h, 0s.",
      valueName: "time"))
  var fresh = FreshTime(seconds: 900)

  @Option(help: "What planning makes least: calls, or time (the longer wait for a quota).")
  var minimise: Minimised = .calls

  @Flag(help: "Take URNs from contacts that have them; otherwise such writes are set aside.")
  var allowURNMoves = false

  @Option(help: ArgumentHelp("The time that rules see as `now` (RFC 3339).", valueName: "time"))
  var now: Instant?

  @Option(help: "Threads that evaluate rules. Default: one for each core.")
  var workers: Int?

  @Flag(help: "Draw no progress bar.")
  var noProgress = false

  @Flag(help: "Print no summary.")
  var quiet = false

  @Flag(help: "Show personal data in what is printed for people.")
  var reveal = false

  func validate() throws {
    if let workers, !(1...1_024).contains(workers) {
      throw ValidationError("--workers must be between 1 and 1024")
    }
    if contacts == nil, contactsAsOf != nil || allContacts {
      throw ValidationError("--contacts-as-of and --all-contacts say something of --contacts")
    }
    if workspace.state != nil, contacts != nil {
      throw ValidationError("--state already says what --contacts would")
    }
  }

  /// What planning makes least, with the quotas that the server has unless told otherwise.
  enum Minimised: String, ExpressibleByArgument, CaseIterable {
    case calls, time

    var aim: Aim { self == .calls ? .calls : .time(contactRate: 2_500, otherRate: 2_500) }
  }

  /// What the flags ask of the pipeline.
  func options(merge: Merger.Mode) -> RunOptions {
    RunOptions(
      window: window, merge: merge, aim: minimise.aim,
      urnMoves: allowURNMoves ? .allowed : .refused, freshSeconds: fresh.seconds,
      strictness: strict ? .strict : .lenient,
      byteLimit: maxEvent.count, clock: now.map { .fixed($0.nanoseconds) } ?? .system,
      workerCount: workers ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// The rules, once they are found right; their problems are told.
  func checkedRuleset() throws -> Ruleset { try checkedRules().usable }

  /// The rules, right or not; their problems are told.
  func checkedRules(makingState: Bool = false) throws -> CheckedRules {
    // Contacts from a file alone are of a workspace that no directory here is about.
    let inventory =
      contacts != nil && workspace.inventory == nil
      ? nil : try workspace.read(for: dialect, mayBeMissing: makingState)
    let checked = try CheckedRules([rules], dialect: dialect, inventory: inventory)
    let renderer = DiagnosticRenderer(
      sources: checked.sources, ink: Terminal.ink(of: STDERR_FILENO), language: Terminal.language)
    if !checked.diagnostics.isEmpty {
      Terminal.say(checked.diagnostics, renderer)
    }
    return checked
  }
}

/// How long something may be ago: `90s`, `15m`, `2h`, `1d`.
struct FreshTime: ExpressibleByArgument, Hashable {
  var seconds: Int64

  init(seconds: Int64) { self.seconds = seconds }

  init?(argument: String) {
    let units: [(Character, Int64)] = [("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)]
    guard let unit = units.first(where: { $0.0 == argument.last }),
      let count = Int64(argument.dropLast()), (0...100_000).contains(count)
    else { return nil }
    seconds = count * unit.1
  }

  var defaultValueDescription: String { "\(seconds / 60)m" }
}
