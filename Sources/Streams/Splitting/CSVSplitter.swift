internal import Engine
internal import Glibc

/// Turns the rows of CSV into records: each row becomes a line of JSON in a block of its own.
struct CSVSplitter {
  private(set) var line: UInt64
  private let byteLimit: Int
  private var separator = UInt8.comma
  private var header: CSVHeader?
  /// Undecided while all rows are ASCII; the first other row decides for the rest.
  private var encoding: TextEncoding?
  private var row = CSVRow()
  private var json: [UInt8] = []
  /// Bytes of the records' block that are taken.
  private var filled = 0
  private var rescanned = 0
  private let pool: BlockPool

  init(byteLimit: Int, line: UInt64, pool: BlockPool) {
    self.byteLimit = byteLimit
    self.line = line
    self.pool = pool
  }

  /// Splits all that the source holds.
  mutating func split(_ feed: inout Feed) {
    feed.separateRecords()
    while feed.ensure(1) {
      if header == nil { findSeparator(&feed) }
      guard let (length, end) = takeRow(&feed) else {
        // Rows mean nothing without the names above them.
        if header == nil { return drain(&feed) }
        continue
      }
      if header == nil {
        guard readHeader(&feed) else { return drain(&feed) }
      } else {
        emitRow(&feed, length)
      }
      pass(&feed, end)
    }
  }

  /// The length of the row at hand, and with its line break; nothing where it cannot be used.
  private mutating func takeRow(_ feed: inout Feed) -> (length: Int, end: Int)? {
    row.reset()
    while true {
      let end = min(feed.available, byteLimit + 1)
      switch row.scan(feed.bytes, to: end, separator: separator) {
      case .complete(let end): return (end, end + 1)
      case .textBehindQuote(let end):
        feed.cutter.report(line: line, "something stands behind a closing quote")
        pass(&feed, end + 1)
        return nil
      case .unfinished:
        guard feed.available <= byteLimit else {
          giveUp(&feed)
          return nil
        }
        if !feed.more() { return endRow(&feed) }
      }
    }
  }

  /// Takes the row that the source ends in.
  private mutating func endRow(_ feed: inout Feed) -> (length: Int, end: Int)? {
    guard feed.ending == .end else {
      // A row that was cut off may look whole.
      feed.advance(feed.available)
      return nil
    }
    if row.isQuoteOpen {
      giveUp(&feed)
      return nil
    }
    let length = feed.available
    guard case .complete = row.finish(feed.bytes) else {
      feed.cutter.report(line: line, "something stands behind a closing quote")
      pass(&feed, length)
      return nil
    }
    return (length, length)
  }

  /// Reports a row without an end and goes on behind its first line.
  private mutating func giveUp(_ feed: inout Feed) {
    let cause =
      row.isQuoteOpen
      ? "a quote is not closed before the end or \(shownByteCount(byteLimit))"
      : "longer than \(shownByteCount(byteLimit)); `--max-event` allows more"
    feed.cutter.report(line: line, cause)
    if row.isQuoteOpen, rescanned > 4 * feed.consumed + 1_048_576 {
      pass(&feed, min(feed.available, byteLimit))
    }
    rescanned += min(feed.available, byteLimit)
    skipLine(&feed)
  }

  private mutating func skipLine(_ feed: inout Feed) {
    repeat {
      if let newline = memchr(feed.bytes, Int32(UInt8.newline), feed.available) {
        let end = UnsafePointer(newline.assumingMemoryBound(to: UInt8.self)) - feed.bytes
        return pass(&feed, end + 1)
      }
      pass(&feed, feed.available)
    } while feed.more()
  }

  private mutating func drain(_ feed: inout Feed) {
    repeat { feed.advance(feed.available) } while feed.more()
  }

  private mutating func pass(_ feed: inout Feed, _ count: Int) {
    line += newlines(feed.bytes, count)
    feed.advance(count)
  }
}

// The header.
extension CSVSplitter {
  private mutating func findSeparator(_ feed: inout Feed) {
    var searched = 0
    while memchr(feed.bytes + searched, Int32(UInt8.newline), feed.available - searched) == nil {
      searched = feed.available
      guard searched <= byteLimit, feed.more() else { break }
    }
    let end = memchr(feed.bytes, Int32(UInt8.newline), feed.available)
    let length =
      end.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - feed.bytes }
      ?? feed.available
    separator = CSVHeader.separator(of: UnsafeBufferPointer(start: feed.bytes, count: length))
  }

  /// Reads the header row; `false` where the file cannot be understood with it.
  private mutating func readHeader(_ feed: inout Feed) -> Bool {
    let bytes = UnsafeBufferPointer(start: feed.bytes, count: feed.available)
    var names: [String] = []
    for cell in row.cells {
      json.removeAll(keepingCapacity: true)
      let range = UnsafeBufferPointer(rebasing: bytes[cell.start..<cell.end])
      if range.contains(where: { $0 < 0x20 && !$0.isBlank }) {
        feed.cutter.report(line: line, "neither JSON nor CSV")
        return false
      }
      let isUTF8 = TextEncoding.isUTF8(range)
      if !isUTF8 { encoding = .windows1252 }
      appendCell(range, hasQuotes: cell.hasQuotes, from: isUTF8 ? .utf8 : .windows1252)
      names.append(trimmed(String(decoding: json, as: UTF8.self)))
    }
    let header = CSVHeader(names: names)
    if let problem = header.problem {
      feed.cutter.report(line: line, "\(problem); the rows of this file were set aside")
      return false
    }
    self.header = header
    return true
  }

  private func trimmed(_ name: String) -> String {
    let bytes = Array(name.utf8)
    guard let first = bytes.firstIndex(where: { !$0.isBlank }),
      let last = bytes.lastIndex(where: { !$0.isBlank })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}

// The rows.
extension CSVSplitter {
  private mutating func emitRow(_ feed: inout Feed, _ length: Int) {
    guard let header else { return }
    let bytes = UnsafeBufferPointer(start: feed.bytes, count: length)
    if row.cells.count == 1, trimmedLength(feed.bytes, length) == 0 { return }
    guard row.cells.count == header.columnCount else {
      let cells = row.cells.count == 1 ? "1 cell" : "\(row.cells.count) cells"
      return feed.cutter.report(
        line: line, "\(cells) where the header has \(header.columnCount)")
    }
    guard let rowEncoding = encoding(of: bytes) else {
      return feed.cutter.report(line: line, "not UTF-8, as the rows before are")
    }
    json.removeAll(keepingCapacity: true)
    appendObject(0, of: header, bytes, from: rowEncoding)
    if json.isEmpty { return }
    store(&feed)
  }

  /// How the row is to be read; nothing where it contradicts the rows before it.
  private mutating func encoding(of bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    if encoding == .windows1252 { return .windows1252 }
    if TextEncoding.isASCII(bytes) { return .utf8 }
    let isUTF8 = TextEncoding.isUTF8(bytes)
    if encoding == nil { encoding = isUTF8 ? .utf8 : .windows1252 }
    return encoding == .utf8 && !isUTF8 ? nil : encoding
  }

  /// Appends a node's object; nothing at all where each of its cells is empty.
  private mutating func appendObject(
    _ node: Int, of header: CSVHeader, _ bytes: UnsafeBufferPointer<UInt8>,
    from encoding: TextEncoding
  ) {
    let start = json.count
    json.append(.openingBrace)
    var isEmpty = true
    for child in header.nodes[node].children {
      let childStart = json.count
      if !isEmpty { json.append(.comma) }
      json.append(contentsOf: header.nodes[child].key)
      let valueStart = json.count
      if let column = header.nodes[child].column {
        let cell = row.cells[column]
        if cell.end > cell.start {
          json.append(.quote)
          appendCell(
            UnsafeBufferPointer(rebasing: bytes[cell.start..<cell.end]),
            hasQuotes: cell.hasQuotes, from: encoding)
          json.append(.quote)
        }
      } else {
        appendObject(child, of: header, bytes, from: encoding)
      }
      if json.count == valueStart {
        json.removeLast(json.count - childStart)
      } else {
        isEmpty = false
      }
    }
    if isEmpty { json.removeLast(json.count - start) } else { json.append(.closingBrace) }
  }

  private mutating func appendCell(
    _ bytes: UnsafeBufferPointer<UInt8>, hasQuotes: Bool, from encoding: TextEncoding
  ) {
    var offset = 0
    while offset < bytes.count {
      json.appendJSONByte(bytes[offset], from: encoding)
      // Quotes inside quotes are written twice.
      offset += hasQuotes && bytes[offset] == .quote ? 2 : 1
    }
  }

  /// Puts the finished line into the records' block.
  private mutating func store(_ feed: inout Feed) {
    if filled + json.count > feed.cutter.block.capacity {
      feed.cutter.flush()
      feed.cutter.block = pool.take(atLeast: json.count)
      filled = 0
    }
    json.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(
        start: feed.cutter.block.base + filled, count: bytes.count
      ).copyMemory(from: bytes)
    }
    feed.cutter.add(
      Record(offset: UInt32(filled), length: UInt32(json.count), line: line))
    filled += json.count
  }
}
