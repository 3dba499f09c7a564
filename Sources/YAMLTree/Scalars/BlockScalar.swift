/// The header of a literal or folded scalar, and its lines.
struct BlockScalar {
  enum Chomping { case strip, clip, keep }

  private let bytes: [UInt8]
  private(set) var chomping = Chomping.clip
  /// Behind the header's line break.
  let contentStart: Int

  init(_ bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    for byte in bytes[range].dropFirst().prefix(2) {
      if byte == UInt8(ascii: "-") { chomping = .strip }
      if byte == UInt8(ascii: "+") { chomping = .keep }
    }
    contentStart = lineBreakEnd(in: bytes, from: lineEnd(in: bytes, from: range.lowerBound))
  }

  /// How far the content is indented: what the first line has more blanks than in the value.
  ///
  /// An indicator in the header would count from the parent, which is not known here.
  func indentation(of value: [UInt8]) -> Int {
    var position = contentStart
    while position < bytes.count {
      let start = position
      while position < bytes.count, bytes[position] == space { position += 1 }
      guard position < bytes.count, isBreak(bytes[position]) else {
        let kept = value.drop { $0 == newline }.prefix { $0 == space }.count
        return max(1, position - start - kept)
      }
      position = lineBreakEnd(in: bytes, from: position)
    }
    return 1
  }

  /// The next line that is not empty, how far it is indented, and how many breaks lie before it.
  func nextLine(
    after offset: Int, indentation: Int
  ) -> (position: Int, column: Int, breaks: Int) {
    var position = offset
    var breaks = 0
    while true {
      var column = 0
      while column < indentation, position < bytes.count, bytes[position] == space {
        position += 1
        column += 1
      }
      guard position < bytes.count, isBreak(bytes[position]) else {
        return (position, column, breaks)
      }
      position = lineBreakEnd(in: bytes, from: position)
      breaks += 1
    }
  }

  /// The end of the last line that belongs to the scalar, from the origin of its value.
  func contentEnd(_ map: ScalarMap) -> Int {
    let last = map.runs.last {
      $0.length == $0.fileLength && $0.length > 0 && !isBreak(bytes[$0.file])
    }
    return last.map { $0.file + $0.fileLength } ?? contentStart
  }
}
