/// Texts as CEL counts them: by code point.
enum Text {
  /// How many code points valid UTF-8 holds.
  @inline(__always)
  static func scalarCount(_ bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The offset of the index-th code point; the count of bytes for the index behind the last.
  static func offset(ofScalar index: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
    guard index >= 0 else { return nil }
    var left = index
    for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
      if left == 0 { return offset }
      left -= 1
    }
    return left == 0 ? bytes.count : nil
  }

  /// How many bytes the code point at an offset takes.
  @inline(__always)
  static func length(ofScalarAt offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    switch bytes[offset] {
    case 0..<0x80: 1
    case 0x80..<0xE0: 2
    case 0xE0..<0xF0: 3
    default: 4
    }
  }

  /// Whether bytes are valid UTF-8.
  static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue: continue
      case .emptyInput: return true
      case .error: return false
      }
    }
  }

  /// How many bytes of blank space (Unicode's White_Space) stand at an offset, 0 if none.
  static func blankLength(at offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    let first = bytes[offset]
    if first == 0x20 || (0x09...0x0D).contains(first) { return 1 }
    if first == 0xC2, offset + 1 < bytes.count {
      return bytes[offset + 1] == 0x85 || bytes[offset + 1] == 0xA0 ? 2 : 0
    }
    guard first >= 0xE1, first <= 0xE3, offset + 2 < bytes.count else { return 0 }
    switch (first, bytes[offset + 1], bytes[offset + 2]) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return 3
    default: return 0
    }
  }
}
