internal import CEL
private import Contacts

extension RegraFunctions {
  /// `parse_number(x, locale)`: a double from a number as people write it.
  static let parseNumber = Function(
    "parse_number",
    [
      Function.Overload(id: "parse_number_string", [.string, .string], .double),
      Function.Overload(id: "parse_number_int", [.int, .string], .double),
      Function.Overload(id: "parse_number_double", [.double, .string], .double),
    ]
  ) { arguments, _ in
    let value = arguments[0]
    if value.tag == .double { return value }
    if value.tag == .int { return .double(Double(value.int)) }
    guard let point = WrittenNumber.decimalPoint(ofLocale: arguments[1].bytes),
      let number = WrittenNumber.read(value.bytes, point: point)
    else { return .unknown(.malformed) }
    return .double(number)
  }
}

/// Numbers as people write them: grouped by thousands, perhaps with a sign of money.
enum WrittenNumber {
  private static let comma = UInt8(ascii: ",")
  private static let dot = UInt8(ascii: ".")

  /// What stands before decimals: a comma in Portuguese, a dot in English, whatever the region.
  static func decimalPoint(ofLocale locale: UnsafeRawBufferPointer) -> UInt8? {
    guard locale.count >= 2 else { return nil }
    if locale.count > 2, locale[2] != UInt8(ascii: "-"), locale[2] != UInt8(ascii: "_") {
      return nil
    }
    switch (locale[0], locale[1]) {
    case (UInt8(ascii: "p"), UInt8(ascii: "t")): return comma
    case (UInt8(ascii: "e"), UInt8(ascii: "n")): return dot
    default: return nil
    }
  }

  /// Reads digits, in groups of three or without any, and decimals behind `point`.
  static func read(_ text: UnsafeRawBufferPointer, point: UInt8) -> Double? {
    var isNegative = false
    let body = bare(text, &isNegative)
    guard body.count > 0, body.count <= 64 else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { digits in
      var parts = Parts()
      guard parts.scan(body, point: point, into: digits) else { return nil }
      let number = parts.number(from: UnsafeRawBufferPointer(digits))
      return number.map { isNegative ? -$0 : $0 }
    }
  }

  /// The number without blanks, sign and signs of money around it.
  private static func bare(
    _ text: UnsafeRawBufferPointer, _ isNegative: inout Bool
  ) -> UnsafeRawBufferPointer {
    var body = UTF8Text.trimmed(text)
    var isSigned = false
    while let first = body.first, !(first >= 0x30 && first <= 0x39), first != comma, first != dot {
      let skip: Int
      if !isSigned, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
        isSigned = true
        isNegative = first == UInt8(ascii: "-")
        skip = 1
      } else {
        skip = moneyLength(body)
      }
      if skip == 0 { break }
      body = UTF8Text.trimmed(UnsafeRawBufferPointer(rebasing: body[skip...]))
    }
    return body
  }

  /// The bytes of `R$`, `US$`, `$`, `€` or `£` at the beginning.
  private static func moneyLength(_ text: UnsafeRawBufferPointer) -> Int {
    switch text[0] {
    case UInt8(ascii: "$"): 1
    case UInt8(ascii: "R"): begins(text, UInt8(ascii: "$"), nil) ? 2 : 0
    case UInt8(ascii: "U"): begins(text, UInt8(ascii: "S"), UInt8(ascii: "$")) ? 3 : 0
    case 0xC2: begins(text, 0xA3, nil) ? 2 : 0
    case 0xE2: begins(text, 0x82, 0xAC) ? 3 : 0
    default: 0
    }
  }

  /// Whether these bytes follow the first.
  private static func begins(
    _ text: UnsafeRawBufferPointer, _ second: UInt8, _ third: UInt8?
  ) -> Bool {
    guard text.count > (third == nil ? 1 : 2), text[1] == second else { return false }
    return third == nil || text[2] == third
  }

  /// The digits of a number, and how many of them are decimals.
  private struct Parts {
    var count = 0
    var decimals = 0

    mutating func scan(
      _ body: UnsafeRawBufferPointer, point: UInt8, into digits: UnsafeMutableRawBufferPointer
    ) -> Bool {
      var isDecimal = false
      var isGrouped = false
      var run = 0
      for byte in body {
        if byte >= 0x30, byte <= 0x39 {
          digits[count] = byte
          count += 1
          run += 1
          if isDecimal { decimals += 1 }
        } else if byte == point, !isDecimal {
          guard !isGrouped || run == 3 else { return false }
          isDecimal = true
          run = 0
        } else if byte == comma || byte == dot, !isDecimal {
          guard isGrouped ? run == 3 : run >= 1 && run <= 3 else { return false }
          isGrouped = true
          run = 0
        } else {
          return false
        }
      }
      return isDecimal || isGrouped ? (isDecimal ? run >= 1 : run == 3) : run > 0
    }

    /// The nearest double.
    func number(from digits: UnsafeRawBufferPointer) -> Double? {
      guard count > 15 else {
        // Both are exact, so one division rounds once.
        var whole = 0.0
        for index in 0..<count { whole = whole * 10 + Double(digits[index] - 0x30) }
        var unit = 1.0
        for _ in 0..<decimals { unit *= 10 }
        return whole / unit
      }
      let text = String(decoding: digits[..<(count - decimals)], as: UTF8.self)
      let rest = String(decoding: digits[(count - decimals)..<count], as: UTF8.self)
      return Double("\(text.isEmpty ? "0" : text).\(rest.isEmpty ? "0" : rest)")
    }
  }
}
