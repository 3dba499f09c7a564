/// A half-open range of UTF-8 offsets in one source text; what lies behind 2 GiB counts as there, far behind the longest
/// rule file.
package struct SourceRange: Hashable, Sendable {
  /// A ruleset has hundreds of thousands of ranges, and whoever reads one waits for memory.
  private var lowerBound: Int32
  private var upperBound: Int32

  package init(_ offsets: Range<Int>) {
    lowerBound = Int32(clamping: offsets.lowerBound)
    upperBound = Int32(clamping: offsets.upperBound)
  }

  package var start: Int {
    get { Int(lowerBound) }
    set { lowerBound = Int32(clamping: newValue) }
  }

  package var end: Int {
    get { Int(upperBound) }
    set { upperBound = Int32(clamping: newValue) }
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
  /// A file has tens of thousands of lines, and a few million bytes.
  private let lineStarts: [Int32]

  package init(path: String, utf8: [UInt8]) {
    self.path = path
    self.utf8 = utf8
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let first = utf8.starts(with: mark) ? mark.count : 0
    lineStarts = Self.lineStarts(in: utf8, from: first)
  }

  private static func lineStarts(in utf8: [UInt8], from first: Int) -> [Int32] {
    utf8.withUnsafeBytes { bytes in
      var starts = [Int32(first)]
      // Most lines of rules are longer.
      starts.reserveCapacity(bytes.count / 16)
      let wholeWords = bytes.count & ~7
      for offset in stride(from: 0, to: wholeWords, by: 8) {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        var breaks = lineBreaks(in: UInt64(littleEndian: word))
        while breaks != 0 {
          starts.append(Int32(clamping: offset + breaks.trailingZeroBitCount / 8 + 1))
          breaks &= breaks &- 1
        }
      }
      for offset in wholeWords..<bytes.count where bytes[offset] == UInt8(ascii: "\n") {
        starts.append(Int32(clamping: offset + 1))
      }
      return starts
    }
  }

  /// The highest bit of each of eight bytes that is a line break.
  private static func lineBreaks(in word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let other = word ^ 0x0A0A_0A0A_0A0A_0A0A
    return ~(((other & low) &+ low) | other | low)
  }

  package init(path: String, contents: String) {
    self.init(path: path, utf8: Array(contents.utf8))
  }

  /// Line and column, both counted from one; columns count characters, as editors do.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(offset, utf8.count)
    let line = line(of: offset)
    let start = start(ofLine: line)
    let text = String(decoding: utf8[start..<max(start, offset)], as: UTF8.self)
    return (line, text.count + 1)
  }

  /// The line alone, counted from one.
  package func line(of offset: Int) -> Int {
    let offset = Int32(clamping: min(offset, utf8.count))
    return max(1, lineStarts.partitioningIndex { $0 > offset })
  }

  /// Where a line begins, behind a byte order mark if it is the first.
  package func start(ofLine number: Int) -> Int { Int(lineStarts[number - 1]) }

  /// The text of a line, without its line break.
  package func line(_ number: Int) -> String {
    let start = start(ofLine: number)
    var end = utf8[start...].firstIndex(of: UInt8(ascii: "\n")) ?? utf8.endIndex
    if end > start, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return String(decoding: utf8[start..<end], as: UTF8.self)
  }
}

extension [Int32] {
  /// The first index whose element satisfies the predicate, by bisection.
  fileprivate func partitioningIndex(where belongsInSecondPartition: (Int32) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if belongsInSecondPartition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
