internal import Diagnostics

/// Puts lines together: blank lines between sections, comments at line ends below each other.
struct LineWriter {
  private var lines: [Line]

  init(_ lines: [Line]) {
    self.lines = Self.parted(Self.thinned(lines))
    alignCases()
    alignComments()
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for line in lines {
      let isEmpty = line.text.isEmpty && line.comment.isEmpty
      if !isEmpty { bytes += [UInt8](repeating: UInt8(ascii: " "), count: line.indent) }
      bytes += line.text + line.comment
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// At most one blank line in a row, none at the ends and none below what opens a block.
  private static func thinned(_ lines: [Line]) -> [Line] {
    var result: [Line] = []
    for line in lines {
      if line.kind == .blank {
        guard let last = result.last, last.kind != .blank, !last.opensBlock else { continue }
      }
      result.append(line)
    }
    while result.last?.kind == .blank { result.removeLast() }
    return result
  }

  /// With a blank line between two sections of which one has lines of its own below its first.
  private static func parted(_ lines: [Line]) -> [Line] {
    var gaps = Set<Int>()
    for section in [Line.Section.key, .item] {
      let starts = lines.indices.filter { lines[$0].section == section }
      for (place, start) in starts.enumerated().dropFirst() {
        let last = starts[place - 1]
        let next = place + 1 < starts.count ? starts[place + 1] : lines.count
        // Items of two lists are no neighbours.
        if section == .item, lines[last..<start].contains(where: { $0.section == .key }) {
          continue
        }
        guard isLarge(last..<start, in: lines, section) || isLarge(start..<next, in: lines, section)
        else { continue }
        if let gap = gap(above: start, in: lines) { gaps.insert(gap) }
      }
    }
    return lines.indices.flatMap { gaps.contains($0) ? [.blank, lines[$0]] : [lines[$0]] }
  }

  private static func isLarge(
    _ range: Range<Int>, in lines: [Line], _ section: Line.Section
  ) -> Bool {
    let end =
      range.dropFirst().first { section == .item && lines[$0].section == .key }
      ?? range.upperBound
    return (range.lowerBound + 1..<max(end, range.lowerBound + 1)).contains { place in
      lines[place].kind == .code && !lines[place].text.isEmpty
    }
  }

  /// Where a blank line belongs above a section and the comments that stand right above it; nothing
  /// where there is one, or where it would be part of a text.
  private static func gap(above line: Int, in lines: [Line]) -> Int? {
    var first = line
    while first > 0, lines[first - 1].kind == .comment,
      lines[first - 1].indent == lines[line].indent
    {
      first -= 1
    }
    var above = first
    var isParted = false
    while above > 0, lines[above - 1].kind == .comment || lines[above - 1].kind == .blank {
      above -= 1
      if lines[above].kind == .blank { isParted = true }
    }
    return isParted || (first > 0 && lines[first - 1].keepsBlanks) ? nil : first
  }

  /// What is done in each case of a `match` begins in the same column, where it stands beside the case.
  private mutating func alignCases() {
    var places: [Int: [Int]] = [:]
    for (place, line) in lines.enumerated() where line.braces != nil {
      if let match = line.match { places[match, default: []].append(place) }
    }
    for places in places.values {
      let columns = places.map {
        lines[$0].indent + Self.width(Array(lines[$0].text.prefix(lines[$0].braces ?? 0)))
      }
      let last = columns.max() ?? 0
      for (place, column) in zip(places, columns) {
        lines[place].text.insert(
          contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: last - column),
          at: lines[place].braces ?? 0)
      }
    }
  }

  /// Comments at the ends of lines that follow each other begin in the same column.
  private mutating func alignComments() {
    var start = 0
    while start < lines.count {
      // No slice of the lines is held while they change: it would copy them all.
      var end = start
      while end < lines.count, lines[end].kind != .comment, !lines[end].comment.isEmpty { end += 1 }
      let width = (start..<end).map { lines[$0].indent + Self.width(lines[$0].text) }.max() ?? 0
      for place in start..<end {
        let gap = width + 2 - lines[place].indent - Self.width(lines[place].text)
        lines[place].text += [UInt8](repeating: UInt8(ascii: " "), count: gap)
      }
      start = max(start + 1, end)
    }
  }

  private static func width(_ text: [UInt8]) -> Int {
    DisplayedLine(String(decoding: text, as: UTF8.self)).width
  }
}
