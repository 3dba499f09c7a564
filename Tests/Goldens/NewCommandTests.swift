import Diagnostics
import ArgumentParser
import Foundation
import Testing

@testable import regra

/// `regra new`: what a first day begins with.
@Suite("The command new")
struct NewCommandTests {
  private func run(_ scratch: Scratch, _ line: String) throws -> Command {
    try Command(shell: "cd '\(scratch.directory.path)' && " + line)
  }

  @Test(
    "what it makes checks clean, is covered by its tests and laid out, and its events fit it",
    arguments: Language.allCases)
  func works(_ language: Language) throws {
    let scratch = try Scratch()
    let made = try run(scratch, "regra new a --lang \(language.rawValue)")
    #expect(made.status == 0)
    #expect(made.output == "")
    #expect(made.errors.contains("regra test rules"))
    let check = try run(
      scratch, "cd a && regra check rules --deny warnings --samples events.ndjson")
    #expect(check.status == 0, "\(check.output)")
    #expect(check.errors == "")
    let test = try run(scratch, "cd a && regra test rules --min 100 --require-tests --mutate")
    #expect(test.status == 0, "\(test.output)")
    let layout = try run(scratch, "regra fmt --check a")
    #expect(layout.output == "")
    let calls = try run(scratch, "cd a && regra run rules events.ndjson --quiet")
    #expect(calls.status == 0)
    #expect(calls.output.contains("5582999330001"))
  }

  @Test("its files say where their schema is, and it fits them", arguments: Language.allCases)
  func schemas(_ language: Language) throws {
    let files = Starter(language).files
    let edited = files.filter { $0.path.hasSuffix(".yaml") }
      .map { EditedFile(name: $0.path, text: $0.text) }
    #expect(edited.count == 2)
    for (file, finding) in zip(edited, try editorFindings(edited)) {
      #expect(finding == "", "\(file.name)")
      #expect(
        file.text.hasPrefix("# yaml-language-server: $schema=../schemas/\(file.schema).json\n"))
      #expect(files.contains { $0.path == "schemas/\(file.schema).json" })
    }
  }

  @Test("the README names only commands and files that there are", arguments: Language.allCases)
  func readme(_ language: Language) throws {
    let files = Starter(language).files
    let readme = try #require(files.first { $0.path == "README.md" }?.text)
    let commands = Set(Regra.configuration.subcommands.compactMap { $0.configuration.commandName })
    for match in readme.matches(of: #/(?:^|`)regra ([a-z]+)/#.anchorsMatchLineEndings()) {
      #expect(commands.contains(String(match.1)), "\(match.0)")
    }
    for match in readme.matches(of: #/`(rules/[^`]+)`/#) {
      #expect(files.contains { $0.path == match.1 }, "\(match.0)")
    }
  }

  @Test(
    "the language is that of the environment",
    arguments: [
      ("LC_ALL=pt_BR.UTF-8", "pedidos.yaml"), ("LC_ALL= LANG=pt_BR.UTF-8", "pedidos.yaml"),
      ("LC_ALL=C.UTF-8 LANG=pt_BR.UTF-8", "orders.yaml"),
      ("LC_ALL=pt_BR REGRA_LANG=en", "orders.yaml"),
      ("LC_ALL= LANG=", "orders.yaml"),
    ])
  func environment(_ variables: String, _ file: String) throws {
    let scratch = try Scratch()
    let run = try run(scratch, "\(variables) regra new && ls rules")
    #expect(run.output.contains(file), "\(run.errors)")
  }

  @Test("nothing is replaced, and where one file is in the way nothing is written")
  func careful() throws {
    let scratch = try Scratch()
    _ = try scratch.write("mine", to: ".gitignore")
    let run = try run(scratch, "regra new --lang en; echo $?; ls -A; cat .gitignore")
    #expect(run.output == "3\n.gitignore\nmine")
    #expect(run.errors.contains(".gitignore: is there already"))
  }

  @Test("a language that it does not speak is told")
  func unknown() throws {
    let scratch = try Scratch()
    #expect(try run(scratch, "regra new --lang fr").status == 64)
  }
}
