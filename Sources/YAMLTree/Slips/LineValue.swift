/// The value that one line of block YAML writes: what follows its `- ` and its key.
struct LineValue {
  /// Behind the indentation and the last `- `.
  private(set) var contentStart: Int
  private(set) var range: Range<Int>
  private(set) var hasKey = false

  /// Of the line around `offset`; a key counts only if it ends before `offset`.
  init(_ bytes: [UInt8], around offset: Int) {
    let start = lineStart(in: bytes, from: min(offset, bytes.count))
    var end = lineEnd(in: bytes, from: start)
    while end > start, isSpaceOrTab(bytes[end - 1]) { end -= 1 }
    var position = start
    while position < end {
      if isSpaceOrTab(bytes[position]) {
        position += 1
      } else if bytes[position] == UInt8(ascii: "-"), position + 1 < end,
        isSpaceOrTab(bytes[position + 1])
      {
        position += 2
      } else {
        break
      }
    }
    contentStart = position
    range = position..<end
    guard let keyEnd = keyEnd(in: bytes, limit: min(offset, end)) else { return }
    hasKey = true
    var valueStart = keyEnd
    while valueStart < end, isSpaceOrTab(bytes[valueStart]) { valueStart += 1 }
    range = valueStart..<end
  }

  /// Behind the colon of the line's key.
  private func keyEnd(in bytes: [UInt8], limit: Int) -> Int? {
    var position = contentStart
    if position < limit, isQuote(bytes[position]) {
      let quote = bytes[position]
      position += 1
      while position < limit, bytes[position] != quote { position += 1 }
      position += 1
    }
    while position < limit {
      let next = position + 1
      if bytes[position] == UInt8(ascii: ":"), next == range.upperBound || isSpaceOrTab(bytes[next])
      {
        return next
      }
      position += 1
    }
    return nil
  }
}

func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

/// A text between quotes that need the fewest escapes.
func quoted(_ text: String) -> String {
  if !text.contains("'") { return "'\(text)'" }
  if !text.contains("\"") && !text.contains("\\") { return "\"\(text)\"" }
  let doubled = text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
  return "'\(doubled)'"
}
