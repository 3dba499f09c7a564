import ArgumentParser
import Diagnostics
private import Glibc
import Logging

/// `regra`: events in, batched contact API calls out.
@main
struct Regra: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "regra",
    abstract: "Reads events, evaluates rules, prints the fewest contact API calls.",
    discussion: """
      Rules are YAML files. Events are NDJSON, JSON or CSV, also gzip-compressed, from files, \
      directories or standard input. Calls go to standard output, one JSON object a line; \
      everything for people goes to standard error.

      Messages are in English or Portuguese: --lang en or --lang pt with any command, or else as \
      LANG says.

      Each flag can also be set in the environment: REGRA_WINDOW=10000 is --window 10000.

      Exit codes: 0 fine, 1 problems in rules, 3 a file cannot be read or written, 4 found what \
      was asked to be an error, 5 finished but something was set aside, 6 not reachable, not allowed or not confirmed, 7 stopped \
      by a guard, 64 misuse, 70 a bug of regra, 130/143 interrupted.
      """,
    version: "regra \(version)",
    subcommands: [
      RunCommand.self, PlanCommand.self, CheckCommand.self, TestCommand.self, PlayCommand.self,
      DiffCommand.self, ExplainCommand.self, EvalCommand.self, InferCommand.self, FmtCommand.self,
      SchemaCommand.self, NewCommand.self,
      PullCommand.self, ApplyCommand.self, ProvisionCommand.self, ReplayCommand.self,
      DoctorCommand.self,
      SimulateCommand.self,
    ])

  /// Runs the command that the arguments name, with what the environment adds to them.
  ///
  /// Nothing is awaited before a command that is not asynchronous, so that it runs on the first
  /// thread while there is no other: signals that it blocks are blocked in all.
  static func main() async {
    // A file that may grow no further is an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    var arguments = FlagEnvironment.system.apply(to: Array(CommandLine.arguments.dropFirst()))
    do {
      Terminal.use(try Language.taken(from: &arguments))
    } catch {
      end(with: error, arguments)
    }
    if arguments.first == "eval" { arguments = EvalCommand.separatingNumbers(in: arguments) }
    do {
      var command = try parsed(arguments)
      useLog(of: command)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: error, arguments)
    }
  }

  /// The command that the first argument names, parsed by itself.
  ///
  /// Only help, and what is wrong with arguments, needs the tree of all commands: to walk it, the flags of
  /// each command on the way are looked up by reflection several times, a tenth of a short run.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    let named = configuration.subcommands.first { $0._commandName == arguments.first }
    if let named, let command = try? named.parse(Array(arguments.dropFirst())) { return command }
    return try parseAsRoot(arguments)
  }

  /// Has the terminal write the log that a command was asked for.
  private static func useLog(of command: any ParsableCommand) {
    guard let command = command as? any LoggingCommand else { return }
    Terminal.use(command.log.log(isQuiet: command.isQuiet))
  }

  /// Ends the process; where a log was asked for, what is said of it is an event of the log.
  private static func end(with error: any Error, _ arguments: [String]) -> Never {
    let log = Terminal.log ?? LogOptions.log(askedFor: arguments)
    let words = fullMessage(for: error)
    guard let log, exitCode(for: error) != .success, !words.isEmpty else { exit(withError: error) }
    Terminal.use(log)
    Terminal.say(words, .error)
    Glibc.exit(exitCode(for: error).rawValue)
  }
}
