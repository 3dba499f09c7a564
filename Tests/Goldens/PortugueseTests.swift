import Diagnostics
import Foundation
import Rulesets
import Testing

/// English words that no Portuguese sentence has outside code.
private let english: Set<Substring> = [
  "the", "is", "are", "not", "an", "of", "or", "and", "write", "with", "without", "must", "takes",
  "has", "have", "here", "this", "list", "text", "value", "field", "rule", "event", "which",
  "there",
]

@Suite("Diagnostics in Portuguese")
struct PortugueseTests {
  /// What stands in a sentence outside backticks and quotes.
  private func words(of sentence: String) -> [Substring] {
    let bare = sentence.replacing(/`[^`]*`|"[^"]*"/, with: " ")
    return bare.split { !$0.isLetter }
  }

  private func code(of sentence: String) -> [String] {
    sentence.matches(of: /`[^`]*`/).map { String($0.output) }.sorted()
  }

  @Test(
    "every problem is told in Portuguese, about the same code", arguments: DiagnosticGoldens.names)
  func told(_ name: String) throws {
    let sources = try DiagnosticGoldens.sources(of: name)
    for problem in try DiagnosticGoldens.problems(of: name, sources) {
      let told = problem.told(in: .portuguese)
      let pairs =
        [(problem.message, told.message), (problem.label, told.label)]
        + [(problem.help ?? "", told.help ?? "")]
        + zip(problem.notes, told.notes).map { ($0.message, $1.message) }
      for (before, after) in pairs where !before.isEmpty {
        #expect(words(of: after).filter { english.contains($0) } == [], "\(before)")
        #expect(code(of: before) == code(of: after))
      }
      #expect(told.code == problem.code && told.location == problem.location)
      #expect(told.fix == problem.fix)
    }
  }

  @Test("frames hold their lines in both languages", arguments: DiagnosticGoldens.names)
  func frames(_ name: String) throws {
    let sources = try DiagnosticGoldens.sources(of: name)
    let found = try DiagnosticGoldens.problems(of: name, sources)
    let reports = [Language.english, .portuguese].map {
      DiagnosticRenderer(sources: sources, language: $0).report(found, as: .text)
        .split(separator: "\n", omittingEmptySubsequences: false)
    }
    #expect(reports[0].count == reports[1].count)
  }

  @Test(
    "the language is what a flag says, or else what the environment says",
    arguments: [
      ("regra check --lang pt x.yaml", "erro["), ("regra --lang=pt check x.yaml", "erro["),
      ("LANG=pt_BR.UTF-8 LC_ALL= regra check x.yaml", "erro["),
      ("REGRA_LANG=pt regra check x.yaml", "erro["), ("regra check x.yaml", "error["),
      ("LC_ALL=pt_BR.UTF-8 regra check --lang en x.yaml", "error["),
    ])
  func chosen(_ line: String, _ word: String) throws {
    let scratch = try Scratch()
    _ = try scratch.write("version: 2\n", to: "x.yaml")
    let command = try Command(shell: "cd \(scratch.directory.path); \(line)")
    #expect(command.output.contains(word), "\(command.output)\(command.errors)")
  }
}
