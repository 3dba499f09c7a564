internal import CEL
private import Glibc

extension RegraFunctions {
  /// `one_of(x, list)`: whether `x` is in the list, as `x in list`; a list or map is never.
  static let oneOf = Function(
    "one_of", [Function.Overload(id: "one_of", [.dynamic, .list(.dynamic)], .bool)]
  ) { arguments, scratch in
    let (item, list) = (arguments[0], arguments[1])
    if !list.isOnTape {
      guard let elements = UnsafePointer<Value>(bitPattern: UInt(list.bits)) else {
        return .bool(false)
      }
      for index in 0..<Int(list.length) where ScalarEquality.holds(item, elements[index]) {
        return .bool(true)
      }
      return .bool(false)
    }
    guard let document = scratch.document else { return .bool(false) }
    var position = Int(list.bits) + 1
    for _ in 0..<Int(list.length) {
      if ScalarEquality.holds(item, document.value(at: position)) { return .bool(true) }
      position = document.end(of: position)
    }
    return .bool(false)
  }
}

/// `==` of CEL for all but lists and maps: numbers by their value, whatever their type.
enum ScalarEquality {
  static func holds(_ first: Value, _ second: Value) -> Bool {
    guard first.tag == second.tag else { return holdsForNumbers(first, second) }
    switch first.tag {
    case .null: return true
    case .double: return first.double == second.double
    case .bool, .int, .uint, .duration, .type: return first.bits == second.bits
    case .timestamp: return first.bits == second.bits && first.length == second.length
    case .text, .bytes: return holdsForBytes(first.bytes, second.bytes)
    default: return false
    }
  }

  private static func holdsForBytes(
    _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
  ) -> Bool {
    guard first.count == second.count else { return false }
    guard let left = first.baseAddress, let right = second.baseAddress else { return true }
    return memcmp(left, right, first.count) == 0
  }

  private static func holdsForNumbers(_ first: Value, _ second: Value) -> Bool {
    switch (first.tag, second.tag) {
    case (.int, .uint): first.int >= 0 && first.bits == second.bits
    case (.uint, .int): second.int >= 0 && first.bits == second.bits
    case (.int, .double): Double(first.int) == second.double
    case (.double, .int): first.double == Double(second.int)
    case (.uint, .double): Double(first.bits) == second.double
    case (.double, .uint): first.double == Double(second.bits)
    default: false
    }
  }
}
