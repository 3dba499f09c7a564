internal import Diagnostics

// Lines and brackets that do not fit together.
extension SlipFinder {
  var tabIndentation: Slip {
    var start = min(failure.offset, bytes.count)
    while start > 0, bytes[start - 1] == tab { start -= 1 }
    let end = bytes[start...].firstIndex { $0 != tab } ?? bytes.count
    return Slip(
      diagnostic: Diagnostic(
        .tabIndentation, "lines are indented by blanks, not by tabs",
        at: location(stretch(start, end)), label: "a tab", help: "use two blanks per level"))
  }

  var missingColon: Slip {
    let start = min(failure.contextOffset, bytes.count)
    if let first = byte(start), isQuote(first) { return unclosedQuote(at: start) }
    let range = stretch(start, LineValue(bytes, around: start).range.upperBound)
    if collection?.shape == .sequence { return missingDash(range) }
    let words = text(range)
    if let colon = words.firstIndex(of: ":"), words[..<colon].allSatisfy(\.isKeyCharacter) {
      let after = start + words[...colon].utf8.count
      return Slip(
        diagnostic: Diagnostic(
          .missingColon, "a blank must follow the `:` of a key",
          at: location(stretch(after - 1, after)),
          label: "no blank after it",
          help: "write `\(words[...colon]) \(words[colon...].dropFirst())`",
          fix: .init([.init(at: location(stretch(after, after)), with: " ")])))
    }
    return Slip(
      diagnostic: Diagnostic(
        .missingColon, "a line among keys must be `key: value`", at: location(range),
        label: "no `: ` in this line", help: "add it, or indent the line to continue the one above")
    )
  }

  private func missingDash(_ range: Range<Int>) -> Slip {
    Slip(
      diagnostic: Diagnostic(
        .wrongIndentation, "this line does not fit the lines above", at: location(range),
        label: "an item of this list starts with `- `",
        help: "add `- `, or indent the line to continue the item above"))
  }

  private func strayDash(_ range: Range<Int>) -> Slip {
    Slip(
      diagnostic: Diagnostic(
        .wrongIndentation, "this line does not fit the lines above", at: location(range),
        label: "a list item among keys", help: "put the list under a key of its own"))
  }

  func unclosedQuote(at offset: Int) -> Slip {
    let start = min(offset, bytes.count)
    let end = max(start, LineValue(bytes, around: start).range.upperBound)
    let quote = byte(start).map { Unicode.Scalar($0) } ?? "\""
    return Slip(
      diagnostic: Diagnostic(
        .unclosedQuote, "this quote is not closed", at: location(stretch(start, end)),
        label: "no `\(quote)` ends it in this line",
        help: "add `\(quote)` at the end of the value"),
      value: stretch(start, end))
  }

  var unknownEscape: Slip {
    let start = min(failure.offset, bytes.count)
    let end = min(lineEnd(in: bytes, from: start), start + 2)
    let range = stretch(start, end)
    return Slip(
      diagnostic: Diagnostic(
        .unknownEscape, "YAML has no escape `\(text(range))`", at: location(range),
        label: "inside double quotes `\\` begins an escape",
        help: "write `\\\\` for a backslash, or use single quotes"),
      value: range)
  }

  var unclosedBracket: Slip? {
    let start = failure.contextOffset
    guard isInFlow, let bracket = byte(start), "[{".utf8.contains(bracket),
      failure.offset >= bytes.count || !isOneLine(start, failure.offset)
    else { return nil }
    let closing = bracket == UInt8(ascii: "[") ? "]" : "}"
    return Slip(
      diagnostic: Diagnostic(
        .unclosedBracket, "this `\(Unicode.Scalar(bracket))` is not closed",
        at: location(stretch(start, start + 1)), label: "no `\(closing)` ends it",
        notes: failure.offset < bytes.count
          ? [
            .init(
              "what follows does not fit inside it",
              at: location(stretch(failure.offset, failure.offset + 1)))
          ]
          : [],
        help: "add `\(closing)` where the value ends"))
  }

  var wrongIndentation: Slip {
    let offset = failure.offset
    let end = max(offset + 1, LineValue(bytes, around: offset).range.upperBound)
    let isList = failure.problem == "did not find expected '-' indicator"
    let expected = column(failure.contextOffset) - 1
    let actual = column(offset) - 1
    if isList, expected == actual { return missingDash(stretch(offset, end)) }
    if expected == actual { return strayDash(stretch(offset, end)) }
    return Slip(
      diagnostic: Diagnostic(
        .wrongIndentation, "this line does not fit the lines above",
        at: location(stretch(offset, end)),
        label: "indented by \(actual), but what it belongs to by \(expected)",
        notes: [
          .init(
            isList ? "the list begins here" : "the mapping begins here",
            at: location(stretch(failure.contextOffset, failure.contextOffset + 1)))
        ],
        help: "align it with line \(line(failure.contextOffset))"))
  }
}

extension Character {
  fileprivate var isKeyCharacter: Bool { isLetter || isNumber || self == "_" || self == "-" }
}
