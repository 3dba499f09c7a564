private import CPhone
private import Contacts

/// Phone numbers as the server cleans them: generous, and wrong for national numbers of 11 digits.
enum PhonePath {
  static func normalized(_ path: [UInt8], country: [UInt8]?) -> [UInt8] {
    let number = WideText.trimmed(path)
    var cleaned = WideText.lowercased(number)
    // Spreadsheets write long numbers as 5.58E+12.
    if cleaned.suffix(4).elementsEqual("e+11".utf8) || cleaned.suffix(4).elementsEqual("e+12".utf8)
    {
      cleaned.removeLast(4)
    }
    cleaned.removeAll { !$0.isDigit && !($0 >= 0x61 && $0 <= 0x7A) }
    let hasPlus = number.first == UInt8(ascii: "+")
    let isLong = cleaned.count >= 11 && cleaned.first != UInt8(ascii: "0")
    let written = hasPlus || isLong ? [UInt8(ascii: "+")] + cleaned : cleaned
    return possible(written, country: country) ?? cleaned
  }

  /// The number in E.164 if its length is possible.
  static func possible(_ text: [UInt8], country: [UInt8]?) -> [UInt8]? {
    let result = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer -> [UInt8] in
      guard let start = buffer.baseAddress else { return [] }
      let count =
        if let country {
          country.withUnsafeBufferPointer {
            cphone_possible(text, text.count, $0.baseAddress, start)
          }
        } else {
          cphone_possible(text, text.count, nil, start)
        }
      return Array(buffer[..<count])
    }
    return result.isEmpty ? nil : result
  }
}
