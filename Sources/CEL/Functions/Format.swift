private import CJSON
private import Glibc

/// `text.format(list)`: `%s %d %f %e %x %X %o %b %%`.
enum Format {
  static func evaluate(_ text: Value, _ list: Value, _ scratch: inout Scratch) -> Value {
    guard text.tag == .text else { return .noOverload(text) }
    guard list.tag == .list else { return .noOverload(list) }
    scratch.cost -= Int(text.length) + Int(list.length)
    guard scratch.cost >= 0 else { return .unknown(.cost) }
    var formatter = Formatter(document: scratch.document, limit: scratch.cost)
    let outcome = formatter.format(Array(text.bytes), scratch.elements(of: list))
    scratch.cost -= formatter.result.count
    if let failure = outcome { return failure }
    return scratch.makeText(formatter.result)
  }
}

/// Writes one text, clause by clause.
private struct Formatter {
  let document: Document?
  /// How long the result may be: one value may stand in it many times.
  var limit: Int
  var result: [UInt8] = []

  /// The unknown that ended it, if any.
  mutating func format(_ pattern: [UInt8], _ arguments: [Value]) -> Value? {
    var position = 0
    var next = 0
    while position < pattern.count {
      guard pattern[position] == UInt8(ascii: "%") else {
        result.append(pattern[position])
        position += 1
        continue
      }
      position += 1
      guard position < pattern.count else { return .unknown(.malformed) }
      if pattern[position] == UInt8(ascii: "%") {
        result.append(UInt8(ascii: "%"))
        position += 1
        continue
      }
      guard let precision = readPrecision(pattern, &position), position < pattern.count else {
        return .unknown(.malformed)
      }
      guard next < arguments.count else { return .unknown(.outOfRange) }
      if arguments[next].isUnknown { return arguments[next] }
      if let failure = append(arguments[next], as: pattern[position], precision) {
        return failure
      }
      if result.count > limit { return .unknown(.cost) }
      next += 1
      position += 1
    }
    return nil
  }

  /// Digits after a dot, 6 without one.
  private func readPrecision(_ pattern: [UInt8], _ position: inout Int) -> Int? {
    guard pattern[position] == UInt8(ascii: ".") else { return 6 }
    position += 1
    let start = position
    var precision = 0
    while position < pattern.count, Lexer.isDigit(pattern[position]), precision < 1_000 {
      precision = precision * 10 + Int(pattern[position]) - 48
      position += 1
    }
    return position > start && precision <= 100 ? precision : nil
  }

  private mutating func append(_ value: Value, as verb: UInt8, _ precision: Int) -> Value? {
    switch verb {
    case UInt8(ascii: "s"): return appendText(of: value)
    case UInt8(ascii: "d"): return appendDecimal(value)
    case UInt8(ascii: "f"): return appendFraction(value, "%.*f", precision)
    case UInt8(ascii: "e"): return appendFraction(value, "%.*e", precision)
    case UInt8(ascii: "x"): return appendHexadecimal(value, isUpper: false)
    case UInt8(ascii: "X"): return appendHexadecimal(value, isUpper: true)
    case UInt8(ascii: "o"): return appendInteger(value, radix: 8)
    case UInt8(ascii: "b"):
      if value.tag == .bool {
        result += "\(value.bits)".utf8
        return nil
      }
      return appendInteger(value, radix: 2)
    default: return .unknown(.malformed)
    }
  }

  private mutating func appendInteger(
    _ value: Value, radix: Int, isUpper: Bool = false
  ) -> Value? {
    switch value.tag {
    case .int: result += String(value.int, radix: radix, uppercase: isUpper).utf8
    case .uint: result += String(value.bits, radix: radix, uppercase: isUpper).utf8
    default: return .noOverload(value)
    }
    return nil
  }

  private mutating func appendDecimal(_ value: Value) -> Value? {
    guard value.tag == .double else { return appendInteger(value, radix: 10) }
    appendDouble(value.double)
    return nil
  }

  /// The shortest digits without an exponent.
  private mutating func appendDouble(_ number: Double) {
    guard number.isFinite else {
      result += NumberText.string(number).utf8
      return
    }
    var buffer = [UInt8](repeating: 0, count: 400)
    let count = cjson_print_double(number, &buffer)
    result += buffer[..<count]
  }

  private mutating func appendFraction(
    _ value: Value, _ pattern: String, _ precision: Int
  ) -> Value? {
    guard value.isNumber else { return .noOverload(value) }
    guard value.asDouble.isFinite else {
      result += NumberText.string(value.asDouble).utf8
      return nil
    }
    var buffer = [CChar](repeating: 0, count: 512)
    let count = withVaList([Int32(precision), value.asDouble]) {
      vsnprintf(&buffer, buffer.count, pattern, $0)
    }
    result += buffer[..<Int(count)].map { UInt8(bitPattern: $0) }
    return nil
  }

  private mutating func appendHexadecimal(_ value: Value, isUpper: Bool) -> Value? {
    guard value.tag == .text || value.tag == .bytes && !value.isAddress else {
      return appendInteger(value, radix: 16, isUpper: isUpper)
    }
    guard result.count + value.bytes.count * 2 <= limit else { return .unknown(.cost) }
    for byte in value.bytes {
      let digits = String(byte, radix: 16, uppercase: isUpper)
      result += (byte < 16 ? "0" + digits : digits).utf8
    }
    return nil
  }

  private mutating func appendText(of value: Value) -> Value? {
    let byteCount = value.tag == .text || value.tag == .bytes ? Int(value.length) : 0
    guard result.count + byteCount <= limit else { return .unknown(.cost) }
    switch value.tag {
    case .text: result += value.bytes
    case .bytes:
      guard !value.isAddress else {
        result += Address(value).description.utf8
        return nil
      }
      guard Text.isUTF8(value.bytes) else { return .unknown(.malformed) }
      result += value.bytes
    case .null: result += "null".utf8
    case .bool: result += (value.bits == 1 ? "true" : "false").utf8
    case .int, .uint: return appendInteger(value, radix: 10)
    case .double: appendDouble(value.double)
    case .type: result += TypeNames.all[Int(value.bits)].utf8
    case .timestamp:
      result += TimeText.timestamp(seconds: value.int, nanoseconds: value.length).utf8
    case .duration: result += TimeText.duration(value.int).utf8
    case .list: return appendList(value)
    case .map: return appendMap(value)
    case .optional, .missing: return .noOverload(value)
    case .unknown: return value
    }
    return nil
  }

  private mutating func appendList(_ list: Value) -> Value? {
    var elements = Elements(of: list, in: document)
    result.append(UInt8(ascii: "["))
    var separator = ""
    while let element = elements.next() {
      result += separator.utf8
      separator = ", "
      if let failure = appendText(of: element.value) { return failure }
    }
    result.append(UInt8(ascii: "]"))
    return nil
  }

  /// Entries in the order of their formatted keys.
  private mutating func appendMap(_ map: Value) -> Value? {
    var entries: [(key: [UInt8], value: [UInt8])] = []
    var elements = Elements(of: map, in: document)
    var left = limit - result.count
    while let element = elements.next() {
      var key = Formatter(document: document, limit: left)
      var value = Formatter(document: document, limit: left)
      if let failure = key.appendText(of: element.key) ?? value.appendText(of: element.value) {
        return failure
      }
      left -= key.result.count + value.result.count + 1
      guard left >= 0 else { return .unknown(.cost) }
      entries.append((key.result, value.result))
    }
    entries.sort { $0.key.lexicographicallyPrecedes($1.key) }
    let parts = entries.map { $0.key + Array(": ".utf8) + $0.value }
    result.append(UInt8(ascii: "{"))
    result += parts.joined(separator: ", ".utf8)
    result.append(UInt8(ascii: "}"))
    return nil
  }
}
