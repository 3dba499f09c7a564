private import YAMLTree

/// What is known of a line while its tokens are taken one after the other.
struct LineScan {
  /// Whether the next token may be the first of a block.
  var isInBlock: Bool
  var last = Token.lineStart
  /// Whether a key stands before, outside of brackets.
  var hasColon = false
  /// The column and the indent of the first token, where the line begins something in a block.
  var column: Int?
  var indent = 0
  var firstKind = Levels.Kind.key
  /// How many levels are open at the first token, its own among them.
  var depthOfFirst = 0
  /// The key that the line begins with.
  var key: [UInt8] = []
  var commentColumn = 0

  init(isInBlock: Bool) { self.isInBlock = isInBlock }

  /// The indent of a text that goes on in the lines below.
  func contentIndent(_ levels: Levels) -> Int { levels.indent + (hasColon ? 2 : 0) }
}

extension LineReader {
  /// Takes the tokens of a line.
  ///
  /// - Returns: the text that goes on in the next line.
  mutating func take(
    from first: Int, to end: Int, into line: inout Line, _ scan: inout LineScan
  ) -> Scalars.Place? {
    var offset = first
    while true {
      let next = skipBlanks(from: offset, to: end)
      guard next < end else { return nil }
      if bytes[next] == UInt8(ascii: "#"), next > offset || scan.last == .lineStart {
        line.comment = Array(bytes[next..<trimmedEnd(next..<end)])
        scan.commentColumn = next - start
        return nil
      }
      let (token, stop, scalar) = token(at: next, to: end, scan)
      if scan.isInBlock { begin(token, next..<stop, &scan) }
      line.text += [UInt8](repeating: blank, count: Token.gap(after: scan.last, before: token))
      switch token {
      case .opening:
        if depth == 0, scan.last == .colon, bytes[next] == UInt8(ascii: "{") {
          line.braces = line.text.count
        }
        openFlow(scan)
        depth += 1
      case .closing: depth = max(0, depth - 1)
      case .colon: if depth == 0 { scan.hasColon = true }
      case .lineStart, .indicator, .scalar, .comma, .word: break
      }
      line.text += bytes[next..<stop]
      scan.last = token
      offset = stop
      guard let scalar, scalar.range.upperBound > end else { continue }
      guard scalar.style == .literal || scalar.style == .folded else { return scalar }
      // The head of a block of text may have a comment behind it.
      _ = take(from: offset, to: end, into: &line, &scan)
      return scalar
    }
  }

  /// Opens the block that a token begins.
  private mutating func begin(_ token: Token, _ range: Range<Int>, _ scan: inout LineScan) {
    let kind: Levels.Kind =
      token == .indicator && bytes[range.lowerBound] == UInt8(ascii: "-") ? .dash : .key
    let column = range.lowerBound - start
    if scan.column == nil {
      levels.begin(kind, at: column)
      (scan.column, scan.indent, scan.firstKind) = (column, levels.indent, kind)
      scan.depthOfFirst = levels.open.count
      if kind == .key { scan.key = Array(bytes[range]) }
    } else {
      levels.push(kind, at: column)
    }
    scan.isInBlock = token == .indicator
  }

  private func token(
    at offset: Int, to end: Int, _ scan: LineScan
  ) -> (Token, stop: Int, scalar: Scalars.Place?) {
    if let scalar = scalars[offset] {
      switch scalar.style {
      case .plain, .singleQuoted, .doubleQuoted:
        let stop = min(scalar.range.upperBound, end)
        let isCut = scalar.range.upperBound > end
        let trimmed = isCut && scalar.style == .plain ? trimmedEnd(offset..<stop) : stop
        return (.scalar, trimmed, scalar)
      case .literal, .folded: return (.word, wordEnd(from: offset, to: end), scalar)
      }
    }
    let isApart = offset + 1 == end || isBlank(offset + 1)
    switch bytes[offset] {
    case UInt8(ascii: "["), UInt8(ascii: "{"): return (.opening, offset + 1, nil)
    case UInt8(ascii: "]"), UInt8(ascii: "}"): return (.closing, offset + 1, nil)
    case UInt8(ascii: ",") where depth > 0: return (.comma, offset + 1, nil)
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      if scan.isInBlock, isApart { return (.indicator, offset + 1, nil) }
      if bytes[offset] == UInt8(ascii: ":") { return (.colon, offset + 1, nil) }
    default: break
    }
    return (.word, wordEnd(from: offset, to: end), nil)
  }

  /// To the next blank, and in brackets to the next of their marks.
  private func wordEnd(from offset: Int, to end: Int) -> Int {
    var stop = offset + 1
    while stop < end, !isBlank(stop), depth == 0 || !",[]{}".utf8.contains(bytes[stop]) {
      stop += 1
    }
    return stop
  }
}
