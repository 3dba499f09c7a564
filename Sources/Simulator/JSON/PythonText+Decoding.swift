extension PythonText {
  /// Checks that bytes are UTF-8, in the words of Python's codec where they are not.
  ///
  /// A character that is cut off at the very end is dropped, as the server's stream reader does.
  static func decoded(_ bytes: [UInt8]) throws(JSONFault) -> [UInt8] {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard let length = length(ofLead: bytes[index]) else {
        throw undecodable(bytes, index, 1, "invalid start byte")
      }
      var end = index + 1
      while end < index + length, end < bytes.count, isValid(bytes, end, index) { end += 1 }
      if end == index + length {
        index = end
      } else if end == bytes.count {
        return Array(bytes[..<index])
      } else {
        throw undecodable(bytes, index, end - index, "invalid continuation byte")
      }
    }
    return bytes
  }

  private static func length(ofLead lead: UInt8) -> Int? {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }

  /// Whether a byte may follow: overlong forms, surrogates and what lies beyond Unicode may not.
  private static func isValid(_ bytes: [UInt8], _ place: Int, _ lead: Int) -> Bool {
    let byte = bytes[place]
    guard place == lead + 1 else { return byte & 0xC0 == 0x80 }
    return switch bytes[lead] {
    case 0xE0: byte >= 0xA0 && byte <= 0xBF
    case 0xED: byte >= 0x80 && byte <= 0x9F
    case 0xF0: byte >= 0x90 && byte <= 0xBF
    case 0xF4: byte >= 0x80 && byte <= 0x8F
    default: byte & 0xC0 == 0x80
    }
  }

  private static func undecodable(
    _ bytes: [UInt8], _ place: Int, _ count: Int, _ reason: String
  ) -> JSONFault {
    if count > 1 {
      return .undecodable(
        "'utf-8' codec can't decode bytes in position \(place)-\(place + count - 1): \(reason)")
    }
    let digits = String(bytes[place], radix: 16)
    return .undecodable(
      "'utf-8' codec can't decode byte 0x\(digits) in position \(place): \(reason)")
  }
}
