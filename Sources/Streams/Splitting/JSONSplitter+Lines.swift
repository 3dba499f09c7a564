internal import CJSON
internal import Engine
internal import Glibc

extension JSONSplitter {
  /// Takes an object in a source of lines: the first value of the line, or all of it.
  mutating func takeObjectLine(_ feed: inout Feed) {
    guard let end = findLineEnd(&feed) else { return }
    let object = cjson_object_line(feed.bytes, end).object
    if object > 0 { return take(&feed, object, of: end) }
    scanner.reset()
    switch scanner.scan(feed.bytes, from: 0, to: end) {
    case .complete(let length):
      // Anything but another value makes the whole line a bad one.
      guard let next = firstByte(feed.bytes, from: length, to: end) else {
        return take(&feed, length, of: end)
      }
      guard next == .openingBrace || next == .openingBracket else {
        return take(&feed, trimmedLength(feed.bytes, end), of: end)
      }
      emit(&feed, at: 0, length: length)
      pass(&feed, length)
    case .unfinished: takeObjectLines(&feed, firstLine: end)
    case .impossible: take(&feed, trimmedLength(feed.bytes, end), of: end)
    }
  }

  /// Takes the line as it is; the parser says what is wrong with it.
  mutating func takeLine(_ feed: inout Feed) {
    guard let end = findLineEnd(&feed) else { return }
    take(&feed, trimmedLength(feed.bytes, end), of: end)
  }

  private mutating func take(_ feed: inout Feed, _ length: Int, of end: Int) {
    // What is cut off in the middle of a line is no record.
    if let ending = feed.ending, ending != .end, end == feed.available {
      return feed.advance(end)
    }
    emit(&feed, at: 0, length: length)
    pass(&feed, end)
  }

  /// Tries an object that goes on behind its first line; a truncated line shows by the next one.
  private mutating func takeObjectLines(_ feed: inout Feed, firstLine end: Int) {
    var length: Int?
    var cost = 0
    if canRescan(feed.consumed) {
      var scanned = end
      search: while true {
        switch scanner.scan(feed.bytes, from: scanned, to: feed.available) {
        case .complete(let end):
          if end <= byteLimit { length = end } else { cost = byteLimit }
          break search
        case .impossible(let offset):
          cost = min(offset, byteLimit)
          break search
        case .unfinished:
          scanned = feed.available
          guard scanned <= byteLimit, feed.more() else {
            cost = min(feed.available, byteLimit)
            break search
          }
        }
      }
    }
    rescanned += cost
    guard let length else { return take(&feed, trimmedLength(feed.bytes, end), of: end) }
    emit(&feed, at: 0, length: length)
    pass(&feed, length)
  }

  /// Where the line ends, before its line break; nothing where it was too long and is passed over.
  private mutating func findLineEnd(_ feed: inout Feed) -> Int? {
    var searched = 0
    while true {
      let found = memchr(
        feed.bytes + searched, Int32(UInt8.newline), feed.available - searched)
      if let found {
        let end = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - feed.bytes
        if end <= byteLimit { return end }
      } else {
        searched = feed.available
        if searched <= byteLimit {
          if feed.more() { continue }
          return feed.available
        }
      }
      feed.cutter.report(line: line, tooLong)
      skipLine(&feed)
      return nil
    }
  }

  private func firstByte(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> UInt8? {
    for offset in start..<max(start, end) where !bytes[offset].isBlank { return bytes[offset] }
    return nil
  }

  var tooLong: String {
    "longer than \(shownByteCount(byteLimit)); `--max-event` allows more"
  }
}

/// A number of bytes as people write it: `16 MiB`.
func shownByteCount(_ count: Int) -> String {
  if count >= 1 << 20, count % (1 << 20) == 0 { return "\(count >> 20) MiB" }
  if count >= 1 << 10, count % (1 << 10) == 0 { return "\(count >> 10) KiB" }
  return "\(count) bytes"
}
