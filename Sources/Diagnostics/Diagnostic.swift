/// One problem in a rule file, with all that is needed to explain it.
package struct Diagnostic: Hashable, Sendable {
  package var code: Code
  package var message: String
  package var location: SourceLocation
  /// Under the carets: what is wrong with just this text.
  package var label: String
  package var notes: [Note]
  /// How to repair it, at most one way.
  package var help: String?
  /// The repair as edits, where it is safe to make without asking.
  package var fix: Fix?

  package init(
    _ code: Code, _ message: String, at location: SourceLocation, label: String = "",
    notes: [Note] = [], help: String? = nil, fix: Fix? = nil
  ) {
    self.code = code
    self.message = message
    self.location = location
    self.label = label
    self.notes = notes
    self.help = help
    self.fix = fix
  }

  /// A fact beside the problem, often another place that takes part in it.
  package struct Note: Hashable, Sendable {
    package var message: String
    package var location: SourceLocation?

    package init(_ message: String, at location: SourceLocation? = nil) {
      self.message = message
      self.location = location
    }
  }

  /// Edits that together repair the problem.
  package struct Fix: Hashable, Sendable {
    package var edits: [Edit]

    package init(_ edits: [Edit]) { self.edits = edits }

    package struct Edit: Hashable, Sendable {
      package var location: SourceLocation
      package var replacement: String

      package init(at location: SourceLocation, with replacement: String) {
        self.location = location
        self.replacement = replacement
      }
    }
  }

  package enum Severity: String, Sendable { case error, warning }

  package var severity: Severity { code.severity }
}

extension Code {
  /// Errors stop a ruleset from running, warnings do not.
  package var severity: Diagnostic.Severity {
    rawValue.utf8.first == UInt8(ascii: "E") ? .error : .warning
  }
}
