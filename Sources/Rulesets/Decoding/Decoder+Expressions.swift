internal import CEL
internal import Diagnostics
internal import YAMLTree

extension Decoder {
  /// A scalar that holds CEL.
  mutating func expression(
    _ node: YAMLNode, _ what: @autoclosure () -> String
  ) -> ExpressionSyntax? {
    guard let scalar = scalar(node, what()) else { return nil }
    guard !isBlank(scalar.text) else {
      report(emptyText(what(), node.range))
      return nil
    }
    return expression(scalar, 0..<scalar.text.utf8.count, range: node.range)
  }

  /// Part of a scalar that holds CEL; `range` is what to point at when nothing smaller is wrong.
  mutating func expression(
    _ scalar: YAMLScalar, _ part: Range<Int>, range: SourceRange
  ) -> ExpressionSyntax? {
    let text = scalar.text(of: part)
    let style = scalar.style
    if let known = self.parsed[text], known.text.hasSameBytes(as: text),
      let shift = scalar.map.shift
    {
      let distance = shift + part.lowerBound
      return ExpressionSyntax(
        expression: known.expression.mapRanges {
          $0.lowerBound + distance..<$0.upperBound + distance
        },
        range: range, style: style)
    }
    let parsed = Expression.parse(text)
    let offsets = { (inner: Range<Int>) -> Range<Int> in
      let file = scalar.map.fileRange(
        of: inner.lowerBound + part.lowerBound..<inner.upperBound + part.lowerBound)
      return file.start..<file.end
    }
    for issue in parsed.issues.withoutConsequences {
      var placed = issue
      placed.range = offsets(issue.range)
      if issue.kind == .syntax {
        placed.help = letHelp(at: placed.range) ?? issue.help
      }
      report(.expressionIssue(placed, in: source, style: scalar.style))
    }
    guard let expression = parsed.expression, parsed.issues.isEmpty else { return nil }
    self.parsed[text] = (text, expression)
    return ExpressionSyntax(
      expression: expression.mapRanges(offsets), range: range, style: scalar.style)
  }
}

extension YAMLScalar {
  /// A part of the value, by its UTF-8 offsets.
  func text(of part: Range<Int>) -> String {
    var text = text
    return text.withUTF8 {
      $0.count == part.count ? nil : String(decoding: $0[part], as: UTF8.self)
    }
      ?? text
  }
}

extension Decoder {
  /// `let.vip`: a name is not read through the word it stands under.
  private func letHelp(at range: Range<Int>) -> String? {
    guard source.utf8[range.lowerBound...].starts(with: Array("let.".utf8)) else { return nil }
    return "names under `let` stand alone, without `let.`"
  }
}

extension [Issue] {
  /// After a word that cannot be read, what follows it is mostly a consequence.
  var withoutConsequences: [Issue] {
    guard let first = firstIndex(where: { $0.kind == .syntax }) else { return self }
    return enumerated().filter { $0.element.kind != .syntax || $0.offset == first }
      .map(\.element)
  }
}

/// Whether a text is empty or white space only.
func isBlank(_ text: String) -> Bool {
  // Most texts begin with a letter.
  if let first = text.utf8.first, (0x21..<0x7F).contains(first) { return false }
  return text.allSatisfy(\.isWhitespace)
}

extension Code {
  /// Each kind of mistake in an expression has its own code.
  init(_ kind: Issue.Kind) {
    self =
      switch kind {
      case .syntax: .expressionSyntax
      case .assignment: .assignment
      case .wordOperator: .wordOperator
      case .curlyQuotes: .curlyQuotes
      case .unclosedText: .unclosedText
      case .badEscape: .badEscape
      case .numberOutOfRange: .numberOutOfRange
      case .tooDeep: .expressionTooDeep
      case .unknownName, .unknownField: .unknownName
      case .unknownFunction: .unknownFunction
      case .wrongArgumentCount: .wrongArgumentCount
      case .wrongType: .wrongType
      case .constantCondition: .constantCondition
      case .droppedFraction: .droppedFraction
      case .mixedConstants: .mixedConstants
      case .badPattern: .badPattern
      case .minusInName: .minusInName
      }
  }
}

extension Diagnostic {
  /// A mistake in an expression, whose range is already in the file's coordinates.
  static func expressionIssue(
    _ issue: Issue, in source: SourceText, style: YAMLScalar.Style
  ) -> Self {
    let location = SourceLocation(path: source.path, range: SourceRange(issue.range))
    if issue.kind == .wordOperator, issue.replacement == "!" {
      return .wordNot(issue, at: location)
    }
    let isSafe = issue.replacement.map { canStand($0, in: style) } ?? false
    let edits = isSafe ? issue.replacement.map { [Fix.Edit(at: location, with: $0)] } : nil
    return Diagnostic(
      Code(issue.kind), issue.message, at: location, label: issue.label, help: issue.help,
      fix: edits.map { Fix($0) })
  }

  /// YAML reads a `!` in front as a tag, so the repair for `not` is a word of `if`.
  private static func wordNot(_ issue: Issue, at location: SourceLocation) -> Self {
    Diagnostic(
      .wordOperator, issue.message, at: location, label: issue.label,
      help: "put what must not hold under `none:`")
  }

  /// Whether a text can be put into a scalar of this style as it is.
  private static func canStand(_ text: String, in style: YAMLScalar.Style) -> Bool {
    switch style {
    case .plain, .literal, .folded:
      !text.contains("\n") && !text.contains(": ") && !text.contains(" #")
    case .singleQuoted: !text.contains("'")
    case .doubleQuoted: !text.contains("\"") && !text.contains("\\")
    }
  }
}
