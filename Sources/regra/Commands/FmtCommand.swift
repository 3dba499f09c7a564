import ArgumentParser
import Diagnostics
import Formatting
private import Glibc
import Logging
import Streams

/// `regra fmt`: rule files and tests in the one layout.
struct FmtCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Lay rule files and tests out, comments and all.",
    discussion: """
      FILES are files or directories; a directory stands for its *.yaml and *.yml files. `-`, or \
      nothing where standard input is no terminal, is standard input, and the result goes to \
      standard output. Files that change are written anew and named on standard output.

      Only blanks and line breaks change. A file that cannot be read as YAML stays as it is, and \
      the exit code is 1.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] = [.plain("check")]

  @Argument(help: "Rule files and tests, or directories of them.")
  var files: [String] = []

  @Flag(help: "Write nothing; name the files that would change, and exit with 1 if there are any.")
  var check = false

  func validate() throws {
    if files.isEmpty, Terminal.isInputATerminal {
      throw ValidationError("name files or directories, or `-` for standard input")
    }
    if files.contains("-"), files.count > 1 {
      throw ValidationError("`-` stands alone")
    }
  }

  func run() throws {
    var session = Session(check: check)
    do throws(FileFailure) {
      if files.isEmpty || files == ["-"] {
        try session.layOutInput()
      } else {
        for path in try RuleFiles.allPaths(files) { try session.layOut(path) }
        session.sum()
      }
    } catch {
      throw CommandFailure(error).exit()
    }
    if session.refusedCount > 0 || (check && session.changedCount > 0) {
      throw ExitCode(ExitStatus.problemsInRules)
    }
  }

  /// File after file; one that cannot be read does not keep the others.
  private struct Session {
    let check: Bool
    var count = 0
    var changedCount = 0
    var refusedCount = 0

    init(check: Bool) { self.check = check }

    mutating func layOut(_ path: String) throws(FileFailure) {
      let written = try FileTree.contents(of: path)
      guard let bytes = layOut(SourceText(path: path, utf8: written)), bytes != written else {
        return
      }
      changedCount += 1
      if !check { try WholeFile.replace(bytes, at: path) }
      Terminal.print(path + "\n")
    }

    mutating func layOutInput() throws(FileFailure) {
      let written = try FileTree.contents(of: "/dev/stdin")
      guard let bytes = layOut(SourceText(path: "stdin", utf8: written)) else { return }
      if bytes != written { changedCount += 1 }
      if !check { Terminal.print(String(decoding: bytes, as: UTF8.self)) }
    }

    private mutating func layOut(_ source: SourceText) -> [UInt8]? {
      count += 1
      do throws(Layout.Refusal) {
        return try Layout.canonical(source)
      } catch {
        refusedCount += 1
        switch error {
        case .unreadable(let diagnostics):
          let ink = Terminal.ink(of: STDERR_FILENO)
          Terminal.say(diagnostics, DiagnosticRenderer(sources: [source], ink: ink))
        case .unsafe:
          Terminal.say(
            "regra: \(source.path): stays as it is: laid out it could be read otherwise\n", .error)
        }
        return nil
      }
    }

    func sum() {
      let verb = check ? "would change" : "changed"
      let files = "\(count) file\(count == 1 ? "" : "s")"
      let refused = refusedCount == 0 ? "" : ", \(refusedCount) could not be read"
      Terminal.say("\(changedCount) of \(files) \(verb)\(refused)\n")
    }
  }
}
