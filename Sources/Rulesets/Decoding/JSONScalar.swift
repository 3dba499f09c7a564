internal import CEL

/// Reads a plain scalar as JSON would, and as text where JSON would not read it.
func literal(ofPlain text: String) -> Literal {
  switch text {
  case "true": .bool(true)
  case "false": .bool(false)
  case "null": .null
  default: jsonNumber(text) ?? .string(text)
  }
}

/// A JSON number: int without `.`, `e` and `E` and within Int64, otherwise double.
private func jsonNumber(_ text: String) -> Literal? {
  guard let start = text.utf8.first, isDigit(start) || start == UInt8(ascii: "-") else {
    return nil
  }
  var rest = Array(text.utf8)[...]
  if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
  let integer = rest.prefix { isDigit($0) }
  guard let first = integer.first, first != UInt8(ascii: "0") || integer.count == 1 else {
    return nil
  }
  rest.removeFirst(integer.count)
  if rest.isEmpty, let value = Int64(text) { return .int(value) }
  if rest.first == UInt8(ascii: ".") {
    rest.removeFirst()
    guard removeDigits(from: &rest) else { return nil }
  }
  if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
    rest.removeFirst()
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      rest.removeFirst()
    }
    guard removeDigits(from: &rest) else { return nil }
  }
  guard rest.isEmpty, let value = Double(text), value.isFinite else { return nil }
  return .double(value)
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

/// Removes leading digits; false where there are none.
private func removeDigits(from bytes: inout ArraySlice<UInt8>) -> Bool {
  let count = bytes.prefix { isDigit($0) }.count
  bytes.removeFirst(count)
  return count > 0
}
