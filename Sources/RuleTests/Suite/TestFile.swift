package import CEL
package import Diagnostics
package import Rulesets
package import Simulator

/// A value of a test file and where it stands.
package struct Placed<Value: Sendable>: Sendable {
  package var value: Value
  package var range: SourceRange

  package init(_ value: Value, at range: SourceRange) {
    self.value = value
    self.range = range
  }
}

/// One `*.test.yaml`: the rules it is about and its tests, `each` already expanded.
package struct TestFile: Sendable {
  package var source: SourceText
  /// Rule files and directories as written, relative to the test file; empty where it names none.
  package var rules: [TextSyntax]
  package var tests: [TestCase]

  package var path: String { source.path }

  package func location(_ range: SourceRange) -> SourceLocation {
    SourceLocation(path: source.path, range: range)
  }

  package func line(of range: SourceRange) -> Int { source.line(of: range.start) }
}

/// One test, or one of the values that `each` lists for it.
package struct TestCase: Sendable {
  package var name: String
  /// The values of `each`, as in `canceled, 12`; empty without.
  package var variant: String
  /// The value of `name`.
  package var range: SourceRange
  /// Nanoseconds since 1970.
  package var now: Int64
  /// Those of the file and its own, one of each name.
  package var contacts: [GivenContact]
  package var events: Events
  package var answers: [ScriptedAnswer]
  package var expectation: Expectation

  package enum Events: Sendable {
    case list([GivenEvent])
    /// Relative to the test file.
    case file(TextSyntax)
  }

  /// The name and the values of `each`.
  package var title: String { variant.isEmpty ? name : "\(name) [\(variant)]" }
}

/// A contact that is there before the first event.
package struct GivenContact: Sendable {
  package var name: TextSyntax
  /// Made of its place in the list where the test gives none.
  package var uuid: String
  package var fullName: String?
  package var language: String?
  package var status: String?
  package var urns: [TextSyntax]
  package var groups: [TextSyntax]
  package var fields: [(key: TextSyntax, value: String)]
  /// Whether the planner does not know of it.
  package var isHidden: Bool
}

/// An event, and how much the clock moves before it.
package struct GivenEvent: Sendable {
  package var json: [UInt8]
  /// Nanoseconds.
  package var after: Int64
  package var range: SourceRange
}

/// What the server answers instead of its own answer.
package struct ScriptedAnswer: Sendable {
  package var fault: Fault
  /// The contact that the requests are about: a name of the test, a URN or a uuid.
  package var contact: TextSyntax?
}

/// What a test wants to see.
package struct Expectation: Sendable {
  package var range: SourceRange
  /// Rule ids, each as often as it fires.
  package var fired: Placed<[TextSyntax]>?
  package var notFired: [NotFired] = []
  package var contacts: [ExpectedContact] = []
  package var calls: Placed<ExpectedCalls>?
  package var setAside: Placed<ExpectedCount>?
  package var problems: Placed<ExpectedProblems>?
  /// A file, relative to the test file.
  package var snapshot: TextSyntax?

  package struct NotFired: Sendable {
    package var rule: TextSyntax
    /// Absent: whatever the reason.
    package var reason: Placed<Reason>?
  }

  /// Why a rule did not fire.
  package enum Reason: String, Sendable, CaseIterable {
    /// A condition was false.
    case isFalse = "false"
    /// Only unknown conditions kept it from firing.
    case unknown
    /// Nobody asked it, or it had nothing and nobody to write to.
    case skipped
  }
}

/// How many there must be.
package enum ExpectedCount: Sendable {
  case exactly(Int)
  case between(Int?, Int?)

  package func holds(for count: Int) -> Bool {
    switch self {
    case .exactly(let wanted): count == wanted
    case .between(let low, let high): count >= low ?? 0 && count <= high ?? .max
    }
  }
}

package enum ExpectedCalls: Sendable {
  case count(ExpectedCount)
  /// All calls in their order, each described in part.
  case all([ExpectedValue])
  case some(has: [ExpectedValue], hasNot: [ExpectedValue])
}

package enum ExpectedProblems: Sendable {
  case count(ExpectedCount)
  /// All of them in their order, each by words that it contains.
  case all([TextSyntax])
}

/// A value with the places of its parts.
package struct ExpectedValue: Sendable {
  package indirect enum Kind: Sendable {
    case scalar(Literal)
    case list([ExpectedValue])
    case map([(key: TextSyntax, value: ExpectedValue)])
  }

  package var kind: Kind
  package var range: SourceRange
}

/// What must be true of a contact in the end; what is not said is not looked at.
package struct ExpectedContact: Sendable {
  /// A name of the test, a URN or a uuid.
  package var name: TextSyntax
  package var parts: [Part]
  /// Where it is said that the contact is not there.
  package var absent: SourceRange?

  package enum Part: Sendable {
    case name(ExpectedText)
    case language(ExpectedText)
    case status(Placed<String>)
    case field(TextSyntax, ExpectedText)
    case groups(ExpectedList)
    case urns(ExpectedList)
  }
}

/// What a text must be.
package struct ExpectedText: Sendable {
  package enum Kind: Sendable, Hashable {
    case value(String)
    case absent, present
  }

  package var kind: Kind
  package var range: SourceRange
}

/// What a list must hold.
package struct ExpectedList: Sendable {
  package enum Kind: Sendable {
    case whole([TextSyntax])
    case part(has: [TextSyntax], hasNot: [TextSyntax])
  }

  package var kind: Kind
  package var range: SourceRange

  /// All that it names.
  package var items: [TextSyntax] {
    switch kind {
    case .whole(let items): items
    case .part(let has, let hasNot): has + hasNot
    }
  }
}
