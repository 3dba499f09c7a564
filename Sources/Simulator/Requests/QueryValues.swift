private import Contacts

/// Keys and values of an address line or a form, as Django reads them.
struct QueryValues: Sendable {
  private(set) var pairs: [(key: [UInt8], value: [UInt8])] = []

  init() {}

  init(_ text: some Collection<UInt8>) {
    for part in text.split(separator: UInt8(ascii: "&")) {
      let halves = part.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      pairs.append((Self.decoded(halves[0]), halves.count > 1 ? Self.decoded(halves[1]) : []))
    }
  }

  mutating func append(_ key: [UInt8], _ value: [UInt8]) { pairs.append((key, value)) }

  /// The value of a key; of several the last.
  subscript(key: StaticString) -> [UInt8]? { pairs.last { $0.key == key }?.value }

  func all(_ key: StaticString) -> [[UInt8]] {
    pairs.filter { $0.key == key }.map(\.value)
  }

  /// The values of `key[0]`, `key[1]` and so on, in the order of their numbers.
  func numbered(_ key: StaticString) -> [[UInt8]] {
    let head = [UInt8](key) + [UInt8(ascii: "[")]
    var values: [Int: [UInt8]] = [:]
    for pair in pairs where pair.key.starts(with: head) && pair.key.last == UInt8(ascii: "]") {
      let digits = pair.key[head.count...].dropLast()
      guard digits.count < 10, digits.allSatisfy(\.isDigit),
        let number = Int(String(decoding: digits, as: UTF8.self))
      else { continue }
      values[number] = pair.value
    }
    return values.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The value of a key that is not empty.
  func nonEmpty(_ key: StaticString) -> [UInt8]? {
    guard let value = self[key], !value.isEmpty else { return nil }
    return value
  }

  /// Whether a flag is set: `true`, `y`, `yes` or `1`.
  func flag(_ key: StaticString) -> Bool {
    guard let value = self[key] else { return false }
    return ["true", "y", "yes", "1"].contains(String(decoding: value, as: UTF8.self).lowercased())
  }

  /// Without `+` and percent escapes; what is no UTF-8 becomes U+FFFD.
  static func decoded(_ text: some Collection<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var isASCII = true
    var rest = text.makeIterator()
    while let byte = rest.next() {
      var value = byte
      if byte == UInt8(ascii: "+") {
        value = 0x20
      } else if byte == UInt8(ascii: "%") {
        var ahead = rest
        if let high = ahead.next().flatMap(hexDigit), let low = ahead.next().flatMap(hexDigit) {
          value = high << 4 | low
          rest = ahead
        }
      }
      isASCII = isASCII && value < 0x80
      output.append(value)
    }
    return isASCII ? output : Array(String(decoding: output, as: UTF8.self).utf8)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  /// A text as part of an address line, as Python's `quote_plus` writes it.
  static func encoded(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    for byte in text {
      if byte.isWord || byte == 0x2D || byte == 0x2E || byte == 0x7E {
        output.append(byte)
      } else if byte == 0x20 {
        output.append(UInt8(ascii: "+"))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        output.append(UInt8(ascii: "%"))
        output.append(contentsOf: (digits.utf8.count == 1 ? "0" + digits : digits).utf8)
      }
    }
    return output
  }
}
