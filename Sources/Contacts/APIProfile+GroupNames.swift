extension APIProfile {
  /// Appends what all spellings of one group's name have in common: trimmed, in lower case.
  package func foldGroupName(_ name: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    let name = UTF8Text.trimmed(name)
    if name.allSatisfy({ $0 < 0x80 }) { return UTF8Text.appendLowercased(name, to: &output) }
    var index = 0
    while index < name.count {
      let (scalar, length) = UTF8Text.scalar(in: name, at: index)
      index += length
      switch scalar {
      case ..<0x80: output.append(UInt8(scalar).lowercased)
      // Latin letters with accents, but for the sign of multiplication.
      case 0xC0...0xDE where scalar != 0xD7: UTF8Text.append(scalar + 0x20, to: &output)
      default:
        guard let mapped = Unicode.Scalar(scalar) else { continue }
        output.append(contentsOf: mapped.properties.lowercaseMapping.utf8)
      }
    }
  }
}

extension UTF8Text {
  /// Whether the text begins with a letter, a digit or `_`, of any script.
  package static func beginsWord(_ text: UnsafeRawBufferPointer) -> Bool {
    guard !text.isEmpty else { return false }
    if text[0] < 0x80 { return text[0].isWord }
    guard let scalar = Unicode.Scalar(scalar(in: text, at: 0).value) else { return false }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
