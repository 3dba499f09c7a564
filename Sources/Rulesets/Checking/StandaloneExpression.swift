package import CEL
package import Diagnostics

/// An expression outside of any rule file, such as an argument of a command, and what is wrong
/// with it.
package struct StandaloneExpression: Sendable {
  /// What its value must be.
  package enum Role: Sendable {
    case value
    /// True or false.
    case condition
  }

  /// With its names resolved and its types known; absent where there are errors.
  package private(set) var expression: CEL.Expression?
  package private(set) var diagnostics: [Diagnostic] = []
  private let source: SourceText

  /// Parses and checks a text.
  ///
  /// - Parameters:
  ///   - source: the text, and what frames call it.
  ///   - environment: the names and functions that it may use.
  ///   - zone: that of dates without one.
  ///   - role: what its value must be.
  ///   - absentNames: names that rules have but this expression has not, and what to do instead.
  package init(
    _ source: SourceText, in environment: Environment, zone: String? = nil, as role: Role = .value,
    absentNames: [String: String] = [:]
  ) {
    self.source = source
    guard let text = String(validating: source.utf8, as: UTF8.self) else {
      diagnostics.append(.notUTF8(at: location(0..<0)))
      return
    }
    guard !isBlank(text) else {
      diagnostics.append(.noExpression(at: location(0..<source.utf8.count)))
      return
    }
    let parsed = CEL.Expression.parse(text)
    for issue in parsed.issues.withoutConsequences { report(issue, absentNames) }
    guard let tree = parsed.expression, parsed.issues.isEmpty else { return }
    let zoned = zone.map { tree.withZone($0) } ?? tree
    let (checked, issues) = zoned.check(in: environment)
    for issue in issues { report(issue, absentNames) }
    if role == .condition, diagnostics.isEmpty { requireBool(checked) }
    if diagnostics.allSatisfy({ $0.severity == .warning }) { expression = checked }
  }

  private mutating func report(_ issue: Issue, _ absentNames: [String: String]) {
    var help = issue.help
    if issue.kind == .unknownName, issue.replacement == nil {
      help = absentNames[source.text(issue.range)] ?? unknownNameHelp(at: issue.range, in: source)
    }
    diagnostics.append(
      Diagnostic(
        Code(issue.kind), issue.message, at: location(issue.range), label: issue.label, help: help))
  }

  private mutating func requireBool(_ expression: CEL.Expression) {
    switch expression.type {
    case .bool, .dynamic, .wrapper(.bool), .unknown, .parameter: break
    case .null, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .map, .record,
      .type,
      .optional, .named, .wrapper:
      var diagnostic = Diagnostic.conditionNotBool(
        expression.type.words, at: location(expression.range))
      diagnostic.help = "compare it with something"
      diagnostics.append(diagnostic)
    }
  }

  private func location(_ range: Range<Int>) -> SourceLocation {
    SourceLocation(path: source.path, range: SourceRange(range))
  }

  /// Why a text is no time zone, as one sentence; nil where it is one.
  package static func objection(toZone name: String) -> String? {
    guard ZoneRules(name) == nil else { return nil }
    let nowhere = SourceLocation(path: "", range: SourceRange(0..<0))
    let diagnostic = Diagnostic.unknownZone(name, at: nowhere)
    return diagnostic.message + (diagnostic.help.map { "; \($0)" } ?? "")
  }
}

extension Diagnostic {
  fileprivate static func noExpression(at location: SourceLocation) -> Self {
    Diagnostic(
      .expressionSyntax, "there is no expression here", at: location,
      help: "write one, such as `event.order.total > 100`")
  }

  fileprivate static func notUTF8(at location: SourceLocation) -> Self {
    Diagnostic(.notUTF8, "the expression is not UTF-8", at: location, help: "save it as UTF-8")
  }
}
