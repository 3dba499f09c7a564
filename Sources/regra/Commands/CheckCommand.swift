import ArgumentParser
import Contacts
import Diagnostics
private import Glibc
import Streams

/// `regra check`: everything that is wrong with rules, in one run.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find every mistake in rule files.",
    discussion: """
      RULES are files or directories; a directory stands for its *.yaml and *.yml files, also in \
      directories below it, but not for *.test.yaml. The result goes to standard output. Exit \
      code 1 means that there are errors.

      With --samples rules are also held against real events, or against what `regra infer` saved of \
      them: fields, types and values that no event has, lines that hold always or never.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] =
    [.value("format"), .value("dialect"), .value("deny"), .value("samples")]
    + InventoryOptions.environmentFlags

  /// What more than errors fails the check.
  enum Denied: String, ExpressibleByArgument, CaseIterable { case warnings }

  @Argument(help: "Rule files, or directories of them.")
  var rules: [String]

  @Option(help: ArgumentHelp("text, json (one object a line), github or sarif.", valueName: "form"))
  var format: DiagnosticFormat = .text

  @Option(help: "The line of the contact API: weni or rapidpro.")
  var dialect: Dialect = .weni

  @Option(help: "`warnings`: exit with 1 also where there are only warnings.")
  var deny: Denied?

  @Option(
    help: ArgumentHelp(
      "Events, as `run` reads them, or a schema that `infer` saved; repeatable.",
      valueName: "file"))
  var samples: [String] = []

  @OptionGroup var workspace: InventoryOptions

  func run() throws {
    let checked: CheckedRules
    do {
      checked = try CheckedRules(
        rules, dialect: dialect, inventory: try workspace.read(for: dialect),
        samples: samples.isEmpty ? nil : SampleFacts(paths: samples))
    } catch let failure as CommandFailure {
      throw failure.exit()
    } catch let failure as FileFailure {
      throw CommandFailure(failure).exit()
    }
    let ink = format == .text ? Terminal.ink(of: STDOUT_FILENO) : .plain
    let renderer = DiagnosticRenderer(
      sources: checked.sources, ink: ink, language: Terminal.language)
    Terminal.print(renderer.report(checked.diagnostics, as: format))
    let isRefused =
      checked.ruleset == nil || (deny == .warnings && !checked.diagnostics.isEmpty)
    if isRefused { throw ExitCode(ExitStatus.problemsInRules) }
  }
}
