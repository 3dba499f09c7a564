/// Questions about a text's bytes, answered without making a String.
package enum UTF8Text {
  /// The text without the blanks at both ends: what the API trims, Unicode's blanks included.
  package static func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = text.count
    while start < end {
      let (scalar, length) = scalar(in: text, at: start)
      guard isBlank(scalar) else { break }
      start += length
    }
    while start < end {
      var first = end - 1
      while first > start, text[first] & 0xC0 == 0x80 { first -= 1 }
      guard isBlank(scalar(in: text, at: first).value) else { break }
      end = first
    }
    return UnsafeRawBufferPointer(rebasing: text[start..<end])
  }

  /// Whether nothing but blanks stands in the text.
  package static func isBlank(_ text: UnsafeRawBufferPointer) -> Bool { trimmed(text).isEmpty }

  /// Code points, which is what the API's limits count.
  package static func scalarCount(_ text: UnsafeRawBufferPointer) -> Int {
    var count = 0
    for byte in text where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The code point that starts at `index`, and how many bytes it takes; a stray byte counts as
  /// U+FFFD, and nothing is ever read behind the end.
  package static func scalar(
    in text: UnsafeRawBufferPointer, at index: Int
  ) -> (value: UInt32, length: Int) {
    let lead = text[index]
    if lead < 0x80 { return (UInt32(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    guard length > 1, index + length <= text.count else { return (0xFFFD, 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for place in index + 1..<index + length {
      value = value << 6 | UInt32(text[place] & 0x3F)
    }
    return (value, length)
  }

  /// What counts as a blank at the ends of a text: Python's `str.strip`, as the API runs it.
  package static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x09...0x0D, 0x1C...0x1F: true
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Appends a code point in UTF-8.
  package static func append(_ scalar: UInt32, to output: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    for byte in Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter {
      output.append(byte)
    }
  }

  /// Appends a text with A–Z in lower case: in one piece, then in place.
  ///
  /// That takes less than half the time of appending single bytes.
  static func appendLowercased(_ text: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    let start = output.count
    output.append(contentsOf: text)
    output.withUnsafeMutableBufferPointer { bytes in
      for index in start..<bytes.count { bytes[index] = bytes[index].lowercased }
    }
  }

  static func dropFirst(_ text: UnsafeRawBufferPointer, _ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text[count...])
  }

  static func contains(_ byte: UInt8, in text: UnsafeRawBufferPointer) -> Bool {
    for other in text where other == byte { return true }
    return false
  }

  static func equals(_ text: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<text.count where text[index] != word.utf8Start[index] { return false }
    return true
  }

  static func starts(_ text: UnsafeRawBufferPointer, with word: StaticString) -> Bool {
    guard text.count >= word.utf8CodeUnitCount else { return false }
    return equals(UnsafeRawBufferPointer(rebasing: text[..<word.utf8CodeUnitCount]), word)
  }
}

extension UInt8 {
  package var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  package var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
  var isCapital: Bool { self >= 0x41 && self <= 0x5A }
  /// A letter, a digit or `_`.
  package var isWord: Bool { isDigit || isLetter || self == UInt8(ascii: "_") }
  var isHexDigit: Bool { isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x66) }
  /// The byte with A–Z in lower case.
  var lowercased: UInt8 { isCapital ? self | 0x20 : self }
}
