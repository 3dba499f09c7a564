extension APIProfile {
  /// Appends the ISO 639-3 code of a language: `pt`, `pt-BR` and `POR` become `por`.
  package func normalizeLanguage(
    _ text: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) -> Refusal? {
    let tag = UTF8Text.trimmed(text)
    var letters = InlineArray<3, UInt8>(repeating: 0)
    var count = 0
    while count < tag.count, tag[count].isLetter {
      guard count < 3 else { return .notALanguage }
      letters[count] = tag[count].lowercased
      count += 1
    }
    guard hasOnlySubtags(tag, from: count) else { return .notALanguage }
    switch count {
    case 2:
      guard let row = LanguageCodes.row(of: letters, in: LanguageCodes.pairs, keyLength: 2) else {
        return .notALanguage
      }
      for index in 2..<5 { output.append(row[index]) }
    case 3:
      guard LanguageCodes.has(letters) else { return .notALanguage }
      for index in letters.indices { output.append(letters[index]) }
    default: return .notALanguage
    }
    return nil
  }

  /// Whether three letters, in any case, are a code of ISO 639-3.
  package static func hasLanguage(_ code: UnsafeRawBufferPointer) -> Bool {
    guard code.count == 3, code.allSatisfy(\.isLetter) else { return false }
    return LanguageCodes.has([code[0].lowercased, code[1].lowercased, code[2].lowercased])
  }

  /// `-BR`, `_BR`, `-Hant-TW`, or nothing.
  private func hasOnlySubtags(_ tag: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var length = 8
    for byte in tag[start...] {
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") {
        if length == 0 { return false }
        length = 0
      } else if byte.isLetter || byte.isDigit {
        length += 1
        if length > 8 { return false }
      } else {
        return false
      }
    }
    return length > 0
  }

  /// The code that was probably meant: `por` for `pt`, `fra` for `fre`, `por` for `português`.
  package func languageSuggestion(for text: String) -> String? {
    var bytes = Array(text.lowercased().utf8)
    var code: [UInt8] = []
    if bytes.withUnsafeBytes({ normalizeLanguage($0, into: &code) }) == nil {
      return code == bytes ? nil : String(decoding: code, as: UTF8.self)
    }
    if bytes.count == 3 {
      let letters: InlineArray<3, UInt8> = [bytes[0], bytes[1], bytes[2]]
      let row = LanguageCodes.row(of: letters, in: LanguageCodes.bibliographic, keyLength: 3)
      return row.map { String(decoding: $0[3..<6], as: UTF8.self) }
    }
    bytes.removeAll { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    for (names, code) in Self.languageNames {
      for name in names where name.utf8.elementsEqual(bytes) { return code }
    }
    return nil
  }

  /// What people write instead of a code, for the languages of most contacts.
  private static let languageNames: [(names: [String], code: String)] = [
    (["portuguese", "português", "portugues", "ptbr"], "por"),
    (["english", "inglês", "ingles", "enus"], "eng"),
    (["spanish", "espanhol", "español", "espanol"], "spa"),
    (["french", "francês", "frances", "français"], "fra"),
    (["german", "alemão", "alemao", "deutsch"], "deu"),
    (["italian", "italiano"], "ita"),
  ]
}

extension LanguageCodes {
  /// Whether three lower-case letters are a code.
  static func has(_ letters: InlineArray<3, UInt8>) -> Bool {
    var bit = 0
    for index in letters.indices { bit = bit * 26 + Int(letters[index] - 0x61) }
    let place = bit / 6
    let character = codes.utf8Start[place + place / codesPerRow]
    return (character - 0x30) >> UInt8(bit % 6) & 1 == 1
  }

  /// The entry of a sorted table that begins with these letters.
  static func row(
    of letters: InlineArray<3, UInt8>, in table: StaticString, keyLength: Int
  ) -> UnsafeBufferPointer<UInt8>? {
    let stride = keyLength + 4
    var low = 0
    var high = (table.utf8CodeUnitCount + 1) / stride
    while low < high {
      let middle = (low + high) / 2
      let entry = UnsafeBufferPointer(start: table.utf8Start + middle * stride, count: stride - 1)
      var order = 0
      for index in 0..<keyLength where order == 0 {
        order = Int(letters[index]) - Int(entry[index])
      }
      if order == 0 { return entry }
      if order < 0 { high = middle } else { low = middle + 1 }
    }
    return nil
  }
}
