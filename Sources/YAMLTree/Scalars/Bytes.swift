let newline = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
let space = UInt8(ascii: " ")
let tab = UInt8(ascii: "\t")

func isSpaceOrTab(_ byte: UInt8) -> Bool { byte == space || byte == tab }

func isBreak(_ byte: UInt8) -> Bool { byte == newline || byte == carriageReturn }

/// Where the first block of bytes from `offset` on begins that holds one that is sought, or what is left at the end.
///
/// A whole block is looked at in a few instructions, as long as `isSought` says yes by any number but 0 and has no
/// branches; most blocks of most files have none.
@inline(__always)
func skipBlocks(
  of bytes: UnsafeBufferPointer<UInt8>, from offset: Int, without isSought: (UInt8) -> UInt8
) -> Int {
  var start = offset
  while bytes.count - start >= 64 {
    var found: UInt8 = 0
    for byte in UnsafeBufferPointer(rebasing: bytes[start..<start &+ 64]) {
      found |= isSought(byte)
    }
    if found != 0 { return start }
    start &+= 64
  }
  return start
}

/// The highest bit where two bytes are the same; else 0.
@inline(__always)
func sameness(_ first: UInt8, _ second: UInt8) -> UInt8 {
  let difference = first ^ second
  return (difference &- 1) & ~difference & 0x80
}

/// Where the line that `offset` stands in ends, its break excluded.
func lineEnd(in bytes: [UInt8], from offset: Int) -> Int {
  var end = offset
  while end < bytes.count, !isBreak(bytes[end]) { end += 1 }
  return end
}

/// Where the next line begins, if a line break stands at `offset`.
func lineBreakEnd(in bytes: [UInt8], from offset: Int) -> Int {
  var end = offset
  if end < bytes.count, bytes[end] == carriageReturn { end += 1 }
  if end < bytes.count, bytes[end] == newline { end += 1 }
  return end
}

/// Where the line that `offset` stands in begins.
func lineStart(in bytes: [UInt8], from offset: Int) -> Int {
  var start = offset
  while start > 0, bytes[start - 1] != newline { start -= 1 }
  return start
}

/// A stretch of blanks and line breaks.
struct Blanks {
  var end: Int
  var breakCount = 0

  init(_ bytes: [UInt8], from offset: Int, to limit: Int) {
    end = offset
    while end < limit {
      if isSpaceOrTab(bytes[end]) {
        end += 1
      } else if isBreak(bytes[end]) {
        end = lineBreakEnd(in: bytes, from: end)
        breakCount += 1
      } else {
        break
      }
    }
  }
}
