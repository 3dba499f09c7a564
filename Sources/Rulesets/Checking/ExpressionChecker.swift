internal import CEL
internal import Diagnostics
internal import Functions
internal import YAMLTree

/// Checks the expressions of one file in the names that the file declares.
struct ExpressionChecker {
  let source: SourceText
  /// The zone of dates without one, if the file has a zone that exists.
  var zone: String?
  var environment: Environment
  var diagnostics: [Diagnostic] = []
  /// Lists of the file, which `in:` may name.
  var listNames: [String] = []
  /// Lets whose value depends on `contact`.
  var contactReaders: Set<String> = []
  /// Names with a mistake of their own, of which nothing more is said.
  var brokenNames: Set<String> = []
  /// Every name an expression mentions: what is never here is unused.
  private(set) var mentioned: Set<String> = []
  /// An expression stands several times in the tree of a field test; it is reported once.
  private var reported: Set<Diagnostic> = []
  /// How often something was reported, also what had been before.
  private(set) var reportCount = 0
  /// Lines under `if` of which nothing was to be said, by number, and where each begins.
  var knownLines: [Int: (kind: Predicate.Kind, start: Int)] = [:]
  /// Which of them depend on what is known of the contact, as far as somebody has asked.
  private var contactLines: [Int: Bool] = [:]

  init(source: SourceText, zone: String?) {
    self.source = source
    self.zone = zone
    environment = Environment(profile: .regra)
    environment.add(RegraFunctions.all)
    environment.declare("event", as: .dynamic)
    environment.declare("contact", as: .dynamic)
    environment.declare("now", as: .timestamp)
  }

  mutating func report(_ diagnostic: Diagnostic) {
    reportCount += 1
    if reported.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
  }

  /// Takes over what a checker found that went on from where this one was as `start`.
  mutating func add(_ other: ExpressionChecker, behind start: ExpressionChecker) {
    for diagnostic in other.diagnostics[start.diagnostics.count...] { report(diagnostic) }
    mentioned.formUnion(other.mentioned)
  }

  func location(_ range: SourceRange) -> SourceLocation {
    SourceLocation(path: source.path, range: range)
  }

  /// The expression with its names resolved, its types known and its constant dates computed.
  mutating func check(_ syntax: ExpressionSyntax) -> Expression {
    check(syntax.expression, style: syntax.style)
  }

  mutating func check(_ expression: Expression, style: YAMLScalar.Style) -> Expression {
    let zoned = zone.map { expression.withZone($0) } ?? expression
    let words = note(zoned)
    let (checked, issues) = zoned.check(in: environment)
    for issue in issues where !isOfForeignHole(issue) {
      report(diagnostic(for: issue, style: style))
    }
    guard issues.allSatisfy({ $0.kind.isWarning }) else { return checked }
    if words.contact {
      for diagnostic in contactDiagnostics(checked) { report(diagnostic) }
    }
    return words.date ? folded(checked) : checked
  }

  /// Notes the names that an expression mentions; whether there are words that need a closer look.
  private mutating func note(_ expression: Expression) -> (contact: Bool, date: Bool) {
    var words = (contact: false, date: false)
    expression.walk { node in
      switch node.kind {
      case .identifier(let name):
        mentioned.insert(name)
        if name == "contact" || name == ".contact" { words.contact = true }
      case .call("date", nil, _), .call(".date", nil, _): words.date = true
      default: break
      }
    }
    return words
  }

  private func diagnostic(for issue: Issue, style: YAMLScalar.Style) -> Diagnostic {
    var issue = issue
    if issue.kind == .unknownName, issue.replacement == nil {
      issue.help = unknownNameHelp(at: issue.range, in: source)
    }
    return .expressionIssue(issue, in: source, style: style)
  }

  /// Whether `{{…}}` was taken for a constant, of which more has been said already.
  private func isOfForeignHole(_ issue: Issue) -> Bool {
    issue.kind == .constantCondition
      && source.utf8[issue.range].indices.contains {
        source.utf8[$0...].starts(with: "{{".utf8)
      }
  }

  /// Whether an expression depends on what is known of the contact.
  func readsContact(_ expression: Expression) -> Bool {
    expression.readsContact(through: contactReaders)
  }

  /// Whether a line under `if` does.
  mutating func readsContact(_ line: Predicate) -> Bool {
    if let number = line.number, let reads = contactLines[number] { return reads }
    let reads: Bool
    switch line.sharedKind {
    case .expression(let expression): reads = readsContact(expression)
    case .all(let lines), .any(let lines), .none(let lines):
      reads = lines.contains { readsContact($0) }
    }
    if let number = line.number { contactLines[number] = reads }
    return reads
  }
}

extension ExpressionChecker {
  /// Calls of `date` with constants, computed once and for all.
  private mutating func folded(_ expression: Expression) -> Expression {
    var failed: [SourceRange] = []
    let environment = environment
    let result = expression.rewritten { node in
      guard case .call("date", nil, let arguments) = node.kind,
        arguments.allSatisfy({ $0.isText })
      else { return node }
      let value = constant(node, in: environment)
      if case .unknown = value { failed.append(SourceRange(arguments[0].range)) }
      guard case .literal(let literal) = value else { return node }
      return Expression(.literal(literal), node.range, type: .timestamp)
    }
    for range in failed { report(.notADate(at: location(range))) }
    return result
  }
}

extension Expression {
  fileprivate var isText: Bool {
    guard case .literal(.string) = kind else { return false }
    return true
  }
}

/// What to write instead of a name that nobody knows.
func unknownNameHelp(at range: Range<Int>, in source: SourceText) -> String {
  let written = source.text(range)
  if written == "lists" { return "names under `lists` stand alone, without `lists.`" }
  return isCompared(range, in: source)
    ? "a text stands in quotes: `\"\(written)\"`"
    : "parts of the event are written `event.\(written)`, texts stand in quotes"
}

/// Whether `==` or `!=` stands in front: what follows is rather a text than a path.
private func isCompared(_ range: Range<Int>, in source: SourceText) -> Bool {
  let before = source.utf8[..<range.lowerBound].reversed().drop { $0 == UInt8(ascii: " ") }
  return before.starts(with: "==".utf8) || before.starts(with: "=!".utf8)
}

extension SourceText {
  /// What stands in a range.
  func text(_ range: Range<Int>) -> String { String(decoding: utf8[range], as: UTF8.self) }
}

/// What an expression that reads nothing comes to.
private enum Constant {
  case literal(Literal)
  case unknown
  /// A value that is no timestamp.
  case other
}

private func constant(_ expression: Expression, in environment: Environment) -> Constant {
  var layout = SlotLayout()
  var program = Program()
  let entry = program.add(expression, in: environment, layout: &layout)
  var scratch = Scratch()
  var slots = [Value](repeating: .missing, count: layout.paths.count + 1)
  return slots.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return .other }
    let value = program.evaluate(entry, slots: base, scratch: &scratch)
    if value.isUnknown { return .unknown }
    guard value.tag == .timestamp, let literal = scratch.literal(of: value) else { return .other }
    return .literal(literal)
  }
}

extension Diagnostic {
  static func notADate(at location: SourceLocation) -> Self {
    Diagnostic(
      .notATime, "this text is no date", at: location, label: "cannot be read",
      help: "write `2026-03-01`, `2026-03-01 14:30`, `01/03/2026` or `2026-03-01T14:30:00-03:00`")
  }
}
