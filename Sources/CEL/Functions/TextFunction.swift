extension TextFunction {
  func evaluate(_ arguments: UnsafeBufferPointer<Value>, _ scratch: inout Scratch) -> Value {
    if let result = evaluateOthers(arguments, &scratch) { return result }
    for argument in arguments.prefix(textCount) where argument.tag != .text {
      return .noOverload(argument)
    }
    for argument in arguments.dropFirst(textCount) where argument.tag != .int {
      return .noOverload(argument)
    }
    let text = arguments[0].bytes
    scratch.cost -= text.count
    guard scratch.cost >= 0 else { return .unknown(.cost) }
    let second = arguments.count > 1 ? arguments[1] : .missing
    let number = arguments.count > textCount ? Int(arguments[textCount].int) : nil
    switch self {
    case .startsWith:
      return .bool(
        second.length <= text.count
          && areEqual(UnsafeRawBufferPointer(rebasing: text[..<Int(second.length)]), second.bytes))
    case .endsWith:
      let start = text.count - Int(second.length)
      return .bool(
        start >= 0 && areEqual(UnsafeRawBufferPointer(rebasing: text[start...]), second.bytes))
    case .contains: return .bool(find(second.bytes, in: text, from: 0) != nil)
    case .matches: return TextFunction.matches(arguments[0], second, &scratch)
    case .charAt: return TextFunction.character(at: number ?? 0, of: arguments[0])
    case .indexOf: return TextFunction.index(of: second, in: text, from: number)
    case .lastIndexOf:
      return TextFunction.lastIndex(of: second, in: text, upTo: number, &scratch)
    case .lowerAscii: return TextFunction.mapASCII(text, "A"..."Z", &scratch)
    case .upperAscii: return TextFunction.mapASCII(text, "a"..."z", &scratch)
    case .replace:
      return TextFunction.replace(
        second.bytes, in: text, by: arguments[2].bytes, atMost: number, &scratch)
    case .split: return TextFunction.split(arguments[0], at: second.bytes, into: number, &scratch)
    case .substring:
      let end = arguments.count > 2 ? Int(arguments[2].int) : nil
      return TextFunction.substring(of: arguments[0], from: number ?? 0, to: end)
    case .trim: return TextFunction.trim(arguments[0])
    case .reverse: return TextFunction.reverse(text, &scratch)
    case .quote:
      return scratch.makeText(TextFunction.quoted(String(decoding: text, as: UTF8.self)))
    case .join, .format: return .noOverload(arguments[0])
    }
  }

  /// How many of the first arguments are texts; the others are whole numbers.
  private var textCount: Int {
    switch self {
    case .startsWith, .endsWith, .contains, .matches, .indexOf, .lastIndexOf, .split: 2
    case .replace: 3
    case .charAt, .lowerAscii, .upperAscii, .substring, .trim, .join, .quote, .reverse, .format:
      1
    }
  }

  private func evaluateOthers(
    _ arguments: UnsafeBufferPointer<Value>, _ scratch: inout Scratch
  ) -> Value? {
    switch self {
    case .join: return TextFunction.join(arguments, &scratch)
    case .format: return Format.evaluate(arguments[0], arguments[1], &scratch)
    default: return nil
    }
  }

  private static func matches(
    _ text: Value, _ pattern: Value, _ scratch: inout Scratch
  ) -> Value {
    // Compiling costs far more than matching the same bytes.
    scratch.cost -= Int(pattern.length) * 16
    guard scratch.cost >= 0 else { return .unknown(.cost) }
    let compiled = scratch.patterns.thing(for: pattern.bytes) { bytes in
      if case .success(let compiled) = Regex.compile(bytes, .fromData) { compiled } else { nil }
    }
    guard let compiled else { return .unknown(.malformed) }
    return scratch.search(text, for: compiled.handle)
  }

  private static func character(at index: Int, of text: Value) -> Value {
    guard let start = Text.offset(ofScalar: index, in: text.bytes) else {
      return .unknown(.outOfRange)
    }
    guard start < text.length else { return text.part(start..<start) }
    return text.part(start..<start + Text.length(ofScalarAt: start, in: text.bytes))
  }

  private static func index(
    of part: Value, in text: UnsafeRawBufferPointer, from index: Int?
  ) -> Value {
    guard let start = Text.offset(ofScalar: index ?? 0, in: text) else {
      return .unknown(.outOfRange)
    }
    guard let found = find(part.bytes, in: text, from: start) else { return .int(-1) }
    return .int(Int64(Text.scalarCount(UnsafeRawBufferPointer(rebasing: text[..<found]))))
  }

  private static func lastIndex(
    of part: Value, in text: UnsafeRawBufferPointer, upTo index: Int?,
    _ scratch: inout Scratch
  ) -> Value {
    var last = text.count
    if let index {
      guard let offset = Text.offset(ofScalar: index, in: text) else {
        return .unknown(.outOfRange)
      }
      last = offset
    }
    var start = min(last, text.count - Int(part.length))
    while start >= 0 {
      // A text that nearly matches everywhere would make this quadratic.
      if part.length > 0, text[start] == part.bytes[0] { scratch.charge(bytesOf: part) }
      guard scratch.cost >= 0 else { return .unknown(.cost) }
      let piece = UnsafeRawBufferPointer(rebasing: text[start..<start + Int(part.length)])
      if areEqual(piece, part.bytes) {
        return .int(Int64(Text.scalarCount(UnsafeRawBufferPointer(rebasing: text[..<start]))))
      }
      start -= 1
    }
    return .int(-1)
  }

  /// Switches the case of the letters in a range.
  private static func mapASCII(
    _ text: UnsafeRawBufferPointer, _ letters: ClosedRange<Unicode.Scalar>,
    _ scratch: inout Scratch
  ) -> Value {
    let range = UInt8(ascii: letters.lowerBound)...UInt8(ascii: letters.upperBound)
    return scratch.makeText(capacity: text.count) { target in
      for (offset, byte) in text.enumerated() {
        target[offset] = range.contains(byte) ? byte ^ 0x20 : byte
      }
      return text.count
    }
  }

  private static func substring(of text: Value, from first: Int, to last: Int?) -> Value {
    guard let start = Text.offset(ofScalar: first, in: text.bytes) else {
      return .unknown(.outOfRange)
    }
    guard let last else { return text.part(start..<Int(text.length)) }
    guard let end = Text.offset(ofScalar: last, in: text.bytes), start <= end else {
      return .unknown(.outOfRange)
    }
    return text.part(start..<end)
  }

  private static func trim(_ text: Value) -> Value {
    let bytes = text.bytes
    var start = 0
    while start < bytes.count {
      let length = Text.blankLength(at: start, in: bytes)
      if length == 0 { break }
      start += length
    }
    var end = bytes.count
    while end > start {
      var last = end - 1
      while last > start, bytes[last] & 0xC0 == 0x80 { last -= 1 }
      guard Text.blankLength(at: last, in: bytes) == end - last else { break }
      end = last
    }
    return text.part(start..<end)
  }

  private static func reverse(_ text: UnsafeRawBufferPointer, _ scratch: inout Scratch) -> Value {
    scratch.makeText(capacity: text.count) { target in
      var offset = 0
      while offset < text.count {
        let length = Text.length(ofScalarAt: offset, in: text)
        for index in 0..<length {
          target[text.count - offset - length + index] = text[offset + index]
        }
        offset += length
      }
      return text.count
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{7}": result += "\\a"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{B}": result += "\\v"
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension Value {
  /// A part of a text, which shares its bytes.
  func part(_ range: Range<Int>) -> Value {
    Value(bits: bits + UInt64(range.lowerBound), length: UInt32(range.count), tag: .text)
  }
}
