private import Contacts

/// Names as they are written in Portuguese: capitals first, `de`, `da`, `do`, `dos`, `das` and `e`
/// in lower case inside, one blank between words.
enum TitleCase {
  static func write(
    _ text: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var count = 0
    var index = 0
    while index < text.count {
      let (scalar, length) = UTF8Text.scalar(in: text, at: index)
      if UTF8Text.isBlank(scalar) {
        index += length
        continue
      }
      let isFirst = count == 0
      if !isFirst { LetterCase.write(0x20, output, &count) }
      let start = count
      index = writeWord(text, from: index, output, &count)
      if !isFirst { lowerParticle(output, start, count) }
    }
    return count
  }

  /// Writes up to the next blank and returns its place.
  private static func writeWord(
    _ text: UnsafeRawBufferPointer, from start: Int, _ output: UnsafeMutableRawBufferPointer,
    _ count: inout Int
  ) -> Int {
    var index = start
    var isCapital = true
    while index < text.count {
      let (scalar, length) = UTF8Text.scalar(in: text, at: index)
      if UTF8Text.isBlank(scalar) { break }
      if isCapital {
        LetterCase.upper(scalar, output, &count)
      } else {
        LetterCase.lower(scalar, output, &count)
      }
      index += length
      isCapital = startsPart(behind: scalar, text, index)
    }
    return index
  }

  /// Whether a capital follows: behind a hyphen, a bracket or a stop, and behind an apostrophe
  /// that more than one letter follows (`D'Ávila`, but `it's`).
  private static func startsPart(
    behind scalar: UInt32, _ text: UnsafeRawBufferPointer, _ index: Int
  ) -> Bool {
    switch scalar {
    case 0x28, 0x2D, 0x2E, 0x2F: return true
    case 0x27, 0x2019:
      guard index < text.count else { return false }
      let next = index + UTF8Text.scalar(in: text, at: index).length
      return next < text.count && !UTF8Text.isBlank(UTF8Text.scalar(in: text, at: next).value)
    default: return false
    }
  }

  private static func lowerParticle(
    _ output: UnsafeMutableRawBufferPointer, _ start: Int, _ end: Int
  ) {
    let isParticle =
      switch end - start {
      case 1: output[start] == UInt8(ascii: "E")
      case 2: output[start] == UInt8(ascii: "D") && isVowel(output[start + 1])
      case 3:
        output[start] == UInt8(ascii: "D") && output[start + 2] == UInt8(ascii: "s")
          && isVowel(output[start + 1]) && output[start + 1] != UInt8(ascii: "e")
      default: false
      }
    if isParticle { output[start] |= 0x20 }
  }

  private static func isVowel(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "a") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "o")
  }
}
