private import Contacts

/// Texts as Python makes them of values: error messages quote them.
enum PythonText {
  /// Python's `str`.
  static func of(_ value: JSONValue) -> [UInt8] {
    if case .string(let text) = value { return text }
    var output: [UInt8] = []
    append(value, to: &output)
    return output
  }

  /// Python's `repr`.
  private static func append(_ value: JSONValue, to output: inout [UInt8]) {
    switch value {
    case .null: output.append(contentsOf: "None".utf8)
    case .bool(let flag): output.append(contentsOf: (flag ? "True" : "False").utf8)
    case .integer(let digits): output.append(contentsOf: digits)
    case .float(let number): output.append(contentsOf: float(number).utf8)
    case .string(let text): appendQuoted(text, to: &output)
    case .list(let items):
      output.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { output.append(contentsOf: ", ".utf8) }
        append(item, to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let object):
      output.append(UInt8(ascii: "{"))
      for (index, entry) in object.entries.enumerated() {
        if index > 0 { output.append(contentsOf: ", ".utf8) }
        appendQuoted(entry.key, to: &output)
        output.append(contentsOf: ": ".utf8)
        append(entry.value, to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  /// In single quotes, or in double ones where only that saves escaping.
  private static func appendQuoted(_ text: [UInt8], to output: inout [UInt8]) {
    let hasSingle = text.contains(UInt8(ascii: "'"))
    let quote = UInt8(ascii: hasSingle && !text.contains(UInt8(ascii: "\"")) ? "\"" : "'")
    output.append(quote)
    text.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        let (scalar, length) = UTF8Text.scalar(in: bytes, at: index)
        if scalar == UInt32(quote) || scalar == 0x5C {
          output.append(0x5C)
          output.append(UInt8(scalar))
        } else if isPrintable(scalar) {
          output.append(contentsOf: bytes[index..<index + length])
        } else {
          output.append(contentsOf: escape(scalar).utf8)
        }
        index += length
      }
    }
    output.append(quote)
  }

  private static func isPrintable(_ scalar: UInt32) -> Bool {
    if scalar < 0x7F { return scalar >= 0x20 }
    guard let scalar = Unicode.Scalar(scalar) else { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }

  private static func escape(_ scalar: UInt32) -> String {
    switch scalar {
    case 0x09: #"\t"#
    case 0x0A: #"\n"#
    case 0x0D: #"\r"#
    case ..<0x100: #"\x"# + hex(scalar, 2)
    case ..<0x10000: #"\u"# + hex(scalar, 4)
    default: #"\U"# + hex(scalar, 8)
    }
  }

  private static func hex(_ number: UInt32, _ width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The shortest text that reads as this number, with an exponent from 1e16 on and below 1e-4.
  static func float(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    let magnitude = number.magnitude
    let text = number.description
    guard magnitude >= 9e15, magnitude < 1e17 else { return text }
    // Only here does Swift's choice between the two forms differ from Python's.
    let sign = number < 0 ? "-" : ""
    let (digits, exponent) = shortest(magnitude)
    if exponent < 16 {
      return sign + digits + String(repeating: "0", count: exponent + 1 - digits.count) + ".0"
    }
    let fraction = digits.dropFirst()
    return "\(sign)\(digits.prefix(1))\(fraction.isEmpty ? "" : ".")\(fraction)e+\(exponent)"
  }

  /// The digits without zeros at their end, and the power of ten of the first.
  private static func shortest(_ number: Double) -> (digits: String, exponent: Int) {
    let parts = number.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    var digits = String(mantissa[0])
    let exponent = parts.count > 1 ? Int(parts[1].drop { $0 == "+" }) ?? 0 : digits.count - 1
    if mantissa.count > 1, mantissa[1] != "0" { digits += mantissa[1] }
    while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
    return (digits, exponent)
  }
}
