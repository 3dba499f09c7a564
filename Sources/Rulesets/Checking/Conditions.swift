internal import CEL
internal import Diagnostics

extension ExpressionChecker {
  /// A line under `if`, and the lines within it; one that says what an earlier one says, of which
  /// nothing was to be said, is that one.
  mutating func check(_ syntax: PredicateSyntax) -> Predicate {
    let line = source.line(of: syntax.range.start)
    let range = syntax.range.start..<syntax.range.end
    if let number = syntax.number, let known = knownLines[number] {
      return Predicate(
        known.kind, line: line, text: syntax.text, range: range, number: number,
        distance: range.lowerBound - known.start)
    }
    let count = reportCount
    let kind = kind(of: syntax)
    guard let number = syntax.number, reportCount == count else {
      return Predicate(kind, line: line, text: syntax.text, range: range)
    }
    knownLines[number] = (kind, range.lowerBound)
    return Predicate(
      kind, line: line, text: syntax.text, range: range, number: number, distance: 0)
  }

  private mutating func kind(of syntax: PredicateSyntax) -> Predicate.Kind {
    switch syntax.kind {
    case .expression(let expression):
      let checked = check(expression)
      requireBool(checked, expression)
      return .expression(checked)
    case .test(let path, let test):
      if let name = test.listName, !listNames.contains(name.text) {
        report(.unknownList(name.text, at: location(name.range), lists: listNames))
        return .expression(path.expression)
      }
      let tree = test.expression(on: path.expression, zone: zone)
      return .expression(check(tree, style: path.style))
    case .all(let lines): return .all(lines.map { check($0) })
    case .any(let lines): return .any(lines.map { check($0) })
    case .none(let lines): return .none(lines.map { check($0) })
    }
  }

  private mutating func requireBool(_ checked: Expression, _ syntax: ExpressionSyntax) {
    if case .literal(.bool(let value)) = checked.kind {
      report(.constantCondition(value, at: location(syntax.range)))
      return
    }
    switch checked.type {
    case .bool, .dynamic, .unknown, .parameter, .wrapper(.bool): break
    default:
      guard !diagnostics.contains(where: { $0.location.range.isInside(syntax.range) }) else {
        return
      }
      report(.conditionNotBool(checked.type.words, at: location(syntax.range)))
    }
  }
}

extension SourceRange {
  fileprivate func isInside(_ other: SourceRange) -> Bool {
    start >= other.start && end <= other.end
  }
}

extension FieldTest {
  /// The name of a list that `in` or `not_in` asks for.
  fileprivate var listName: TextSyntax? {
    switch self {
    case .oneOf(let operand), .notOneOf(let operand):
      guard case .identifier(let name) = operand.expression.kind else { return nil }
      return TextSyntax(text: name, range: SourceRange(operand.expression.range))
    case .anyItem(let tests), .allItems(let tests):
      return tests.lazy.compactMap(\.listName).first
    case .equals, .isNot, .present, .absent, .empty, .order, .between, .text, .contains,
      .before, .after, .within:
      return nil
    }
  }
}

extension CEL.`Type` {
  /// How people call a value of this type.
  var words: String {
    switch self {
    case .dynamic, .unknown, .parameter: "any value"
    case .null: "null"
    case .bool: "a bool"
    case .int, .uint, .double: "a number"
    case .string: "a text"
    case .bytes: "bytes"
    case .timestamp: "a time"
    case .duration: "a duration"
    case .list: "a list"
    case .map, .record: "a map"
    case .type: "a type"
    case .optional: "an optional"
    case .named(let name, _): "a `\(name)`"
    case .wrapper(let inner): inner.words
    }
  }
}

extension Diagnostic {
  static func conditionNotBool(_ type: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .conditionNotBool, "a condition must be a bool", at: location, label: "this is \(type)",
      help: "compare it with something, or test it: `path: present`")
  }

  static func constantCondition(_ value: Bool, at location: SourceLocation) -> Self {
    Diagnostic(
      .constantCondition, "this condition is always \(value)", at: location,
      help: value ? "leave the line out" : "to switch the rule off, write `enabled: false`")
  }

  static func unknownList(_ name: String, at location: SourceLocation, lists: [String]) -> Self {
    let near = closestMatch(to: name, in: lists)
    return Diagnostic(
      .unknownList, "no list `\(name)` under `lists`", at: location,
      label: "a plain word here is the name of a list",
      help: near.map { "did you mean `\($0)`?" } ?? "for one constant write `[\(name)]`",
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }
}
