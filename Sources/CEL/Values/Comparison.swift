/// Equality and order of values, as CEL defines them at run time.
extension Scratch {
  /// `==`: numbers by their value, lists and maps by their parts, never an error.
  mutating func areEqual(_ first: Value, _ second: Value) -> Bool {
    if first.tag == second.tag { return areEqualOfOneTag(first, second) }
    if first.isNumber, second.isNumber { return compareNumbers(first, second) == 0 }
    return false
  }

  private mutating func areEqualOfOneTag(_ first: Value, _ second: Value) -> Bool {
    switch first.tag {
    case .null: return true
    case .bool, .int, .uint, .type, .duration: return first.bits == second.bits
    case .double: return first.double == second.double
    case .text: return haveEqualBytes(first, second)
    case .bytes: return first.reason == second.reason && haveEqualBytes(first, second)
    case .timestamp: return first.bits == second.bits && first.length == second.length
    case .list: return areEqualLists(first, second)
    case .map: return areEqualMaps(first, second)
    case .optional:
      guard let left = first.pointee, let right = second.pointee else {
        return first.bits == second.bits
      }
      return areEqual(left, right)
    case .missing, .unknown: return false
    }
  }

  /// Whether two texts, or two runs of bytes, are the same.
  @inline(__always)
  mutating func haveEqualBytes(_ first: Value, _ second: Value) -> Bool {
    guard first.length == second.length else { return false }
    charge(bytesOf: first)
    return CEL.areEqual(first.bytes, second.bytes)
  }

  /// Pays for touching all bytes of a text; a short one costs what any value costs.
  @inline(__always)
  mutating func charge(bytesOf text: Value) {
    if text.length > Scratch.freeByteCount { cost -= Int(text.length) }
  }

  /// Texts up to here are compared within a step that is paid for already.
  static let freeByteCount: UInt32 = 64

  private mutating func areEqualLists(_ first: Value, _ second: Value) -> Bool {
    guard first.length == second.length else { return false }
    var left = Elements(of: first, in: document)
    var right = Elements(of: second, in: document)
    while let one = left.next(), let other = right.next() {
      cost -= 1
      guard cost >= 0, areEqual(one.value, other.value) else { return false }
    }
    return true
  }

  private mutating func areEqualMaps(_ first: Value, _ second: Value) -> Bool {
    guard first.length == second.length else { return false }
    var left = Elements(of: first, in: document)
    while let entry = left.next() {
      guard cost >= 0, let other = value(of: entry.key, in: second),
        areEqual(entry.value, other)
      else {
        return false
      }
    }
    return true
  }

  /// The value of a key; numbers are the same key if they are equal.
  mutating func value(of key: Value, in map: Value) -> Value? {
    if map.isOnTape {
      guard key.tag == .text, let document else { return nil }
      cost -= Int(map.length)
      charge(bytesOf: key)
      return document.field(key.bytes, ofMapAt: Int(map.bits)).map { document.value(at: $0) }
    }
    var elements = Elements(of: map, in: document)
    while let entry = elements.next() {
      cost -= 1
      if cost < 0 { return nil }
      if areEqual(entry.key, key) { return entry.value }
    }
    return nil
  }

  /// `in`, for lists; absent over budget.
  mutating func contains(_ list: Value, _ item: Value) -> Bool {
    var elements = Elements(of: list, in: document)
    while let element = elements.next() {
      cost -= 1
      if cost < 0 { return false }
      if areEqual(element.value, item) { return true }
    }
    return false
  }
}

/// Negative, zero or positive as the first number is smaller, equal or larger; absent for NaN.
///
/// A whole number is made a double for comparison with one, unless the double lies outside the
/// range of its type.
func compareNumbers(_ first: Value, _ second: Value) -> Int? {
  switch (first.tag, second.tag) {
  case (.int, .int): order(first.int, second.int)
  case (.uint, .uint): order(first.bits, second.bits)
  case (.int, .uint): first.int < 0 ? -1 : order(first.bits, second.bits)
  case (.uint, .int): second.int < 0 ? 1 : order(first.bits, second.bits)
  case (.double, .double): order(first.double, second.double)
  case (.int, .double): order(Double(first.int), second.double)
  case (.double, .int): order(first.double, Double(second.int))
  case (.uint, .double): order(Double(first.bits), second.double)
  case (.double, .uint): order(first.double, Double(second.bits))
  default: nil
  }
}

private func order<Number: Comparable>(_ first: Number, _ second: Number) -> Int? {
  if first < second { return -1 }
  if first == second { return 0 }
  return first > second ? 1 : nil
}

/// How two values of a type with an order relate.
enum Order {
  case known(Int)
  /// One is NaN: every comparison is false.
  case unordered
  case noOverload
}

/// The order of two values.
func order(of first: Value, and second: Value) -> Order {
  if first.isNumber, second.isNumber {
    return compareNumbers(first, second).map { .known($0) } ?? .unordered
  }
  guard first.tag == second.tag else { return .noOverload }
  switch first.tag {
  case .bool: return .known(Int(first.bits) - Int(second.bits))
  case .text: return .known(compare(first.bytes, second.bytes))
  case .bytes:
    if first.isAddress || second.isAddress { return .noOverload }
    return .known(compare(first.bytes, second.bytes))
  case .duration:
    return .known(first.int < second.int ? -1 : first.int == second.int ? 0 : 1)
  case .timestamp:
    if first.int != second.int { return .known(first.int < second.int ? -1 : 1) }
    return .known(Int(first.length) - Int(second.length))
  case .missing, .null, .int, .uint, .double, .list, .map, .type, .optional, .unknown:
    return .noOverload
  }
}

extension Value {
  @inline(__always)
  var isNumber: Bool { tag == .int || tag == .double || tag == .uint }

  /// Whether bytes stand for an Internet address or a network.
  var isAddress: Bool { tag == .bytes && reason == 1 }

  /// What an optional holds.
  var pointee: Value? {
    UnsafePointer<Value>(bitPattern: UInt(bits))?.pointee
  }
}
