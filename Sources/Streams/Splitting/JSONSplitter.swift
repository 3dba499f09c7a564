internal import CJSON
internal import Engine
internal import Glibc

/// Cuts JSON into records: one a line, values over several lines, and the items of arrays.
///
/// A record that cannot be JSON costs only itself: it is reported at its first line, and splitting
/// goes on at the next line that begins a value. The records do not depend on how bytes arrive.
struct JSONSplitter {
  /// How the source writes its records, seen at the first one.
  enum Layout { case undecided, lines, values }

  var layout = Layout.undecided
  /// Of the first byte at hand, from one.
  var line: UInt64 = 1
  var isAtLineStart = true
  var scanner = JSONScanner()
  /// How many arrays stand open around the next item.
  var openArrays = 0
  /// Where the outermost open array begins.
  var arrayLine: UInt64 = 0
  /// Whether an item was just read, so that a comma must follow.
  var needsSeparator = false
  /// After a broken array its closing bracket is no further problem.
  var toleratesClosers = false
  /// Bytes that were looked at in vain and are looked at again.
  var rescanned = 0
  let byteLimit: Int
  private let records: RecordKind

  init(byteLimit: Int, line: UInt64 = 1, records: RecordKind = .objects) {
    self.byteLimit = byteLimit
    self.line = line
    self.records = records
  }

  /// Splits all that the source holds.
  mutating func split(_ feed: inout Feed) {
    while true {
      guard skipBlanks(&feed) else { break }
      if layout == .lines, openArrays == 0, takeLines(&feed) { continue }
      takeNext(&feed)
    }
    if openArrays > 0, feed.ending == .end {
      feed.cutter.report(
        line: arrayLine, "no JSON: the input ends inside the array that begins here")
    }
  }

  /// Takes whole lines while each is plainly one object: the fast path; whether there was one.
  private mutating func takeLines(_ feed: inout Feed) -> Bool {
    let bytes = feed.bytes
    let count = feed.available
    var offset = 0
    while offset < count, bytes[offset] == .openingBrace {
      let found = cjson_object_line(bytes + offset, count - offset)
      guard found.object > 0, found.end <= byteLimit, offset + found.end < count else { break }
      emit(&feed, at: offset, length: found.object)
      line += 1
      offset += found.end + 1
    }
    feed.advance(offset)
    if offset > 0 { isAtLineStart = true }
    return offset > 0
  }

  /// Passes over blanks and empty lines; `false` where nothing follows them.
  private mutating func skipBlanks(_ feed: inout Feed) -> Bool {
    repeat {
      let bytes = feed.bytes
      let count = feed.available
      var offset = 0
      while offset < count, bytes[offset].isBlank {
        if bytes[offset] == .newline {
          line += 1
          isAtLineStart = true
        } else {
          isAtLineStart = false
        }
        offset += 1
      }
      feed.advance(offset)
      if offset < count { return true }
    } while feed.more()
    return false
  }

  private mutating func takeNext(_ feed: inout Feed) {
    let byte = feed.bytes[0]
    if byte == 0xEF, skipByteOrderMark(&feed) { return }
    if openArrays > 0 { return takeInArray(&feed, byte) }
    switch byte {
    case .openingBrace: takeObject(&feed)
    case .openingBracket:
      arrayLine = line
      openArrays = 1
      needsSeparator = false
      pass(&feed, 1)
    case .comma where toleratesClosers, .closingBracket where toleratesClosers: pass(&feed, 1)
    default:
      if layout == .undecided, records == .values { layout = .lines }
      if layout == .lines { return takeLine(&feed) }
      feed.cutter.report(
        line: line, "no JSON: `{` or `[` expected, found \(byte.shown)")
      isAtLineStart = false
      skipToOpeningLine(&feed)
    }
  }

  /// Files that were joined have byte order marks in their middle.
  private mutating func skipByteOrderMark(_ feed: inout Feed) -> Bool {
    guard feed.ensure(3), feed.bytes[1] == 0xBB, feed.bytes[2] == 0xBF else { return false }
    feed.advance(3)
    return true
  }

  private mutating func takeObject(_ feed: inout Feed) {
    if layout == .lines { return takeObjectLine(&feed) }
    guard let length = takeValue(&feed) else { return }
    if layout == .undecided {
      layout = memchr(feed.bytes, Int32(UInt8.newline), length) == nil ? .lines : .values
    }
    emit(&feed, at: 0, length: length)
    pass(&feed, length)
  }

  /// Adds the record at an offset from the first byte at hand.
  func emit(_ feed: inout Feed, at offset: Int, length: Int) {
    let record = Record(
      offset: UInt32(feed.offset + offset), length: UInt32(length), line: line)
    guard openArrays == 0, let start = feed.sourceOffset else { return feed.cutter.add(record) }
    let breaks = layout == .lines ? 0 : newlines(feed.bytes + offset, length)
    feed.cutter.add(
      record, end: start + offset + length, line: line + breaks, isByLine: layout == .lines)
  }

  /// Passes over bytes and the lines they end.
  mutating func pass(_ feed: inout Feed, _ count: Int) {
    line += newlines(feed.bytes, count)
    if count > 0 { isAtLineStart = feed.bytes[count - 1] == .newline }
    feed.advance(count)
  }
}

/// Line breaks among the first bytes.
func newlines(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
  var found: UInt64 = 0
  var offset = 0
  while offset < count, let newline = memchr(bytes + offset, Int32(UInt8.newline), count - offset) {
    found += 1
    offset = UnsafePointer(newline.assumingMemoryBound(to: UInt8.self)) - bytes + 1
  }
  return found
}

/// How long the text is without the blanks at its end.
func trimmedLength(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
  var count = count
  while count > 0, bytes[count - 1].isBlank { count -= 1 }
  return count
}
