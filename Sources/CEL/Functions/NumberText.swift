private import CJSON
private import Glibc

/// Numbers as CEL writes and reads them.
public enum NumberText {
  /// Enough for any number.
  static let capacity = 32

  /// What `string(x)` gives for a double: the shortest digits, with an exponent where `%g` has
  /// one.
  public static func string(_ number: Double) -> String {
    withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 1) { buffer in
      let count = write(.double(number), to: buffer)
      return String(decoding: UnsafeRawBufferPointer(buffer)[..<count], as: UTF8.self)
    }
  }

  /// Writes a number of any type and returns the count of bytes.
  static func write(_ value: Value, to buffer: UnsafeMutableRawBufferPointer) -> Int {
    switch value.tag {
    case .int:
      let isNegative = value.int < 0
      if isNegative { buffer[0] = UInt8(ascii: "-") }
      return writeDigits(value.int.magnitude, to: buffer, from: isNegative ? 1 : 0)
    case .uint: return writeDigits(value.bits, to: buffer, from: 0)
    default: return write(value.double, to: buffer)
    }
  }

  private static func writeDigits(
    _ number: UInt64, to buffer: UnsafeMutableRawBufferPointer, from start: Int
  ) -> Int {
    var rest = number
    var count = 1
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    rest = number
    for offset in stride(from: start + count - 1, through: start, by: -1) {
      buffer[offset] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    return start + count
  }

  private static func write(_ number: Double, to buffer: UnsafeMutableRawBufferPointer) -> Int {
    if number.isNaN { return copy("NaN", to: buffer) }
    if number.isInfinite { return copy(number < 0 ? "-Infinity" : "Infinity", to: buffer) }
    if number == 0 { return copy(number.sign == .minus ? "-0" : "0", to: buffer) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 400) { plain in
      guard let start = plain.baseAddress else { return 0 }
      let count = cjson_print_double(number, start)
      let digits = Digits(UnsafeBufferPointer(rebasing: plain[..<count]))
      // As `%g` decides with its usual precision of six.
      if (-4..<6).contains(digits.exponent) {
        buffer.copyBytes(from: plain[..<count])
        return count
      }
      return digits.writeScientific(to: buffer)
    }
  }

  private static func copy(_ text: StaticString, to buffer: UnsafeMutableRawBufferPointer) -> Int {
    text.withUTF8Buffer { bytes in
      buffer.copyBytes(from: bytes)
      return bytes.count
    }
  }

  /// A whole text as a signed number in decimal.
  static func int(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    var digits = bytes[...]
    var isNegative = false
    if let first = digits.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      digits = digits.dropFirst()
    }
    guard let magnitude = magnitude(digits) else { return nil }
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    guard magnitude <= limit else { return nil }
    return isNegative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(magnitude)
  }

  /// A whole text as an unsigned number in decimal.
  static func uint(_ bytes: UnsafeRawBufferPointer) -> UInt64? { magnitude(bytes[...]) }

  private static func magnitude(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt64? {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for digit in digits {
      guard Lexer.isDigit(digit) else { return nil }
      let scaled = value.multipliedReportingOverflow(by: 10)
      let sum = scaled.partialValue.addingReportingOverflow(UInt64(digit - 48))
      guard !scaled.overflow, !sum.overflow else { return nil }
      value = sum.partialValue
    }
    return value
  }

  /// A whole text as a double: decimal, `NaN` or an infinity; nothing beyond the range.
  static func double(_ bytes: UnsafeRawBufferPointer) -> Double? {
    let text = String(decoding: bytes, as: UTF8.self)
    switch text {
    case "NaN": return .nan
    case "Infinity", "+Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: break
    }
    guard isDecimal(bytes), let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// Digits with at most one dot before some of them, then an optional exponent.
  private static func isDecimal(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    func skip(_ accepted: (UInt8) -> Bool) -> Int {
      let start = position
      while position < bytes.count, accepted(bytes[position]) { position += 1 }
      return position - start
    }
    func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }
    guard skip(isSign) <= 1 else { return false }
    var digits = skip(Lexer.isDigit)
    if skip({ $0 == UInt8(ascii: ".") }) == 1 {
      let decimals = skip(Lexer.isDigit)
      guard decimals > 0 else { return false }
      digits += decimals
    }
    guard digits > 0 else { return false }
    if skip({ $0 | 0x20 == UInt8(ascii: "e") }) == 1 {
      guard skip(isSign) <= 1, skip(Lexer.isDigit) > 0 else { return false }
    }
    return position == bytes.count
  }
}

/// The significant digits of a number that is printed without exponent.
private struct Digits {
  private var digits: [UInt8]
  private var isNegative: Bool
  /// The power of ten of the first digit.
  private(set) var exponent: Int

  init(_ plain: UnsafeBufferPointer<UInt8>) {
    isNegative = plain.first == UInt8(ascii: "-")
    let magnitude = Array(isNegative ? plain.dropFirst() : plain[...])
    let point = magnitude.firstIndex(of: UInt8(ascii: ".")) ?? magnitude.count
    let all = magnitude.filter { $0 != UInt8(ascii: ".") }
    let zeros = all.prefix { $0 == UInt8(ascii: "0") }.count
    exponent = point - 1 - zeros
    digits = Array(all.dropFirst(zeros))
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
  }

  func writeScientific(to buffer: UnsafeMutableRawBufferPointer) -> Int {
    var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    text.append(digits[0])
    if digits.count > 1 {
      text.append(UInt8(ascii: "."))
      text += digits.dropFirst()
    }
    text.append(UInt8(ascii: "e"))
    text.append(UInt8(ascii: exponent < 0 ? "-" : "+"))
    let magnitude = abs(exponent)
    if magnitude < 10 { text.append(UInt8(ascii: "0")) }
    text += "\(magnitude)".utf8
    buffer.copyBytes(from: text)
    return text.count
  }
}
