/// A half-open range of UTF-8 offsets in one source text.
package struct SourceRange: Hashable, Sendable {
  package var start: Int
  package var end: Int

  package init(_ offsets: Range<Int>) {
    start = offsets.lowerBound
    end = offsets.upperBound
  }
}

/// A place in one of several source texts.
package struct SourceLocation: Hashable, Sendable {
  package var path: String
  package var range: SourceRange

  package init(path: String, range: SourceRange) {
    self.path = path
    self.range = range
  }
}

/// The text of one rule file, and where its lines begin.
package struct SourceText: Sendable {
  /// As people see it: relative to where the command was started.
  package let path: String
  package let utf8: [UInt8]
  private let lineStarts: [Int]

  package init(path: String, utf8: [UInt8]) {
    self.path = path
    self.utf8 = utf8
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let first = utf8.starts(with: mark) ? mark.count : 0
    lineStarts =
      [first] + utf8.indices.filter { utf8[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  package init(path: String, contents: String) {
    self.init(path: path, utf8: Array(contents.utf8))
  }

  /// Line and column, both counted from one; columns count characters, as editors do.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(offset, utf8.count)
    let line = line(of: offset)
    let start = lineStarts[line - 1]
    let text = String(decoding: utf8[start..<max(start, offset)], as: UTF8.self)
    return (line, text.count + 1)
  }

  /// The line alone, counted from one.
  package func line(of offset: Int) -> Int {
    let offset = min(offset, utf8.count)
    return max(1, lineStarts.partitioningIndex { $0 > offset })
  }

  /// Where a line begins, behind a byte order mark if it is the first.
  package func start(ofLine number: Int) -> Int { lineStarts[number - 1] }

  /// The text of a line, without its line break.
  package func line(_ number: Int) -> String {
    let start = lineStarts[number - 1]
    var end = utf8[start...].firstIndex(of: UInt8(ascii: "\n")) ?? utf8.endIndex
    if end > start, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return String(decoding: utf8[start..<end], as: UTF8.self)
  }
}

extension [Int] {
  /// The first index whose element satisfies the predicate, by bisection.
  fileprivate func partitioningIndex(where belongsInSecondPartition: (Int) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if belongsInSecondPartition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
