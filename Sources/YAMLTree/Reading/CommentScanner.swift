internal import Diagnostics

/// Finds comments in the gaps between scalars: a `#` at the start of a line or after a blank.
func findComments(in bytes: [UInt8], outside opaque: [Range<Int>]) -> [YAMLComment] {
  var found: [YAMLComment] = []
  var gaps = opaque.makeIterator()
  var next = gaps.next()
  var offset = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  let start = offset
  while offset < bytes.count {
    offset = hash(in: bytes, from: offset)
    guard offset < bytes.count else { break }
    while let range = next, range.upperBound <= offset { next = gaps.next() }
    if let range = next, range.contains(offset) {
      offset = range.upperBound
      continue
    }
    let beginsWord =
      offset == start || isSpaceOrTab(bytes[offset - 1]) || isBreak(bytes[offset - 1])
    guard beginsWord else {
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

/// Where the next `#` stands, or the end.
private func hash(in bytes: [UInt8], from offset: Int) -> Int {
  let mark = UInt8(ascii: "#")
  return bytes.withUnsafeBufferPointer { buffer in
    var offset = skipBlocks(of: buffer, from: offset) { sameness($0, mark) }
    while offset < buffer.count, buffer[offset] != mark { offset += 1 }
    return offset
  }
}
