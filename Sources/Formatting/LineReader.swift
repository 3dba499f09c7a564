private import YAMLTree

/// Goes over a file once, line by line, and says how each line stands in the result.
///
/// Structure comes from the columns of lines, as YAML has it: each block that is open gets two blanks
/// more than the one around it.
struct LineReader {
  let bytes: [UInt8]
  let scalars: Scalars
  private(set) var result: [Line] = []
  var levels = Levels()
  /// Brackets that are open.
  var depth = 0
  /// The indents of what stands in brackets over several lines, and of the last closing one.
  private var flow = (items: 0, end: 0)
  /// Places in `result` of comments that the next line of code gives an indent.
  private var waiting: [(place: Int, column: Int)] = []
  /// The name of the key at the top of the file that lines stand under.
  private var topKey: [UInt8] = []
  /// How often cases were met, and how deep the last stand that still go on.
  private var matches = (count: 0, depth: Int.max - 1)
  /// The column of the comment at the end of the last line.
  private var lastComment: Int?
  /// Whether blank lines that follow are the last text's own.
  private var keepsBlanks = false
  var start = 0

  init(_ bytes: [UInt8], _ scalars: Scalars) {
    self.bytes = bytes
    self.scalars = scalars
  }

  mutating func lines() -> [Line] {
    while start < bytes.count {
      let end = lineEnd(from: start)
      let first = skipBlanks(from: start, to: end)
      if first == end {
        if keepsBlanks {
          result.append(Line(kind: .text, indent: 0, keepsBlanks: true))
        } else {
          result.append(.blank)
        }
        lastComment = nil
        start = end + 1
      } else if bytes[first] == UInt8(ascii: "#") {
        addComment(first..<end)
        start = end + 1
      } else {
        keepsBlanks = false
        addCode(first, end)
      }
    }
    settleComments(before: (column: 0, indent: 0))
    return result
  }

  private mutating func addComment(_ range: Range<Int>) {
    keepsBlanks = false
    let column = range.lowerBound - start
    let text = Array(bytes[range.lowerBound..<trimmedEnd(range)])
    if column == lastComment, column > 0 {
      result.append(Line(kind: .code, indent: 0, comment: text))
      return
    }
    lastComment = nil
    result.append(Line(kind: .comment, indent: flowIndent(closes: false), comment: text))
    if depth == 0 { waiting.append((result.count - 1, column)) }
  }

  private mutating func settleComments(before next: (column: Int, indent: Int), in levels: Levels) {
    for (place, column) in waiting {
      result[place].indent = levels.indent(ofCommentAt: column, before: next)
    }
    waiting = []
  }

  private mutating func settleComments(before next: (column: Int, indent: Int)) {
    settleComments(before: next, in: levels)
  }

  // Lines of code.

  private mutating func addCode(_ first: Int, _ end: Int) {
    let isMark = isMark(first, end)
    if isMark {
      settleComments(before: (column: 0, indent: 0))
      levels = Levels()
    }
    var line = Line(kind: .code, indent: 0)
    var scan = LineScan(isInBlock: depth == 0 && !isMark)
    let before = levels
    if depth > 0 {
      let closes = bytes[first] == UInt8(ascii: "]") || bytes[first] == UInt8(ascii: "}")
      line.indent = flowIndent(closes: closes)
    }
    let open = take(from: first, to: end, into: &line, &scan)
    if let column = scan.column {
      line.indent = scan.indent
      settleComments(before: (column, line.indent), in: before)
      if scan.depthOfFirst == 1, scan.firstKind == .key { topKey = scan.key }
      line.section = section(of: scan)
      line.match = match(of: scan)
    }
    line.opensBlock = depth == 0 && (scan.last == .colon || scan.last == .indicator)
    lastComment = line.comment.isEmpty ? nil : scan.commentColumn
    result.append(line)
    start = lineEnd(from: start) + 1
    if let open { follow(open, scan) }
  }

  /// The `match` that a line is a case of.
  private mutating func match(of scan: LineScan) -> Int? {
    if scan.key == Array("cases".utf8) {
      matches = (matches.count + 1, scan.depthOfFirst)
      return nil
    }
    if scan.depthOfFirst < matches.depth { matches.depth = Int.max - 1 }
    let isCase = scan.firstKind == .key && scan.depthOfFirst == matches.depth + 1
    let isOther = scan.depthOfFirst == matches.depth && scan.key == Array("otherwise".utf8)
    return isCase || isOther ? matches.count : nil
  }

  private func section(of scan: LineScan) -> Line.Section? {
    if scan.depthOfFirst == 1, scan.firstKind == .key { return .key }
    let isList = topKey == Array("rules".utf8) || topKey == Array("tests".utf8)
    return scan.depthOfFirst == 2 && scan.firstKind == .dash && isList ? .item : nil
  }

  /// Whether a line is a directive, or begins or ends a document: `---`, `...`.
  private func isMark(_ first: Int, _ end: Int) -> Bool {
    guard depth == 0, first == start else { return false }
    let word = bytes[first..<end].prefix { $0 != blank && $0 != UInt8(ascii: "\t") }
    return word.elementsEqual("---".utf8) || word.elementsEqual("...".utf8)
      || word.first == UInt8(ascii: "%")
  }

  // Texts over several lines.

  /// Lines that belong to a text which began on the line before.
  private mutating func follow(_ open: Scalars.Place, _ scan: LineScan) {
    let indent = depth > 0 ? flowIndent(closes: false) : scan.contentIndent(levels)
    switch open.style {
    case .literal, .folded: followBlock(open, scan, indent: indent)
    case .plain, .singleQuoted, .doubleQuoted: followLines(open, scan, indent: indent)
    }
  }

  private mutating func followLines(_ open: Scalars.Place, _ scan: LineScan, indent: Int) {
    while start < bytes.count {
      let end = lineEnd(from: start)
      let first = skipBlanks(from: start, to: end)
      if open.range.upperBound > end {
        let text = open.style == .plain ? first..<trimmedEnd(first..<end) : first..<end
        result.append(
          Line(kind: .text, indent: first == end ? 0 : indent, text: Array(bytes[text])))
        start = end + 1
        continue
      }
      let stop = max(open.range.upperBound, first)
      var line = Line(kind: .text, indent: indent, text: Array(bytes[first..<stop]))
      var rest = LineScan(isInBlock: false)
      rest.last = .scalar
      rest.hasColon = scan.hasColon
      let next = take(from: stop, to: end, into: &line, &rest)
      line.opensBlock = depth == 0 && rest.last == .colon
      lastComment = line.comment.isEmpty ? nil : rest.commentColumn
      result.append(line)
      start = end + 1
      if let next { follow(next, rest) }
      return
    }
  }

  private mutating func followBlock(_ open: Scalars.Place, _ scan: LineScan, indent: Int) {
    let head = bytes[open.range.lowerBound...].prefix { $0 != newline && $0 != blank }
    let digit = head.first { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    let indent = digit.map { indent - 2 + Int($0 - UInt8(ascii: "0")) } ?? indent
    keepsBlanks = head.contains(UInt8(ascii: "+"))
    let column = open.firstContent.map { $0 - lineStart(of: $0) } ?? Int.max
    while start < open.range.upperBound, start < bytes.count {
      let end = lineEnd(from: start)
      let isText = end - start > column
      result.append(
        Line(
          kind: .text, indent: isText ? indent : 0,
          text: isText ? Array(bytes[start + column..<end]) : [], keepsBlanks: keepsBlanks))
      start = end + 1
    }
    lastComment = nil
  }

  // Brackets over several lines.

  private func flowIndent(closes: Bool) -> Int {
    guard depth > 0 else { return 0 }
    return closes
      ? max(flow.end, flow.items + 2 * (depth - 2)) : flow.items + 2 * (depth - 1)
  }

  /// Notes where the first bracket stands.
  mutating func openFlow(_ scan: LineScan) {
    guard depth == 0 else { return }
    flow = (levels.indent + 2, scan.hasColon ? levels.indent + 2 : levels.indent)
  }
}

extension LineReader {
  var newline: UInt8 { UInt8(ascii: "\n") }
  var blank: UInt8 { UInt8(ascii: " ") }

  func lineEnd(from offset: Int) -> Int {
    bytes[min(offset, bytes.count)...].firstIndex(of: newline) ?? bytes.count
  }

  func lineStart(of offset: Int) -> Int {
    bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
  }

  func isBlank(_ offset: Int) -> Bool {
    bytes[offset] == blank || bytes[offset] == UInt8(ascii: "\t")
  }

  func skipBlanks(from offset: Int, to end: Int) -> Int {
    var offset = offset
    while offset < end, isBlank(offset) { offset += 1 }
    return offset
  }

  func trimmedEnd(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, isBlank(end - 1) { end -= 1 }
    return end
  }
}
