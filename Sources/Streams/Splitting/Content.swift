internal import Glibc

/// What the records of a source may be.
package enum RecordKind: Sendable {
  /// Objects: what rules read. A first line that is a single word is the header of a CSV.
  case objects
  /// Any JSON; texts, numbers and words stand on a line of their own.
  case values
}

/// What a source holds, told by its first bytes and never by its name.
enum Content: Equatable {
  /// The line of the first byte that is no blank.
  case json(line: UInt64)
  case csv(line: UInt64)
  case empty
  /// Why it cannot be read.
  case refused(String)

  /// How far a first line that is no JSON is followed to see whether JSON comes after it.
  private static let lookAhead = 65_536

  /// Looks at the first bytes of a source; compressed data and byte order marks are dealt with.
  static func recognise(_ feed: inout Feed, records: RecordKind) -> Content {
    _ = feed.ensure(6)
    if feed.begins(with: [0x1F, 0x8B]) {
      feed.inflate()
      _ = feed.ensure(6)
    }
    if let reason = refusal(feed) { return .refused(reason) }
    if feed.begins(with: [0xEF, 0xBB, 0xBF]) { feed.advance(3) }
    guard let line = skipBlanks(&feed) else { return .empty }
    let byte = feed.bytes[0]
    if byte == .openingBrace || byte == .openingBracket { return .json(line: line) }
    if records == .values, isScalarLine(&feed) { return .json(line: line) }
    if isFollowedByObject(&feed) { return .json(line: line) }
    return .csv(line: line)
  }

  private static func refusal(_ feed: borrowing Feed) -> String? {
    if feed.begins(with: [0xFF, 0xFE]) || feed.begins(with: [0xFE, 0xFF])
      || feed.available > 1 && (feed.bytes[0] == 0) != (feed.bytes[1] == 0)
    {
      return "the file is UTF-16; save it as UTF-8"
    }
    let kinds: [(bytes: [UInt8], name: String)] = [
      (
        [0x50, 0x4B, 0x03, 0x04],
        "a zip archive or an Excel workbook; export it as CSV or unpack it"
      ),
      ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd; pipe it through `zstdcat`"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz; pipe it through `xzcat`"),
      ([0x42, 0x5A, 0x68], "compressed with bzip2; pipe it through `bzcat`"),
      ([0x50, 0x41, 0x52, 0x31], "a Parquet file; export it as CSV or JSON"),
    ]
    return kinds.first { feed.begins(with: $0.bytes) }.map { "the file is \($0.name)" }
  }

  /// Passes over blanks; the line of what follows, or nothing where nothing does.
  private static func skipBlanks(_ feed: inout Feed) -> UInt64? {
    var line: UInt64 = 1
    while feed.ensure(1) {
      let byte = feed.bytes[0]
      guard byte.isBlank else { return line }
      if byte == .newline { line += 1 }
      feed.advance(1)
    }
    return nil
  }

  /// Whether the first line is a text, a number or a word of JSON, and nothing else.
  private static func isScalarLine(_ feed: inout Feed) -> Bool {
    var end = 0
    while end < lookAhead, feed.ensure(end + 1), feed.bytes[end] != .newline { end += 1 }
    let line = UnsafeBufferPointer(start: feed.bytes, count: trimmedLength(feed.bytes, end))
    guard line.first == .quote else { return isNumberOrWord(line) }
    var scanner = JSONScanner()
    switch scanner.scan(feed.bytes, from: 0, to: line.count) {
    case .complete(let length): return length == line.count
    case .unfinished: return end >= lookAhead
    case .impossible: return false
    }
  }

  private static func isNumberOrWord(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    if ["true", "false", "null"].contains(where: { $0.utf8.elementsEqual(line) }) { return true }
    guard let first = line.first(where: { $0 != UInt8(ascii: "-") }) else { return false }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return digits.contains(first) && line.count < 400
      && line.allSatisfy { digits.contains($0) || ".eE+-".utf8.contains($0) }
  }

  /// Whether the second line begins an object: then the first is a damaged line of JSON.
  private static func isFollowedByObject(_ feed: inout Feed) -> Bool {
    var offset = 0
    var isBehindBreak = false
    while offset < lookAhead, feed.ensure(offset + 1) {
      let byte = feed.bytes[offset]
      if byte == .newline { isBehindBreak = true }
      if isBehindBreak, !byte.isBlank { return byte == .openingBrace }
      offset += 1
    }
    return false
  }
}

extension Feed {
  /// Whether the bytes at hand begin so.
  borrowing func begins(with prefix: [UInt8]) -> Bool {
    available >= prefix.count && memcmp(bytes, prefix, prefix.count) == 0
  }
}
