import Foundation
import Testing

private let documents = [
  "README.md", "README.pt-BR.md", "docs/language.md", "docs/do-artigo-as-regras.pt-BR.md",
  "docs/diff.md", "docs/eval.md", "docs/play.md", "docs/samples.md", "docs/writing.md",
]

private let fences = documents.flatMap { (try? Markdown($0))?.fences ?? [] }

@Suite("Examples in the documentation")
struct DocumentationTests {
  @Test("every document is there and has examples", arguments: documents)
  func presence(_ document: String) throws {
    #expect(try !Markdown(document).fences.isEmpty)
  }

  @Test("every example is of a kind that is run", arguments: fences)
  func kind(_ fence: Markdown.Fence) {
    let kinds = [
      "yaml", "yaml rules", "yaml fragment", "yaml wrong", "json event", "json calls", "text",
      "console", "sh",
    ]
    #expect(kinds.contains(fence.kind))
    if fence.kind == "yaml" { #expect(fence.isRuleFile) }
  }

  @Test("a rule file checks clean", arguments: fences.filter(\.isRuleFile))
  func ruleFile(_ fence: Markdown.Fence) throws {
    try expectClean(fence.text)
  }

  @Test(
    "a fragment checks clean in a file", arguments: fences.filter { $0.kind == "yaml fragment" })
  func fragment(_ fence: Markdown.Fence) throws {
    let rules = fence.text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    try expectClean("version: 1\ncontact: {urn: \"ext:${event.id}\"}\nrules:\n" + rules)
  }

  @Test("rules make the calls that stand below them", arguments: Example.all)
  func example(_ example: Example) throws {
    let scratch = try Scratch()
    let rules = try scratch.write(example.rules.text, to: "rules.yaml")
    let run = try Command(["run", rules.path], input: example.events)
    #expect([0, 5].contains(run.status), "\(run.errors)")
    let calls = try CallLine.all(run.output)
    let expected = try CallLine.all(example.calls)
    #expect(calls.map(\.testDescription) == expected.map(\.testDescription))
    #expect(calls == expected)
  }

  @Test("a wrong file gives the message that stands below it", arguments: Mistake.all)
  func mistake(_ mistake: Mistake) throws {
    let scratch = try Scratch()
    let name = "rules.yaml"
    let file = try scratch.write(mistake.rules.text, to: name)
    let check = try Command(["check", file.path])
    #expect(check.status == 1)
    let said = (check.output + check.errors)
      .replacingOccurrences(of: scratch.directory.path + "/", with: "")
    #expect(said.contains(mistake.message), "\(said)")
  }

  @Test("a line of the page of eval prints exactly what stands below it", arguments: Session.exact)
  func evaluation(_ session: Session) throws {
    let run = try Command(shell: session.line)
    #expect(run.output + run.errors == session.output)
    #expect([0, 1].contains(run.status))
  }

  @Test("a console line prints what stands below it", arguments: Session.loose)
  func console(_ session: Session) throws {
    let run = try Command(shell: session.line)
    #expect([0, 5].contains(run.status), "\(run.errors)")
    guard !session.output.isEmpty else { return }
    #expect((run.output + run.errors).contains(session.output), "\(run.output)\(run.errors)")
  }

  @Test("a function gives what its example says", arguments: FunctionExample.all)
  func function(_ example: FunctionExample) throws {
    let scratch = try Scratch()
    let rules = try scratch.write(
      """
      version: 1
      contact: {urn: "ext:1"}
      rules:
        - id: example
          do:
            - set_fields:
                value: ${\(example.expression)}
      """, to: "rules.yaml")
    let run = try Command(["run", rules.path], input: "{\"type\":\"any\"}\n")
    let call = try #require(CallLine.all(run.output).first, "\(run.errors)")
    #expect(try call.field("value") == example.value)
  }

  private func expectClean(_ rules: String) throws {
    let scratch = try Scratch()
    let file = try scratch.write(rules, to: "rules.yaml")
    let check = try Command(["check", file.path])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    let words = check.output + check.errors
    #expect(!words.contains("warning[") && !words.contains("error["), "\(words)")
  }
}

extension Markdown.Fence {
  var isRuleFile: Bool {
    ["yaml", "yaml rules"].contains(kind) && text.hasPrefix("version: 1")
  }
}

/// Rules, the events they meet and the calls they make: three fences in a row.
struct Example: CustomTestStringConvertible {
  var rules: Markdown.Fence
  var events: String
  var calls: String

  var testDescription: String { rules.testDescription }

  static let all = fences.indices.compactMap { index -> Example? in
    guard fences[index].kind == "yaml rules", index + 2 < fences.count,
      fences[index + 1].kind == "json event", fences[index + 2].kind == "json calls"
    else { return nil }
    return Example(
      rules: fences[index], events: fences[index + 1].text, calls: fences[index + 2].text)
  }
}

/// A wrong rule file and what is said about it: two fences in a row.
struct Mistake: CustomTestStringConvertible {
  var rules: Markdown.Fence
  var message: String

  var testDescription: String { rules.testDescription }

  static let all = fences.indices.compactMap { index -> Mistake? in
    guard fences[index].kind == "yaml wrong", index + 1 < fences.count,
      fences[index + 1].kind == "text"
    else { return nil }
    return Mistake(rules: fences[index], message: fences[index + 1].text)
  }
}

/// One `$ regra …` or `$ … | regra …` line of a console fence and the output shown below it.
struct Session: CustomTestStringConvertible {
  var fence: Markdown.Fence
  var line: String
  var output: String

  var testDescription: String { "\(fence.testDescription) \(line)" }

  /// Output is compared up to a line `…`.
  static let all = fences.filter { $0.kind == "console" }.flatMap { fence -> [Session] in
    var sessions: [Session] = []
    var isCut = false
    for line in fence.text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("$ ") {
        sessions.append(Session(fence: fence, line: String(line.dropFirst(2)), output: ""))
        isCut = false
      } else if line == "…" {
        isCut = true
      } else if !sessions.isEmpty, !line.isEmpty, !isCut {
        sessions[sessions.count - 1].output += line + "\n"
      }
    }
    return sessions.filter { $0.line.hasPrefix("regra ") || $0.line.contains("| regra ") }
  }

  /// Those whose whole output is shown.
  static let exact = all.filter { $0.fence.file == "docs/eval.md" }
  static let loose = all.filter { $0.fence.file != "docs/eval.md" }
}

/// A row of the table of functions in the language guide.
struct FunctionExample: CustomTestStringConvertible {
  var expression: String
  var value: String

  var testDescription: String { expression }

  static let all =
    ((try? Markdown("docs/language.md"))?
    .rows(under: "| function | example | gives |") ?? [])
    .map { FunctionExample(expression: $0[$0.count - 2], value: $0[$0.count - 1]) }
}
