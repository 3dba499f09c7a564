internal import Diagnostics

/// A mistake in YAML's own syntax, recognised by what its author most likely meant.
struct Slip {
  var diagnostic: Diagnostic
  /// What to read as one plain value, so that the rest of the file can still be read.
  var value: Range<Int>?
}

/// Names the mistake behind a failure of libyaml, which knows only what it expected.
struct SlipFinder {
  let source: SourceText
  /// The text as it was given to libyaml, with earlier slips made harmless.
  let bytes: [UInt8]
  let failure: ParserFailure
  let lastScalar: (range: Range<Int>, style: YAMLScalar.Style)?
  /// The innermost collection that was open.
  let collection: OpenNode?

  var isInFlow: Bool { collection?.layout == .flow }

  var slip: Slip {
    let offset = failure.offset
    if failure.problem.contains("tab character") || byte(offset) == tab { return tabIndentation }
    if let slip = doubleBraces { return slip }
    switch failure.problem {
    case "found character that cannot start any token": return reservedStart(at: offset)
    case "mapping values are not allowed in this context": return colon
    case "could not find expected ':'": return missingColon
    case "found unexpected end of stream", "found unexpected document indicator":
      return unclosedQuote(at: failure.contextOffset)
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return unknownEscape
    case "did not find expected alphabetic or numeric character":
      return reservedStart(at: failure.contextOffset)
    default: break
    }
    if failure.context.hasSuffix("a tag") || failure.problem == "found undefined tag handle" {
      return reservedStart(at: LineValue(bytes, around: offset).range.lowerBound)
    }
    if failure.context == "while scanning a block scalar" {
      return reservedStart(at: failure.contextOffset)
    }
    return misplaced
  }

  func byte(_ offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

  /// The stretch between two offsets, kept inside the text; empty where they are not in order.
  func stretch(_ start: Int, _ end: Int) -> Range<Int> {
    let start = min(max(0, start), bytes.count)
    return start..<min(max(start, end), bytes.count)
  }

  func location(_ range: Range<Int>) -> SourceLocation {
    SourceLocation(path: source.path, range: SourceRange(range))
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: source.utf8[range], as: UTF8.self)
  }

  /// Whether two offsets stand in one line.
  func isOneLine(_ start: Int, _ end: Int) -> Bool {
    lineEnd(in: bytes, from: start) >= end
  }

  func isFirstInLine(_ offset: Int) -> Bool {
    bytes[lineStart(in: bytes, from: offset)..<offset].allSatisfy(isSpaceOrTab)
  }

  /// The column of an offset, counted from one.
  func column(_ offset: Int) -> Int { source.position(of: offset).column }

  func line(_ offset: Int) -> Int { source.line(of: offset) }

  /// The repair that fits most slips: the value as it stands, between quotes.
  func quoting(_ range: Range<Int>) -> Diagnostic.Fix {
    Diagnostic.Fix([.init(at: location(range), with: quoted(text(range)))])
  }

  private var misplaced: Slip {
    let offset = failure.offset
    if let slip = bracesInFlow ?? textAfterQuote ?? textAfterBracket ?? unclosedBracket {
      return slip
    }
    if let start = byte(offset), ",]}".utf8.contains(start), !isInFlow {
      return reservedStart(at: offset)
    }
    let value = LineValue(bytes, around: offset).range
    if let start = byte(value.lowerBound), "*&".utf8.contains(start), value.contains(offset) {
      return reservedStart(at: value.lowerBound)
    }
    if offset < bytes.count, isFirstInLine(offset) { return wrongIndentation }
    return malformed
  }

  private var malformed: Slip {
    let offset = min(failure.offset, bytes.count)
    let end = min(lineEnd(in: bytes, from: offset), offset + 1)
    let words = Self.words[failure.problem]
    return Slip(
      diagnostic: Diagnostic(
        .malformedYAML, words?.message ?? "YAML cannot be read here",
        at: location(stretch(offset, end)),
        label: words?.label ?? failure.problem, help: words?.help))
  }

  private static let words: [String: (message: String, label: String, help: String)] = [
    "block sequence entries are not allowed in this context": (
      "a list begins on a line of its own", "a list item beside its key",
      "put each `- ` on a line below the key"
    ),
    "mapping keys are not allowed in this context": (
      "`? ` begins a key in YAML", "not a place for a key", "quote the value"
    ),
    "did not find expected ',' or ']'": (
      "items of a list in brackets are parted by commas", "expected `,` or `]`",
      "put a comma between the items, or quote the whole item"
    ),
    "did not find expected ',' or '}'": (
      "entries in braces are parted by commas", "expected `,` or `}`",
      "put a comma between the entries, or quote the whole value"
    ),
  ]
}
