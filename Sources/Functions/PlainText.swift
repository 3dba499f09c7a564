private import Contacts

/// Text without accents and with one blank between words; other scripts stay as they are.
enum PlainText {
  static func write(
    _ text: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var count = 0
    var blankIsDue = false
    var index = 0
    while index < text.count {
      let (scalar, length) = UTF8Text.scalar(in: text, at: index)
      index += length
      if UTF8Text.isBlank(scalar) {
        blankIsDue = count > 0
        continue
      }
      // Accents that stand behind their letter.
      if scalar >= 0x300, scalar <= 0x36F { continue }
      if blankIsDue { LetterCase.write(0x20, output, &count) }
      blankIsDue = false
      append(scalar, output, &count)
    }
    return count
  }

  private static func append(
    _ scalar: UInt32, _ output: UnsafeMutableRawBufferPointer, _ count: inout Int
  ) {
    let letters: (UInt8, UInt8)
    switch scalar {
    case 0xC6: letters = (0x41, 0x45)
    case 0xE6: letters = (0x61, 0x65)
    case 0x152: letters = (0x4F, 0x45)
    case 0x153: letters = (0x6F, 0x65)
    case 0xDE: letters = (0x54, 0x68)
    case 0xFE: letters = (0x74, 0x68)
    case 0xDF: letters = (0x73, 0x73)
    case 0x1E9E: letters = (0x53, 0x53)
    default:
      LetterCase.write(base(of: scalar), output, &count)
      return
    }
    output[count] = letters.0
    output[count + 1] = letters.1
    count += 2
  }

  /// The letter without its accent, or what was given.
  private static func base(of scalar: UInt32) -> UInt32 {
    let letter =
      switch scalar {
      case 0xC0...0x24F: LatinLetters.letter(in: LatinLetters.extended, Int(scalar) - 0xC0)
      case 0x1E00...0x1EFF: LatinLetters.letter(in: LatinLetters.additional, Int(scalar) - 0x1E00)
      default: UInt8(ascii: ".")
      }
    return letter == UInt8(ascii: ".") ? scalar : UInt32(letter)
  }
}

extension LatinLetters {
  static func letter(in table: StaticString, _ place: Int) -> UInt8 {
    table.utf8Start[place + place / perRow]
  }
}
