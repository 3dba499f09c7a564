internal import Diagnostics

/// The anchor and the tag before a value, as the file writes them.
struct NodeProperties {
  private(set) var tag: YAMLTag?
  /// Where the value itself begins.
  private(set) var end: Int

  init(_ event: ParserEvent, in bytes: [UInt8]) {
    end = event.range.lowerBound
    guard event.isTagged || event.anchor != nil else { return }
    let limit = event.range.upperBound
    var expected = (event.isTagged ? 1 : 0) + (event.anchor != nil ? 1 : 0)
    while expected > 0, end < limit {
      let start = end
      while end < limit, !isSpaceOrTab(bytes[end]), !isBreak(bytes[end]) { end += 1 }
      if bytes[start] == UInt8(ascii: "!") {
        tag = YAMLTag(
          text: String(decoding: bytes[start..<end], as: UTF8.self), range: SourceRange(start..<end)
        )
      }
      expected -= 1
      skipGap(in: bytes, to: limit)
    }
  }

  /// Blanks, line breaks and comments before the value.
  private mutating func skipGap(in bytes: [UInt8], to limit: Int) {
    while end < limit {
      end = Blanks(bytes, from: end, to: limit).end
      guard end < limit, bytes[end] == UInt8(ascii: "#"),
        isSpaceOrTab(bytes[end - 1]) || isBreak(bytes[end - 1])
      else { return }
      end = lineEnd(in: bytes, from: end)
    }
  }
}
