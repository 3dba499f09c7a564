extension APIProfile {
  /// Appends `whatsapp:` and 8 to 15 digits, perhaps behind a `+`: the address of most events, in
  /// a quarter of the time.
  func appendPlainWhatsApp(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
    guard text.count >= 17, text.count <= 25,
      text.loadUnaligned(as: UInt64.self) == UInt64(littleEndian: 0x7070_6173_7461_6877),
      text[8] == UInt8(ascii: ":")
    else { return false }
    let first = text[9] == UInt8(ascii: "+") ? 10 : 9
    let digits = UTF8Text.dropFirst(text, first)
    guard digits.count >= 8, digits.count <= 15 else { return false }
    for byte in digits where !byte.isDigit { return false }
    if first == 9 {
      output.append(contentsOf: text)
    } else {
      output.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[..<9]))
      output.append(contentsOf: digits)
    }
    return true
  }

  /// Appends a WhatsApp path: digits from the country on, or in `weni` a business-scoped id.
  func appendWhatsApp(
    _ path: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) -> Refusal? {
    if dialect == .weni, isBusinessScoped(path) {
      output.append(contentsOf: path)
      return nil
    }
    let start = output.count
    guard appendDigits(of: path, into: &output) != nil else { return .whatsappPath }
    let count = output.count - start
    switch dialect {
    case .weni: return count >= 8 && count <= 15 ? nil : .phoneDigits
    case .rapidpro: return count > 0 ? nil : .whatsappPath
    }
  }

  /// Appends `+` and the digits of a phone number that begins with its country.
  ///
  /// A bare number proves its country only from 12 digits on: the 11 digits of a Brazilian
  /// mobile would otherwise be a number of another country.
  func appendPhone(_ path: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Refusal? {
    output.append(UInt8(ascii: "+"))
    let start = output.count
    guard let hasPlus = appendDigits(of: path, into: &output) else { return .phoneDigits }
    guard hasPlus || output.count - start >= 12, CallingCodes.begin(output, from: start) else {
      return .phoneWithoutCountry
    }
    if output[start] == 0x35, output[start + 1] == 0x35 {
      return repairBrazilian(from: start, in: &output)
    }
    let count = output.count - start
    return count >= 8 && count <= 15 ? nil : .phoneDigits
  }

  /// Drops the zero that people write before the area, as the server would.
  private func repairBrazilian(from start: Int, in output: inout [UInt8]) -> Refusal? {
    if output.count > start + 2, output[start + 2] == UInt8(ascii: "0") {
      output.remove(at: start + 2)
    }
    let count = output.count - start - 2
    guard count >= 8, count <= 11, output[start + 2] != UInt8(ascii: "0") else {
      return .phoneDigits
    }
    return nil
  }

  /// Appends the digits of a written number, without blanks and punctuation.
  ///
  /// - Returns: whether a `+` stands before them; absent where something else is in the way.
  private func appendDigits(
    of path: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) -> Bool? {
    let start = output.count
    var hasPlus = path[0] == UInt8(ascii: "+")
    var index = hasPlus ? 1 : 0
    let rest = UTF8Text.dropFirst(path, index)
    if rest.allSatisfy(\.isDigit) {
      output.append(contentsOf: rest)
      return hasPlus
    }
    while index < path.count {
      let (scalar, length) = UTF8Text.scalar(in: path, at: index)
      if scalar >= 0x30, scalar <= 0x39 {
        output.append(UInt8(scalar))
      } else if scalar == 0x2B, !hasPlus, output.count == start {
        hasPlus = true
      } else if !isPhonePunctuation(scalar) {
        return nil
      }
      index += length
    }
    return hasPlus
  }

  /// What people put between the digits of a number: blanks, hyphens, brackets, invisible marks.
  private func isPhonePunctuation(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x09, 0x28, 0x29, 0x2D, 0x2E, 0x2F, 0x5B, 0x5D, 0x5F: true
    case 0xA0, 0xAD, 0x2000...0x2015, 0x2028...0x202F, 0x2060...0x2069, 0x2212, 0x3000, 0xFEFF: true
    default: false
    }
  }

  /// `BR.123abc` or `BR.ENT.123abc`: an id that WhatsApp gives instead of a number.
  private func isBusinessScoped(_ path: UnsafeRawBufferPointer) -> Bool {
    guard path.count > 3, path[2] == UInt8(ascii: "."), path[0].isCapital, path[1].isCapital else {
      return false
    }
    var id = UTF8Text.dropFirst(path, 3)
    if UTF8Text.starts(id, with: "ENT.") { id = UTF8Text.dropFirst(id, 4) }
    return !id.isEmpty && id.allSatisfy { $0.isDigit || $0.isLetter }
  }
}
