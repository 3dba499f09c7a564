internal import CEL
internal import Diagnostics
package import YAMLTree

extension Decoder {
  /// A point in time: a date as `date()` reads it, `now`, or a hole.
  mutating func time(_ node: YAMLNode, _ what: String) -> FieldTest.Operand? {
    guard let scalar = scalar(node, what) else { return nil }
    let range = node.range.start..<node.range.end
    if scalar.text == "now" { return .init(Expression(.identifier("now"), range)) }
    guard let hole = wholeHole(scalar, node.range) else { return nil }
    switch hole {
    case .expression(let inner): return .init(dated(inner, range))
    case .text(let text):
      guard !text.isEmpty else {
        report(emptyText(what, node.range))
        return nil
      }
      return .init(dated(Expression(.literal(.string(text)), range), range))
    }
  }

  /// `date(value)`, which also takes a time as it is.
  private func dated(_ value: Expression, _ range: Range<Int>) -> Expression {
    Expression(.call("date", target: nil, arguments: [value]), range)
  }

  /// A span of time: `30m`, `24h`, `7d`, `2w`, several in a row, or a hole.
  mutating func span(_ node: YAMLNode, _ what: String) -> FieldTest.Operand? {
    guard let scalar = scalar(node, what), let hole = wholeHole(scalar, node.range) else {
      return nil
    }
    switch hole {
    case .expression(let inner): return .init(inner)
    case .text(let text):
      guard let nanoseconds = nanoseconds(of: text) else {
        report(.notASpan(text, of: what, at: location(node.range)))
        return nil
      }
      return .init(
        .duration(nanoseconds: nanoseconds), at: node.range.start..<node.range.end)
    }
  }

  private enum Whole {
    case text(String)
    case expression(Expression)
  }

  private mutating func wholeHole(_ scalar: YAMLScalar, _ range: SourceRange) -> Whole? {
    let value = template(scalar, range: range)
    if value.isBroken { return nil }
    if let text = value.constant { return .text(text) }
    if value.parts.count == 1, case .hole(let hole) = value.parts[0] {
      return .expression(hole.expression)
    }
    report(
      .badTestValue(
        "a time is a constant or one hole", at: location(range),
        label: "text and holes together", help: nil))
    return nil
  }

  /// A span of time as a constant, in nanoseconds.
  package mutating func constantSpan(_ node: YAMLNode, _ what: String) -> Int64? {
    guard let text = text(node, what) else { return nil }
    guard let nanoseconds = nanoseconds(of: text.text) else {
      report(.notASpan(text.text, of: what, at: location(node.range)))
      return nil
    }
    return nanoseconds
  }

  private func nanoseconds(of text: String) -> Int64? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    var total: Int64 = 0
    var digits = ""
    for letter in text {
      if letter.isASCII, letter.isNumber {
        digits.append(letter)
        continue
      }
      guard let count = Int64(digits), let unit = units[letter] else { return nil }
      let (seconds, isTooLong) = count.multipliedReportingOverflow(by: unit * 1_000_000_000)
      let (sum, isSumTooLong) = total.addingReportingOverflow(seconds)
      guard !isTooLong, !isSumTooLong else { return nil }
      total = sum
      digits = ""
    }
    return digits.isEmpty && total > 0 ? total : nil
  }
}

extension Diagnostic {
  static func notASpan(_ text: String, of what: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .notATime, "\(what) takes a span of time", at: location, label: "`\(text)` is none",
      help: "write numbers with `s`, `m`, `h`, `d` or `w`, such as `7d` or `1h30m`")
  }
}
