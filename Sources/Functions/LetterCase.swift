private import Contacts

/// Full Unicode case mapping from bytes to bytes; ASCII and Latin-1 need no table.
enum LetterCase {
  static func lower(
    _ text: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    map(text, output, by: lower)
  }

  static func upper(
    _ text: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    map(text, output, by: upper)
  }

  private static func map(
    _ text: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer,
    by append: (UInt32, UnsafeMutableRawBufferPointer, inout Int) -> Void
  ) -> Int {
    var count = 0
    var index = 0
    while index < text.count {
      let (scalar, length) = UTF8Text.scalar(in: text, at: index)
      append(scalar, output, &count)
      index += length
    }
    return count
  }

  /// Writes one code point in lower case.
  static func lower(
    _ scalar: UInt32, _ output: UnsafeMutableRawBufferPointer, _ count: inout Int
  ) {
    switch scalar {
    case 0x41...0x5A: write(scalar + 0x20, output, &count)
    case ..<0x80: write(scalar, output, &count)
    case 0xC0...0xDE where scalar != 0xD7: write(scalar + 0x20, output, &count)
    default:
      guard let letter = Unicode.Scalar(scalar) else { return }
      write(letter.properties.lowercaseMapping, output, &count)
    }
  }

  /// Writes one code point in upper case.
  static func upper(
    _ scalar: UInt32, _ output: UnsafeMutableRawBufferPointer, _ count: inout Int
  ) {
    switch scalar {
    case 0x61...0x7A: write(scalar - 0x20, output, &count)
    case ..<0x80: write(scalar, output, &count)
    case 0xE0...0xFE where scalar != 0xF7: write(scalar - 0x20, output, &count)
    default:
      guard let letter = Unicode.Scalar(scalar) else { return }
      write(letter.properties.uppercaseMapping, output, &count)
    }
  }

  private static func write(
    _ mapping: String, _ output: UnsafeMutableRawBufferPointer, _ count: inout Int
  ) {
    for byte in mapping.utf8 {
      output[count] = byte
      count += 1
    }
  }

  /// Writes one code point as it is.
  static func write(
    _ scalar: UInt32, _ output: UnsafeMutableRawBufferPointer, _ count: inout Int
  ) {
    if scalar < 0x80 {
      output[count] = UInt8(scalar)
      count += 1
      return
    }
    guard let scalar = Unicode.Scalar(scalar) else { return }
    for byte in Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter {
      output[count] = byte
      count += 1
    }
  }
}
