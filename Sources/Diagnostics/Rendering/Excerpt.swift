/// The lines of a source that show one range, with carets under it.
struct Excerpt {
  static let widthLimit = 100

  let line: Int
  let column: Int
  private let source: SourceText
  private let range: SourceRange

  init(_ source: SourceText, _ range: SourceRange) {
    self.source = source
    let range = Self.visible(range, in: source)
    self.range = range
    (line, column) = source.position(of: range.start)
  }

  /// A place behind the last line break belongs to the end of the last line.
  private static func visible(_ range: SourceRange, in source: SourceText) -> SourceRange {
    let bytes = source.utf8
    let start = max(0, min(range.start, bytes.count))
    let end = max(start, min(range.end, bytes.count))
    guard start == bytes.count, let last = bytes.lastIndex(where: { $0 != 0x0A && $0 != 0x0D })
    else { return SourceRange(start..<end) }
    return SourceRange(last + 1..<last + 1)
  }

  /// The digits of the largest line number shown.
  var gutterWidth: Int { String(line).count }

  func lines(label: String, gutter: Int, pen: Pen) -> [String] {
    let shown = DisplayedLine(source.line(line))
    let lineStart = source.start(ofLine: line)
    let before = DisplayedLine(text(lineStart..<range.start)).width
    let end = max(range.start, min(range.end, lineStart + source.line(line).utf8.count))
    let marked = max(1, DisplayedLine(text(range.start..<end)).width)
    let start = cutStart(of: shown.width, before: before, marked: marked)
    let carets = min(marked, max(1, start + Self.widthLimit - before))
    let bar = pen.quiet(String(repeating: " ", count: gutter) + " |")
    let underline =
      String(repeating: " ", count: before - start)
      + pen.loud(String(repeating: "^", count: carets))
    return [bar] + context(gutter: gutter, start: start, pen: pen) + [
      numbered(line, shown.cut(from: start, width: Self.widthLimit), gutter, pen),
      bar + " " + underline + (label.isEmpty ? "" : " " + pen.loud(label)),
    ]
  }

  /// The line above, unless it is blank.
  private func context(gutter: Int, start: Int, pen: Pen) -> [String] {
    guard line > 1 else { return [] }
    let above = source.line(line - 1)
    guard above.contains(where: { !$0.isWhitespace }) else { return [] }
    return [
      numbered(line - 1, DisplayedLine(above).cut(from: start, width: Self.widthLimit), gutter, pen)
    ]
  }

  private func numbered(_ number: Int, _ text: String, _ gutter: Int, _ pen: Pen) -> String {
    let digits = String(number)
    let padding = String(repeating: " ", count: max(0, gutter - digits.count))
    let margin = pen.quiet(padding + digits + " |")
    return text.isEmpty ? margin : margin + " " + text
  }

  /// Where a long line is cut so that the range and some of what precedes it stay.
  private func cutStart(of width: Int, before: Int, marked: Int) -> Int {
    guard width > Self.widthLimit, before + marked > Self.widthLimit else { return 0 }
    let wanted = max(0, before + min(marked, Self.widthLimit / 2) - Self.widthLimit * 3 / 4)
    return min(wanted, max(0, width - Self.widthLimit))
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: source.utf8[range], as: UTF8.self)
  }
}
