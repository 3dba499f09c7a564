internal import CEL
internal import Contacts
package import Diagnostics
internal import YAMLTree

/// One rule file as written: shapes are right, names and types are not looked at yet.
///
/// A part that could not be read is absent; what was wrong with it has been said.
struct FileSyntax {
  var source: SourceText
  var comments: [YAMLComment]
  var about = ""
  var zone: TextSyntax?
  var eventType: ExpressionSyntax?
  var eventID: ExpressionSyntax?
  var eventTime: ExpressionSyntax?
  var contact: ContactSyntax?
  var lists: [ListSyntax] = []
  var constantLists: [ConstantList] = []
  var lets: [LetSyntax] = []
  var rules: [RuleSyntax] = []
  var ensuredFields: [EnsuredFieldSyntax] = []
  var ensuredGroups: [TextSyntax] = []
  var guards: [GuardSyntax] = []
  /// Whether `contact:` stands there, even where it could not be read.
  var hasContact = false

  init(source: SourceText, comments: [YAMLComment] = []) {
    self.source = source
    self.comments = comments
  }

  func location(_ range: SourceRange) -> SourceLocation {
    SourceLocation(path: source.path, range: range)
  }

  func line(of range: SourceRange) -> Int { source.line(of: range.start) }

  func place(_ range: SourceRange) -> RulePlace {
    RulePlace(path: source.path, line: line(of: range))
  }
}

/// A text and where it stands, quotes included.
package struct TextSyntax: Sendable, Hashable {
  package var text: String
  package var range: SourceRange

  package init(text: String, range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// A parsed expression in the file's coordinates.
struct ExpressionSyntax: Sendable {
  var expression: Expression
  /// The scalar or hole it was written in.
  var range: SourceRange
  /// How the scalar around it is quoted, which limits the repairs that can be made in place.
  var style: YAMLScalar.Style
}

/// A name under `lists` and its constants.
struct ListSyntax {
  var name: TextSyntax
  var items: [Literal]
}

/// A name under `let`; the expression is absent where it could not be parsed.
struct LetSyntax {
  var name: TextSyntax
  var expression: ExpressionSyntax?
}

/// Whom rules are about, as written.
struct ContactSyntax {
  enum Identifier {
    case urn(TemplateSyntax)
    case uuid(TemplateSyntax)
  }

  var identifiers: [Identifier]
  var missing: MissingPolicy
  var range: SourceRange
}

/// A rule, or what several cases of one rule share.
struct RuleSyntax: Sendable {
  var id: TextSyntax
  var about: String
  /// Its first key.
  var range: SourceRange
  var isEnabled: Bool
  var trigger: Trigger
  /// Where each type of the trigger stands.
  var triggerRanges: [SourceRange] = []
  var predicates: [PredicateSyntax]
  var contact: ContactSyntax?
  /// Whether the rule has a `contact:` of its own, even one that could not be read.
  var hasContact: Bool
  var body: Body

  enum Body {
    case actions([ActionSyntax])
    case cases(MatchSyntax)
  }
}

/// `match`, `cases` and `otherwise`.
struct MatchSyntax {
  /// Absent where it could not be parsed.
  var subject: ExpressionSyntax?
  var cases: [Case]
  var otherwise: Case?

  struct Case {
    var key: TextSyntax
    var actions: [ActionSyntax]
  }
}

/// One line under `if`.
struct PredicateSyntax: Sendable {
  indirect enum Kind: Sendable {
    case expression(ExpressionSyntax)
    case test(path: ExpressionSyntax, FieldTest)
    case all([PredicateSyntax])
    case any([PredicateSyntax])
    case none([PredicateSyntax])
  }

  /// As it stands in the file first; see ``distance``.
  private let written: Kind
  var range: SourceRange
  /// The line as written, blanks folded.
  var text: String
  /// The same for lines that say the same; absent where nobody has looked for others.
  let number: Int?
  /// How far behind the ranges in ``written`` this line stands.
  private let distance: Int

  init(
    _ kind: Kind, range: SourceRange, text: String, number: Int? = nil, distance: Int = 0
  ) {
    written = kind
    self.range = range
    self.text = text
    self.number = number
    self.distance = distance
  }

  var kind: Kind { distance == 0 ? written : written.moved(by: distance) }
}

extension PredicateSyntax.Kind {
  /// Whether it is a line alone, without others in it.
  var isSingle: Bool {
    switch self {
    case .expression, .test: true
    case .all, .any, .none: false
    }
  }

  /// The same line further back in the file.
  fileprivate func moved(by distance: Int) -> Self {
    switch self {
    case .expression(let syntax): return .expression(syntax.moved(by: distance))
    case .test(let path, let test):
      return .test(
        path: path.moved(by: distance), test.mapOperands { $0.moved(by: distance) })
    case .all, .any, .none: preconditionFailure("only single lines are shared")
    }
  }
}

extension ExpressionSyntax {
  fileprivate func moved(by distance: Int) -> Self {
    ExpressionSyntax(
      expression: expression.moved(by: distance),
      range: SourceRange(range.start + distance..<range.end + distance), style: style)
  }
}

/// A value with holes, as written.
struct TemplateSyntax {
  enum Part {
    case text(String)
    case hole(ExpressionSyntax)
  }

  var parts: [Part]
  var range: SourceRange
  /// The value as written, without quotes: what makes two values with holes the same.
  var source: String
  /// Whether a hole could not be read, so that nothing can be said about the value.
  var isBroken = false

  /// The whole text, if there are no holes.
  var constant: String? {
    guard !isBroken else { return nil }
    if parts.count == 1, case .text(let text) = parts[0] { return text }
    var text = ""
    for part in parts {
      guard case .text(let piece) = part else { return nil }
      text += piece
    }
    return text
  }

  /// What stands before the first hole.
  var prefix: String {
    guard case .text(let text) = parts.first else { return "" }
    return text
  }
}

/// A field under `ensure`.
struct EnsuredFieldSyntax {
  var key: TextSyntax
  var label: TextSyntax
  var type: FieldType
  var typeRange: SourceRange
}

/// One limit under `guards`.
struct GuardSyntax {
  enum Subject {
    case deletes, created, changed
    case group(String)
    /// No group of this name may be touched.
    case never(String)
  }

  var subject: Subject
  var limit: Guards.Limit
  var range: SourceRange
}

/// An action as written: one key with its value.
struct ActionSyntax {
  /// One write that the action asks for, and where it stands.
  struct Write {
    var kind: Kind
    var range: SourceRange
  }

  enum Kind {
    case setName(TemplateSyntax), clearName
    case setLanguage(TemplateSyntax), clearLanguage
    case setField(TextSyntax, TemplateSyntax), clearField(TextSyntax)
    case addToGroup(TemplateSyntax), removeFromGroup(TemplateSyntax), setGroups([TemplateSyntax])
    case addURN(TemplateSyntax, position: Action.Position), removeURN(TemplateSyntax)
    case setURNs([TemplateSyntax])
    case createContact(urns: [TemplateSyntax]), deleteContact
    case blockContact, unblockContact, interruptContact, archiveMessages
    case createField(label: TemplateSyntax, type: FieldType)
    case createGroup(TemplateSyntax), renameGroup(from: TemplateSyntax, to: TemplateSyntax)
    case deleteGroup(TemplateSyntax)
    case note(TemplateSyntax)
  }

  var word: ActionWord
  /// The action's key.
  var range: SourceRange
  var writes: [Write]
}
