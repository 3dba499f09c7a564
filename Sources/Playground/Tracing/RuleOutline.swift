import CEL
import Engine
package import Rulesets

/// A rule as a trace shows it: its lines with their places, and what each of them reads.
package struct RuleOutline: Sendable {
  /// A line under `if`, or a combination of lines.
  package struct Line: Sendable {
    package enum Kind: Sendable, Hashable { case test, all, any, none }

    /// Counted over the whole ruleset, a combination before the lines in it.
    package var number: Int
    package var kind: Kind
    /// As written, on one line.
    package var text: String
    package var line: Int
    /// In UTF-8 offsets of the rule's file.
    package var range: Range<Int>
    package var children: [Line]
    let condition: Inquiry.Condition
    let reads: [Read]
    /// Of a test, for the reason of an unknown.
    let whole: Inquiry.Question?
  }

  /// A part of an expression whose value is worth seeing.
  struct Read: Sendable {
    var text: String
    /// The `let` in which it stands; empty where it stands in the line itself.
    var name: String
    var source: Source
    /// Whether a path in it leads to what may be personal.
    var isPersonal: Bool

    enum Source: Sendable {
      case question(Inquiry.Question)
      case constant(Literal)
    }
  }

  package var id: String
  package var about: String
  /// Index in ``Ruleset/files``.
  package var file: Int
  package var path: String
  /// Without the directory that all files stand in.
  package var shortPath: String
  package var line: Int
  package var isEnabled: Bool
  package var trigger: Trigger
  package var lines: [Line]
  package var actions: [Action]
  /// What the holes of each action read.
  let holes: [[Read]]
  /// What the holes of its contact's identifiers read.
  let identifiers: [Read]
  let readsContact: Bool

  /// Every line, a combination before the lines in it.
  package var allLines: [Line] { lines.flatMap(\.allLines) }
}

extension RuleOutline.Line {
  /// This line and those in it.
  package var allLines: [Self] { [self] + children.flatMap(\.allLines) }
}
