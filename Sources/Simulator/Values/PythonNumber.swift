private import Contacts

/// Texts that Python takes for whole numbers.
enum PythonNumber {
  /// Python's `isdigit`: digits of any script.
  static func isDigits(_ text: [UInt8]) -> Bool {
    !text.isEmpty && scalars(of: text).allSatisfy { isDigit($0) }
  }

  /// Whether Python's `int` reads the text: a sign, digits of any script, `_` between them.
  static func isInteger(_ text: [UInt8]) -> Bool {
    var scalars = scalars(of: WideText.trimmed(text))[...]
    if let first = scalars.first, first == 0x2B || first == 0x2D { scalars.removeFirst() }
    var isBehindDigit = false
    for scalar in scalars {
      if scalar == 0x5F {
        guard isBehindDigit else { return false }
        isBehindDigit = false
      } else {
        guard isDecimal(scalar) else { return false }
        isBehindDigit = true
      }
    }
    return isBehindDigit
  }

  /// The value that Python's `int` gives, as far as it fits.
  static func integer(_ text: [UInt8]) -> Int? {
    guard isInteger(text) else { return nil }
    var value = 0
    var isNegative = false
    for scalar in scalars(of: WideText.trimmed(text)) {
      if scalar == 0x2D { isNegative = true }
      guard let digit = digit(scalar) else { continue }
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      if isTooLarge || product > Int.max - 9 { return isNegative ? Int.min : Int.max }
      value = product + digit
    }
    return isNegative ? -value : value
  }

  private static func scalars(of text: [UInt8]) -> [UInt32] {
    text.withUnsafeBytes { bytes in
      var scalars: [UInt32] = []
      var index = 0
      while index < bytes.count {
        let (scalar, length) = UTF8Text.scalar(in: bytes, at: index)
        scalars.append(scalar)
        index += length
      }
      return scalars
    }
  }

  private static func digit(_ scalar: UInt32) -> Int? {
    guard let scalar = Unicode.Scalar(scalar), let value = scalar.properties.numericValue,
      scalar.properties.generalCategory == .decimalNumber
    else { return nil }
    return Int(value)
  }

  private static func isDecimal(_ scalar: UInt32) -> Bool { digit(scalar) != nil }

  private static func isDigit(_ scalar: UInt32) -> Bool {
    switch Unicode.Scalar(scalar)?.properties.numericType {
    case .decimal, .digit: true
    case .numeric, nil: false
    default: false
    }
  }
}
