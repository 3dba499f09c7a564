internal import Diagnostics

// Values that YAML reads as something else, because nothing quotes them.
extension SlipFinder {
  func reservedStart(at offset: Int) -> Slip {
    let start = min(offset, bytes.count)
    let end = valueEnd(from: start)
    let mark = byte(start).map { Unicode.Scalar($0) } ?? " "
    if mark == "!" || byte(LineValue(bytes, around: start).range.lowerBound) == UInt8(ascii: "!") {
      return exclamationMark(before: end)
    }
    let value = stretch(start, end)
    return Slip(
      diagnostic: Diagnostic(
        .reservedStart, "a value without quotes cannot start with `\(mark)`",
        at: location(stretch(start, start + 1)),
        label: Self.meanings[mark] ?? "reserved in YAML",
        help: "quote the whole value: `\(quoted(text(value)))`", fix: quoting(value)),
      value: value)
  }

  private static let meanings: [Unicode.Scalar: String] = [
    "&": "names a value in YAML", "*": "repeats a named value in YAML",
    "%": "begins a directive in YAML", "|": "begins a block of text in YAML",
    ">": "begins a block of text in YAML", ",": "parts the items of a list in YAML",
    "]": "ends a list in YAML", "}": "ends a mapping in YAML",
  ]

  private func exclamationMark(before end: Int) -> Slip {
    let value = LineValue(bytes, around: end).range
    return Slip(
      diagnostic: Diagnostic(
        .reservedStart, "a value without quotes cannot start with `!`",
        at: location(stretch(value.lowerBound, value.lowerBound + 1)),
        label: "YAML reads `!` as a tag",
        help: "put what must not hold under `none:`, or quote the whole value"),
      value: value)
  }

  /// To the end of the line, or in flow style to the next comma or bracket.
  private func valueEnd(from start: Int) -> Int {
    var end = lineEnd(in: bytes, from: start)
    if isInFlow, start < end {
      end = bytes[start + 1..<end].firstIndex { ",]}".utf8.contains($0) } ?? end
    }
    while end > start, isSpaceOrTab(bytes[end - 1]) { end -= 1 }
    return end
  }

  /// `name: {{ event.name }}…`: YAML sees a mapping in a mapping.
  var doubleBraces: Slip? {
    let offset = min(failure.offset, bytes.count)
    let line = lineStart(in: bytes, from: offset)..<lineEnd(in: bytes, from: offset)
    guard let braces = bytes[line].firstRange(of: Array("{{".utf8)) else { return nil }
    let value = LineValue(bytes, around: braces.lowerBound).range
    let end = bytes[value].firstRange(of: Array("}}".utf8))?.upperBound ?? value.upperBound
    let hole = stretch(braces.lowerBound, max(end, braces.upperBound))
    return Slip(
      diagnostic: .doubleBraces(
        text(hole), at: location(hole)),
      value: isInFlow ? hole : value)
  }

  var colon: Slip {
    let offset = failure.offset
    let value = LineValue(bytes, around: offset)
    guard value.hasKey, value.range.contains(offset) else { return deeperKey }
    return Slip(
      diagnostic: .unquotedColon(
        text(value.range), at: location(stretch(offset, offset + 1)), fix: quoting(value.range)),
      value: value.range)
  }

  /// A key below a value that is complete already.
  private var deeperKey: Slip {
    let offset = min(failure.offset, bytes.count)
    let start = LineValue(bytes, around: offset).contentStart
    return Slip(
      diagnostic: Diagnostic(
        .wrongIndentation, "a key cannot stand here", at: location(stretch(start, offset)),
        label: "the key above has a value already, which would go on here",
        help: "align it with that key, or take its value away"))
  }

  /// `[tel:${event.phone}]`: in flow style a brace begins a mapping.
  var bracesInFlow: Slip? {
    let offset = failure.offset
    guard isInFlow, byte(offset) == UInt8(ascii: "{"), offset > 0,
      bytes[offset - 1] == UInt8(ascii: "$")
    else { return nil }
    let hole = offset - 1..<closingBrace(after: offset)
    var start = hole.lowerBound
    if let last = lastScalar?.range, last.upperBound == offset { start = last.lowerBound }
    let item = stretch(start, valueEnd(from: hole.upperBound - 1))
    return Slip(
      diagnostic: Diagnostic(
        .bracesInFlow, "a hole inside `[…]` or `{…}` needs quotes", at: location(hole),
        label: "YAML reads this `{` as the start of a mapping",
        help: "quote it: `\(quoted(text(item)))`, or write one per line", fix: quoting(item)),
      value: hole)
  }

  private func closingBrace(after offset: Int) -> Int {
    var depth = 0
    for position in offset..<lineEnd(in: bytes, from: offset) {
      if bytes[position] == UInt8(ascii: "{") { depth += 1 }
      if bytes[position] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return position + 1 }
    }
    return lineEnd(in: bytes, from: offset)
  }

  /// `"paid" == event.status`: the value ended with the quote.
  var textAfterQuote: Slip? {
    let offset = min(failure.offset, bytes.count)
    guard let (range, style) = lastScalar, style == .singleQuoted || style == .doubleQuoted,
      range.upperBound <= offset, bytes[range.upperBound..<offset].allSatisfy(isSpaceOrTab)
    else { return nil }
    guard isOneLine(range.lowerBound, range.upperBound) else {
      return unclosedQuote(at: range.lowerBound)
    }
    let value = stretch(range.lowerBound, max(valueEnd(from: offset), offset))
    if let slip = quoteInside(value, closedAt: range.upperBound) { return slip }
    return Slip(
      diagnostic: Diagnostic(
        .textAfterQuote, "a value that starts with a quote ends with it",
        at: location(stretch(offset, value.upperBound)), label: "text after the closing quote",
        help: "quote the whole value: `\(quoted(text(value)))`", fix: quoting(value)),
      value: value)
  }

  /// `'it's'`: the quote inside was meant as a letter.
  private func quoteInside(_ value: Range<Int>, closedAt end: Int) -> Slip? {
    guard let quote = byte(value.lowerBound), value.upperBound - 1 > end,
      bytes[value.upperBound - 1] == quote, !isSpaceOrTab(bytes[end])
    else { return nil }
    let inner = quoted(text(value.lowerBound + 1..<value.upperBound - 1))
    return Slip(
      diagnostic: Diagnostic(
        .textAfterQuote, "a value that starts with a quote ends with it",
        at: location(stretch(end - 1, end)), label: "this quote ends the value",
        help: "write `\(inner)`",
        fix: Diagnostic.Fix([.init(at: location(value), with: inner)])),
      value: value)
  }

  /// `["a", "b"].exists(…)`: the value ended with the bracket.
  var textAfterBracket: Slip? {
    let offset = min(failure.offset, bytes.count)
    guard !isInFlow, offset > 0, offset < bytes.count,
      let last = bytes[..<offset].lastIndex(where: { !isSpaceOrTab($0) }),
      bytes[last] == UInt8(ascii: "]") || bytes[last] == UInt8(ascii: "}")
    else { return nil }
    let value = LineValue(bytes, around: offset).range
    let bracket = Unicode.Scalar(bytes[last])
    let end = max(value.upperBound, offset)
    return Slip(
      diagnostic: Diagnostic(
        .textAfterBracket, "a value that starts with a bracket ends with it",
        at: location(stretch(offset, end)), label: "text after the closing `\(bracket)`",
        help: "name the list under `lists:`, or quote the whole value: `\(quoted(text(value)))`",
        fix: quoting(value)),
      value: value)
  }
}

extension Diagnostic {
  static func doubleBraces(_ written: String, at location: SourceLocation) -> Self {
    let inner = written.drop { $0 == "{" }.prefix { $0 != "}" }
    let hole = "${" + inner + "}"
    return Diagnostic(
      .doubleBraces, "our holes are `${…}`", at: location, label: "not a hole here",
      help: "write `\(hole)`", fix: Fix([.init(at: location, with: hole)]))
  }

  static func unquotedColon(_ value: String, at location: SourceLocation, fix: Fix) -> Self {
    Diagnostic(
      .unquotedColon, "a value with `: ` in it needs quotes", at: location,
      label: "YAML reads what is before this as a key",
      help: "quote the whole value: `\(quoted(value))`, or use `|`", fix: fix)
  }
}
