private import Contacts

/// Questions about a text that may hold lone surrogates.
enum WideText {
  /// Code points.
  static func length(_ text: [UInt8]) -> Int {
    text.withUnsafeBytes { UTF8Text.scalarCount($0) }
  }

  /// Python's `strip`.
  static func trimmed(_ text: [UInt8]) -> [UInt8] {
    text.withUnsafeBytes { bytes in
      let inner = UTF8Text.trimmed(bytes)
      return inner.count == bytes.count ? text : Array(inner)
    }
  }

  static func isBlank(_ text: [UInt8]) -> Bool { text.withUnsafeBytes { UTF8Text.isBlank($0) } }

  /// The first half of a pair that stands alone, if any.
  static func firstSurrogate(in text: [UInt8]) -> UInt32? {
    for index in text.indices where text[index] == 0xED && index + 2 < text.count {
      let scalar = UInt32(text[index + 1] & 0x3F) << 6 | UInt32(text[index + 2] & 0x3F) | 0xD000
      if scalar >= 0xD800 { return scalar }
    }
    return nil
  }

  /// Whether a database would take the text.
  static func isStorable(_ text: [UInt8]) -> Bool {
    !text.contains(0) && firstSurrogate(in: text) == nil
  }

  /// The text in capitals, one code point for one, which is how the database ignores case.
  static func uppercased(_ text: [UInt8]) -> [UInt8] { mapped(text, .up) }

  static func lowercased(_ text: [UInt8]) -> [UInt8] { mapped(text, .down) }

  private enum Direction { case up, down }

  private static func mapped(_ text: [UInt8], _ direction: Direction) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    text.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        let (value, length) = UTF8Text.scalar(in: bytes, at: index)
        if value < 0x80 {
          output.append(mapped(UInt8(value), direction))
        } else if let scalar = Unicode.Scalar(value) {
          let properties = scalar.properties
          let mapping =
            direction == .up ? properties.uppercaseMapping : properties.lowercaseMapping
          let isSingle = mapping.unicodeScalars.count == 1
          output.append(contentsOf: isSingle ? mapping.utf8 : String(scalar).utf8)
        } else {
          output.append(contentsOf: bytes[index..<index + length])
        }
        index += length
      }
    }
    return output
  }

  private static func mapped(_ byte: UInt8, _ direction: Direction) -> UInt8 {
    switch (byte, direction) {
    case (0x61...0x7A, .up): byte - 0x20
    case (0x41...0x5A, .down): byte + 0x20
    default: byte
    }
  }
}

extension [UInt8] {
  /// The bytes of a word of ours.
  init(_ word: StaticString) {
    self.init(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  static func == (text: [UInt8], word: StaticString) -> Bool {
    text.elementsEqual(
      UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }
}
