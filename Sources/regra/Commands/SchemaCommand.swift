import ArgumentParser
import RuleTests
import Rulesets

/// `regra schema`: the form of rule and test files, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of rule files or of test files.",
    discussion: """
      Editors that speak JSON Schema 2020-12 complete keys, explain them and underline slips. What \
      a file means, its expressions above all, only `regra check` knows.

        regra schema rules > schemas/rules.json
        # yaml-language-server: $schema=../schemas/rules.json

      The second line is the first of a rule file; `regra new` writes both.
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable { case rules, tests }

  @Argument(help: "rules or tests.")
  var kind: Kind = .rules

  func run() { Terminal.print(kind.text) }
}

extension SchemaCommand.Kind {
  var text: String {
    switch self {
    case .rules: RuleFileSchema.document.json
    case .tests: TestFileSchema.document.json
    }
  }
}
