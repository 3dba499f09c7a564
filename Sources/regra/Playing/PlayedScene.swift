import Contacts
import Diagnostics
import Knowledge
import Playground
private import Glibc
import Rulesets
import Streams

/// Rules that are found right, and the workspace in which they are rehearsed.
struct PlayedScene {
  var rules: TracedRules
  var scene: RehearsalScene

  /// Reads and checks; problems of the rules are told, errors in them end the command.
  ///
  /// - Parameters:
  ///   - paths: the rules.
  ///   - contacts: as the API lists them, and what people call them.
  ///   - inventory: the same for groups and fields.
  ///   - dialect: that of the workspace.
  ///   - now: when the first event comes, nanoseconds since 1970.
  /// - Throws: the command's failure.
  init(
    rules paths: [String], contacts: (path: String, bytes: [UInt8])?,
    inventory: (path: String, bytes: [UInt8])?, dialect: Dialect, now: Int64
  ) throws {
    try self.init(
      rules: paths,
      in: try .read(contacts: contacts, inventory: inventory, dialect: dialect, now: now))
  }

  /// The same in a workspace that was read before.
  init(rules paths: [String], in scene: RehearsalScene) throws {
    try self.init(try RuleFiles.read(paths), in: scene)
  }

  /// The same for rules that were read before, too.
  init(_ sources: [SourceText], in scene: RehearsalScene) throws {
    self.scene = scene
    let known = scene.snapshot.inventory.isKnown ? scene.snapshot.inventory : nil
    let checked = CheckedRules(sources, dialect: scene.dialect, inventory: known)
    if !checked.diagnostics.isEmpty {
      let renderer = DiagnosticRenderer(
        sources: checked.sources, ink: Terminal.ink(of: STDERR_FILENO), language: Terminal.language)
      Terminal.say(checked.diagnostics, renderer)
    }
    rules = TracedRules(
      try checked.usable, sources: checked.sources, profile: APIProfile(scene.dialect))
  }
}

extension RehearsalScene {
  /// The workspace of files.
  static func read(
    contacts: (path: String, bytes: [UInt8])?, inventory: (path: String, bytes: [UInt8])?,
    dialect: Dialect, now: Int64
  ) throws -> RehearsalScene {
    do throws(RehearsalScene.Failure) {
      return try RehearsalScene(
        contacts: contacts?.bytes, inventory: inventory?.bytes, dialect: dialect, now: now)
    } catch {
      let place = error.line.map { "\(contacts?.path ?? ""):\($0)" } ?? inventory?.path
      throw CommandFailure(
        "\(place ?? "contacts"): \(Mask.masked(error.sentence))", status: ExitStatus.fileFailure)
    }
  }
}

/// Prints lines, with signs in colour on a terminal.
func printLines(_ lines: [String]) {
  let ink = Terminal.ink(of: STDOUT_FILENO)
  let language = Terminal.language
  Terminal.print(lines.map { painted(language.told($0), ink) + "\n" }.joined())
}

/// Colours the sign that a line begins with.
func painted(_ line: String, _ ink: Ink) -> String {
  guard ink == .ansi, let place = line.firstIndex(where: { $0 != " " }) else { return line }
  let colours: [Character: String] = ["✓": "32", "✗": "31", "?": "33", "!": "33", "→": "36"]
  guard let colour = colours[line[place]] else { return line }
  return line[..<place] + "\u{1B}[\(colour)m\(line[place])\u{1B}[0m"
    + line[line.index(after: place)...]
}
