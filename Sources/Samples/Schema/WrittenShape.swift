/// How dates, numbers and uuids are written.
enum WrittenShape {
  /// Which way of writing times it is.
  static func time(_ text: UnsafeRawBufferPointer) -> TextShape? {
    if matches(text, "dddd-dd-dd") {
      guard text.count > 10 else { return .date }
      guard matches(UnsafeRawBufferPointer(rebasing: text[11...]), "dd:dd") else { return nil }
      let rest = text[16...]
      let hasOffset = rest.contains {
        $0 == UInt8(ascii: "Z") || $0 == UInt8(ascii: "z") || $0 == UInt8(ascii: "+")
          || $0 == UInt8(ascii: "-")
      }
      return hasOffset ? .moment : .localMoment
    }
    if matches(text, "dd/dd/dddd"), text.count == 10 || text.count >= 15 { return .slashedDate }
    return nil
  }

  /// Whether a text starts with signs of a form in which `d` is any digit.
  private static func matches(_ text: UnsafeRawBufferPointer, _ form: StaticString) -> Bool {
    guard text.count >= form.utf8CodeUnitCount else { return false }
    for place in 0..<form.utf8CodeUnitCount {
      let sign = form.utf8Start[place]
      let isFit = sign == UInt8(ascii: "d") ? isDigit(text[place]) : text[place] == sign
      guard isFit else { return false }
    }
    return true
  }

  static func isUUID(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count == 36 else { return false }
    for (place, byte) in text.enumerated() {
      let isDash = place == 8 || place == 13 || place == 18 || place == 23
      guard isDash ? byte == UInt8(ascii: "-") : isHexadecimal(byte) else { return false }
    }
    return true
  }

  /// As JSON writes numbers.
  static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let whole = rest.prefix { isDigit($0) }
    guard let first = whole.first, first != UInt8(ascii: "0") || whole.count == 1 else {
      return false
    }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { isDigit($0) }
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(1 + fraction.count)
    }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      let exponent = rest.prefix { isDigit($0) }
      guard !exponent.isEmpty else { return false }
      rest = rest.dropFirst(exponent.count)
    }
    return rest.isEmpty
  }

  /// Digits in groups of three parted by points, and two behind a comma.
  static func isLocalNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let comma = text.lastIndex(of: UInt8(ascii: ",")), comma > 0 else { return false }
    let fraction = text[(comma + 1)...]
    return (1...2).contains(fraction.count) && fraction.allSatisfy { isDigit($0) }
      && text[..<comma].allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return isDigit(byte) || letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "f")
  }
}
