/// The written form of a uuid.
package enum UUIDText {
  /// Whether the text is 32 hexadecimal digits, any case, with hyphens after 8, 12, 16 and 20.
  package static func isHyphenated(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count == 36 else { return false }
    for index in 0..<36 {
      switch index {
      case 8, 13, 18, 23: if text[index] != UInt8(ascii: "-") { return false }
      default: if !text[index].isHexDigit { return false }
      }
    }
    return true
  }

  /// Whether the text is 32 hexadecimal digits, any case, without hyphens.
  static func isBare(_ text: UnsafeRawBufferPointer) -> Bool {
    text.count == 32 && text.allSatisfy(\.isHexDigit)
  }
}
