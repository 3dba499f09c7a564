import Contacts
import Diagnostics
import Formatting
import Foundation
import Rulesets
import Testing

/// The YAML files of the repository below a folder.
func yamlFiles(below folder: String) -> [String] {
  let root = packageRoot.appending(path: folder)
  let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
  return (paths ?? []).filter { $0.hasSuffix(".yaml") }.sorted().map { folder + "/" + $0 }
}

/// `regra fmt` as it is called.
@Suite("The command fmt")
struct FmtCommandTests {
  private static let scruffy = "version:   1\nrules:\n- id: a   # first\n  do: [ note ]\n"
  private static let neat = "version: 1\n\nrules:\n  - id: a  # first\n    do: [note]\n"

  private func run(_ scratch: Scratch, _ line: String) throws -> Command {
    try Command(shell: "cd '\(scratch.directory.path)' && " + line)
  }

  private func text(_ scratch: Scratch, _ name: String) throws -> String {
    try String(contentsOf: scratch.directory.appending(path: name), encoding: .utf8)
  }

  @Test("files are laid out where they stand and named; their mode stays")
  func files() throws {
    let scratch = try Scratch()
    _ = try scratch.write(Self.scruffy, to: "a.yaml")
    _ = try scratch.write(Self.neat, to: "b.yaml")
    _ = try scratch.write("tests:   []\n", to: "a.test.yaml")
    _ = try scratch.write("x:   1\n", to: "other.txt")
    let run = try run(scratch, "chmod 640 a.yaml && regra fmt . && stat -c %a a.yaml && ls -A")
    #expect(run.status == 0)
    #expect(
      run.output == "./a.test.yaml\n./a.yaml\n640\na.test.yaml\na.yaml\nb.yaml\nother.txt\n")
    #expect(run.errors == "2 of 3 files changed\n")
    #expect(try text(scratch, "a.yaml") == Self.neat)
    #expect(try text(scratch, "other.txt") == "x:   1\n")
  }

  @Test("--check writes nothing and exits with 1 where something would change")
  func check() throws {
    let scratch = try Scratch()
    _ = try scratch.write(Self.scruffy, to: "a.yaml")
    let first = try run(scratch, "regra fmt --check a.yaml")
    #expect(first.status == 1)
    #expect(first.output == "a.yaml\n")
    #expect(try text(scratch, "a.yaml") == Self.scruffy)
    let then = try run(scratch, "regra fmt a.yaml && regra fmt --check a.yaml")
    #expect(then.status == 0)
    #expect(then.errors == "1 of 1 file changed\n0 of 1 file would change\n")
  }

  @Test("standard input becomes standard output", arguments: ["regra fmt -", "regra fmt"])
  func input(_ line: String) throws {
    let scratch = try Scratch()
    _ = try scratch.write(Self.scruffy, to: "a.yaml")
    let run = try run(scratch, line + " < a.yaml")
    #expect(run.status == 0)
    #expect(run.output == Self.neat)
    #expect(try self.run(scratch, line + " --check < a.yaml").status == 1)
  }

  @Test("a file that is no YAML stays as it is and does not keep the others")
  func broken() throws {
    let scratch = try Scratch()
    _ = try scratch.write("a: [1\n", to: "a.yaml")
    _ = try scratch.write(Self.scruffy, to: "b.yaml")
    let run = try run(scratch, "regra fmt a.yaml b.yaml; regra fmt < a.yaml")
    #expect(run.status == 1)
    #expect(run.output == "b.yaml\n")
    #expect(run.errors.contains("error[E0118]"))
    #expect(run.errors.contains("1 of 2 files changed, 1 could not be read\n"))
    #expect(try text(scratch, "a.yaml") == "a: [1\n")
  }

  @Test("a link leads to the file that changes")
  func link() throws {
    let scratch = try Scratch()
    _ = try scratch.write(Self.scruffy, to: "a.yaml")
    let run = try run(scratch, "ln -s a.yaml b.yaml && regra fmt b.yaml && readlink b.yaml")
    #expect(run.output == "b.yaml\na.yaml\n")
    #expect(try text(scratch, "a.yaml") == Self.neat)
  }

  @Test("what is not there is told", arguments: ["nothing.yaml", "nothing/"])
  func absent(_ path: String) throws {
    let run = try Command(["fmt", path])
    #expect(run.status == 3)
    #expect(run.errors.contains("No such file or directory"))
  }

  @Test("the rules of this repository are laid out")
  func repository() throws {
    let run = try Command(["fmt", "--check", "rules", "playground"])
    #expect(run.output == "")
    #expect(run.status == 0)
  }

  @Test("so is what the page about it shows")
  func page() throws {
    let fences = try Markdown("docs/writing.md").fences.filter(\.isRuleFile)
    #expect(fences.count == 1)
    for fence in fences {
      let source = SourceText(path: "rules.yaml", contents: fence.text)
      #expect(try String(decoding: Layout.canonical(source), as: UTF8.self) == fence.text)
    }
  }

  @Test(
    "rules come back byte for byte from twice the indentation",
    arguments: yamlFiles(below: "rules") + yamlFiles(below: "playground"))
  func doubled(_ path: String) throws {
    let text = try String(contentsOf: packageRoot.appending(path: path), encoding: .utf8)
    let wide = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let rest = line.trimmingPrefix(/( |- )*/)
      let indent = line.dropLast(rest.count).replacing("- ", with: "-   ")
      return String(line.prefix { $0 == " " }) + indent + rest
    }.joined(separator: "\n")
    let source = SourceText(path: path, contents: wide)
    #expect(try String(decoding: Layout.canonical(source), as: UTF8.self) == text)
  }

  @Test(
    "what check says of a file it says of the file laid out",
    arguments: yamlFiles(below: "Tests/Goldens/diagnostics")
      + yamlFiles(below: "Tests/Goldens/scenarios"))
  func findings(_ path: String) throws {
    let written = try SourceText(
      path: path, utf8: Array(Data(contentsOf: packageRoot.appending(path: path))))
    guard let bytes = try? Layout.canonical(written) else {
      #expect(Ruleset.check([written], profile: .weni).ruleset == nil)
      return
    }
    let laidOut = SourceText(path: path, utf8: bytes)
    #expect(try Layout.canonical(laidOut) == bytes)
    func codes(_ source: SourceText) -> [String] {
      Ruleset.check([source], profile: .weni).diagnostics.map { "\($0.code) \($0.message)" }
    }
    #expect(codes(laidOut) == codes(written))
  }
}
