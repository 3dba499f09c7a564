internal import Engine
internal import Glibc

extension JSONSplitter {
  /// The length of the value at hand; nothing where it is none, which was reported.
  mutating func takeValue(_ feed: inout Feed) -> Int? {
    scanner.reset()
    var scanned = 0
    while true {
      switch scanner.scan(feed.bytes, from: scanned, to: feed.available) {
      case .complete(let length):
        if length <= byteLimit { return length }
        finishLongValue(&feed, .complete(length))
        return nil
      case .impossible(let offset):
        if offset <= byteLimit {
          reject(&feed, at: offset)
        } else {
          finishLongValue(&feed, .impossible(offset))
        }
        return nil
      case .unfinished:
        scanned = feed.available
        guard scanned <= byteLimit else {
          skipLongValue(&feed)
          return nil
        }
        guard !feed.more() else { continue }
        return endValue(&feed)
      }
    }
  }

  /// Decides about a value that the source ends in.
  private mutating func endValue(_ feed: inout Feed) -> Int? {
    guard feed.ending == .end else {
      feed.advance(feed.available)
      return nil
    }
    if scanner.isInOutermostScalar { return feed.available }
    feed.cutter.report(line: line, "no JSON: the input ends inside this record")
    recover(&feed, from: feed.available)
    return nil
  }

  /// Reports a record that cannot go on at an offset, and finds the next one.
  private mutating func reject(_ feed: inout Feed, at offset: Int) {
    let breaks = newlines(feed.bytes, offset)
    let place = breaks == 0 ? "" : " in line \(line + breaks)"
    let found = isQuoteOpen ? "" : ", found \(feed.bytes[offset].shown)"
    feed.cutter.report(line: line, "no JSON: \(scanner.expectation)\(found)\(place)")
    if openArrays > 0, let length = balancedLength(&feed) {
      pass(&feed, length)
      needsSeparator = true
      return
    }
    recover(&feed, from: offset)
  }

  private var isQuoteOpen: Bool {
    switch scanner.state {
    case .text, .textEscape, .keyText, .keyEscape: true
    case .value, .valueOrEnd, .key, .keyOrEnd, .colon, .afterValue, .scalar: false
    }
  }

  /// Goes to the next line that begins a value: of the lines behind the record's first, as long
  /// as looking again at bytes stays cheap, otherwise behind the offset.
  private mutating func recover(_ feed: inout Feed, from offset: Int) {
    if canRescan(feed.consumed) {
      rescanned += offset
      isAtLineStart = false
    } else {
      pass(&feed, offset)
    }
    skipToOpeningLine(&feed)
    needsSeparator = false
  }

  /// Whether bytes may be looked at again; bounds the work on input that is wrong everywhere.
  func canRescan(_ consumed: Int) -> Bool { rescanned <= 4 * consumed + 1_048_576 }

  /// Passes over lines until one begins with `{` or `[`, or closes the array.
  mutating func skipToOpeningLine(_ feed: inout Feed) {
    while true {
      if isAtLineStart {
        guard feed.ensure(1) else { return }
        let byte = feed.bytes[0]
        if byte == .openingBrace || byte == .openingBracket { return }
        if byte == .closingBracket, openArrays > 0 { return }
      }
      guard skipLine(&feed) else { return }
    }
  }

  /// Passes over the rest of the line without keeping it; `false` where the source ends with it.
  @discardableResult
  mutating func skipLine(_ feed: inout Feed) -> Bool {
    repeat {
      if let newline = memchr(feed.bytes, Int32(UInt8.newline), feed.available) {
        let end = UnsafePointer(newline.assumingMemoryBound(to: UInt8.self)) - feed.bytes
        pass(&feed, end + 1)
        return true
      }
      pass(&feed, feed.available)
    } while feed.more()
    return false
  }

  /// Reads on to the end of a value that is too long, without keeping it.
  private mutating func skipLongValue(_ feed: inout Feed) {
    let first = line
    while true {
      pass(&feed, feed.available)
      guard feed.more() else {
        return feed.cutter.report(line: first, tooLong)
      }
      let outcome = scanner.scan(feed.bytes, from: 0, to: feed.available)
      if outcome != .unfinished { return finishLongValue(&feed, outcome, first: first) }
    }
  }

  private mutating func finishLongValue(
    _ feed: inout Feed, _ outcome: JSONScanner.Outcome, first: UInt64? = nil
  ) {
    feed.cutter.report(line: first ?? line, tooLong)
    switch outcome {
    case .complete(let length):
      pass(&feed, length)
      needsSeparator = true
    case .impossible(let offset):
      pass(&feed, offset)
      skipToOpeningLine(&feed)
      needsSeparator = false
    case .unfinished: break
    }
  }
}
