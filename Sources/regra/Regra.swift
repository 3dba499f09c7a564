import ArgumentParser
private import Glibc

/// `regra`: events in, batched contact API calls out.
@main
struct Regra: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regra",
    abstract: "Reads events, evaluates rules, prints the fewest contact API calls.",
    discussion: """
      Rules are YAML files. Events are NDJSON, JSON or CSV, also gzip-compressed, from files, \
      directories or standard input. Calls go to standard output, one JSON object a line; \
      everything for people goes to standard error.

      Each flag can also be set in the environment: REGRA_WINDOW=10000 is --window 10000.

      Exit codes: 0 fine, 1 problems in rules, 3 a file cannot be read or written, 4 found what \
      was asked to be an error, 5 finished but something was set aside, 6 not reachable, not allowed or not confirmed, 7 stopped \
      by a guard, 64 misuse, 70 a bug of regra, 130/143 interrupted.
      """,
    version: "regra 0.1.0",
    subcommands: [
      RunCommand.self, PlanCommand.self, CheckCommand.self, EvalCommand.self, ExplainCommand.self,
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
    if arguments.first == "eval" { arguments = EvalCommand.separatingNumbers(in: arguments) }
    do {
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(withError: error)
    }
  }
}
