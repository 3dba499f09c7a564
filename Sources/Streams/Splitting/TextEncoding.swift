/// How the text of a CSV source is written.
enum TextEncoding: Equatable {
  case utf8
  case windows1252

  /// Whether bytes are UTF-8: shortest forms only, no surrogates.
  static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return true
    } catch {
      return false
    }
  }

  /// Whether all bytes are below 128.
  static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var offset = 0
    while offset + 8 <= raw.count {
      if raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 {
        return false
      }
      offset += 8
    }
    while offset < raw.count {
      if raw[offset] >= 0x80 { return false }
      offset += 1
    }
    return true
  }

  /// The characters of Windows-1252 from 0x80 to 0x9F; the rest is as in Latin-1.
  static let windowsSpecials: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]
}

extension [UInt8] {
  /// Appends a JSON text in quotes.
  mutating func appendJSONText(_ text: Span<UInt8>, from encoding: TextEncoding) {
    append(.quote)
    for index in text.indices { appendJSONByte(text[index], from: encoding) }
    append(.quote)
  }

  /// Appends one byte of a JSON text, escaped where it must be.
  mutating func appendJSONByte(_ byte: UInt8, from encoding: TextEncoding) {
    switch byte {
    case .quote, .backslash:
      append(.backslash)
      append(byte)
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      append(contentsOf: Array("\\u00".utf8))
      append(digits[Int(byte >> 4)])
      append(digits[Int(byte & 15)])
    case 0x80... where encoding == .windows1252:
      let scalar =
        byte < 0xA0 ? UInt32(TextEncoding.windowsSpecials[Int(byte) - 0x80]) : UInt32(byte)
      if scalar < 0x800 {
        append(UInt8(0xC0 | scalar >> 6))
      } else {
        append(UInt8(0xE0 | scalar >> 12))
        append(UInt8(0x80 | scalar >> 6 & 0x3F))
      }
      append(UInt8(0x80 | scalar & 0x3F))
    default: append(byte)
    }
  }
}
