internal import Diagnostics

/// Finds comments in the gaps between scalars: a `#` at the start of a line or after a blank.
func findComments(in bytes: [UInt8], outside opaque: [Range<Int>]) -> [YAMLComment] {
  var found: [YAMLComment] = []
  var gaps = opaque.makeIterator()
  var next = gaps.next()
  var offset = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  let start = offset
  while offset < bytes.count {
    while let range = next, range.upperBound <= offset { next = gaps.next() }
    if let range = next, range.contains(offset) {
      offset = range.upperBound
      continue
    }
    let beginsWord =
      offset == start || isSpaceOrTab(bytes[offset - 1]) || isBreak(bytes[offset - 1])
    guard bytes[offset] == UInt8(ascii: "#"), beginsWord else {
      offset += 1
      continue
    }
    let end = lineEnd(in: bytes, from: offset)
    found.append(
      YAMLComment(
        text: String(decoding: bytes[offset..<end], as: UTF8.self),
        range: SourceRange(offset..<end)))
    offset = end
  }
  return found
}
