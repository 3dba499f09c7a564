/// A scalar's value as its bytes in the file write it, with the runs that say which wrote which.
///
/// libyaml hands out values without their origin, so the same rules of folding and escaping are
/// followed once more over the bytes; where both values agree, the runs are right.
struct ScalarTracer {
  private let bytes: [UInt8]
  private(set) var value: [UInt8] = []
  private(set) var runs: [ScalarMap.Run] = []
  private var offset: Int

  private init(_ bytes: [UInt8], from offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  /// The map of a scalar whose token is `range`; as a whole where its origin cannot be retraced.
  static func map(
    _ text: String, _ style: YAMLScalar.Style, in bytes: [UInt8], range: Range<Int>
  ) -> ScalarMap {
    if let offset = verbatimOffset(of: text, style, in: bytes, range: range) {
      return ScalarMap(verbatim: text.utf8.count, from: offset)
    }
    let wanted = Array(text.utf8)
    let tracer = trace(of: wanted, style, in: bytes, range: range)
    if tracer.value == wanted { return tracer.map }
    return ScalarMap(runs: [
      .init(value: 0, length: wanted.count, file: range.lowerBound, fileLength: range.count)
    ])
  }

  /// Where a value begins that the file holds as it is, without folds and escapes.
  private static func verbatimOffset(
    of text: String, _ style: YAMLScalar.Style, in bytes: [UInt8], range: Range<Int>
  ) -> Int? {
    let edge: Int
    switch style {
    case .plain: edge = 0
    case .singleQuoted, .doubleQuoted: edge = 1
    case .literal, .folded: return nil
    }
    var text = text
    let start = range.lowerBound + edge
    return text.withUTF8 { value in
      guard !value.isEmpty, value.count == range.count - 2 * edge else { return nil }
      for (index, byte) in value.enumerated() {
        guard byte == bytes[start + index], style != .doubleQuoted || byte != backslash else {
          return nil
        }
      }
      return start
    }
  }

  private static let backslash = UInt8(ascii: "\\")

  private static func trace(
    of value: [UInt8], _ style: YAMLScalar.Style, in bytes: [UInt8], range: Range<Int>
  ) -> ScalarTracer {
    var tracer = ScalarTracer(bytes, from: range.lowerBound)
    switch style {
    case .plain: tracer.tracePlain(to: range.upperBound)
    case .singleQuoted: tracer.traceSingleQuoted(to: range.upperBound)
    case .doubleQuoted: tracer.traceDoubleQuoted(to: range.upperBound)
    case .literal, .folded:
      let block = BlockScalar(bytes, range: range)
      tracer.offset = block.contentStart
      tracer.trace(
        block, indentation: block.indentation(of: value), isFolded: style == .folded)
    }
    return tracer
  }

  private var map: ScalarMap {
    ScalarMap(runs: runs + [.init(value: value.count, length: 0, file: offset, fileLength: 0)])
  }

  /// Bytes that stand for themselves.
  mutating func copy(to end: Int) {
    guard end > offset else { return }
    runs.append(
      .init(value: value.count, length: end - offset, file: offset, fileLength: end - offset))
    value += bytes[offset..<end]
    offset = end
  }

  /// Bytes that were written by others: an escape, a fold.
  mutating func write(_ text: [UInt8], for end: Int) {
    if !text.isEmpty {
      runs.append(
        .init(value: value.count, length: text.count, file: offset, fileLength: end - offset))
      value += text
    }
    offset = end
  }
}

extension ScalarTracer {
  fileprivate mutating func tracePlain(to end: Int) {
    while offset < end {
      copyWord(to: end) { _ in false }
      fold(to: end)
    }
  }

  fileprivate mutating func traceSingleQuoted(to end: Int) {
    offset += 1
    let end = end - 1
    let quote = UInt8(ascii: "'")
    while offset < end {
      copyWord(to: end) { $0 == quote }
      if offset < end, bytes[offset] == quote { write([quote], for: offset + 2) }
      fold(to: end)
    }
  }

  fileprivate mutating func traceDoubleQuoted(to end: Int) {
    offset += 1
    let end = end - 1
    let backslash = UInt8(ascii: "\\")
    while offset < end {
      copyWord(to: end) { $0 == backslash }
      if offset < end, bytes[offset] == backslash {
        let escape = Escape(bytes, at: offset, end: end)
        write(escape.value, for: escape.end)
        if escape.isLineBreak { continueLine(to: end) }
      }
      fold(to: end)
    }
  }

  /// What follows an escaped line break: its blanks go, further line breaks stay.
  private mutating func continueLine(to end: Int) {
    let blanks = Blanks(bytes, from: offset, to: end)
    write(Array(repeating: newline, count: blanks.breakCount), for: blanks.end)
  }

  private mutating func copyWord(to end: Int, until isSpecial: (UInt8) -> Bool) {
    var position = offset
    while position < end, !isSpecial(bytes[position]) {
      if isSpaceOrTab(bytes[position]) || isBreak(bytes[position]) {
        let blanks = Blanks(bytes, from: position, to: end)
        if blanks.breakCount > 0 { break }
        position = blanks.end
      } else {
        position += 1
      }
    }
    copy(to: position)
  }

  /// Blanks around line breaks: one break is a blank, more are one less.
  private mutating func fold(to end: Int) {
    guard offset < end else { return }
    let blanks = Blanks(bytes, from: offset, to: end)
    guard blanks.breakCount > 0 else { return }
    let count = blanks.breakCount
    write(count == 1 ? [space] : Array(repeating: newline, count: count - 1), for: blanks.end)
  }
}

extension ScalarTracer {
  /// Follows libyaml step by step: breaks wait until the next line says how to fold them.
  fileprivate mutating func trace(_ block: BlockScalar, indentation: Int, isFolded: Bool) {
    var wasBlank = false
    var ended = false
    var (position, column, breaks) = block.nextLine(after: offset, indentation: indentation)
    while column == indentation, position < bytes.count {
      let isBlank = isSpaceOrTab(bytes[position])
      if isFolded, ended, !wasBlank, !isBlank {
        write(breaks == 0 ? [space] : newlines(breaks), for: position)
      } else {
        write(newlines(breaks + (ended ? 1 : 0)), for: position)
      }
      wasBlank = isBlank
      copy(to: lineEnd(in: bytes, from: position))
      position = lineBreakEnd(in: bytes, from: offset)
      ended = position > offset
      (position, column, breaks) = block.nextLine(after: position, indentation: indentation)
    }
    switch block.chomping {
    case .strip: break
    case .clip: if ended { write(newlines(1), for: lineBreakEnd(in: bytes, from: offset)) }
    case .keep: write(newlines(breaks + (ended ? 1 : 0)), for: position)
    }
  }

  private func newlines(_ count: Int) -> [UInt8] { Array(repeating: newline, count: count) }
}
