extension MathFunction {
  func evaluate(_ arguments: UnsafeBufferPointer<Value>, _ scratch: inout Scratch) -> Value {
    let first = arguments[0]
    switch self {
    case .greatest: return MathFunction.extremum(arguments, &scratch) { $0 > 0 }
    case .least: return MathFunction.extremum(arguments, &scratch) { $0 < 0 }
    case .ceil: return first.mapDouble { $0.rounded(.up) }
    case .floor: return first.mapDouble { $0.rounded(.down) }
    case .round: return first.mapDouble { $0.rounded(.toNearestOrAwayFromZero) }
    case .trunc: return first.mapDouble { $0.rounded(.towardZero) }
    case .abs: return MathFunction.abs(first)
    case .sign: return MathFunction.sign(first)
    case .sqrt: return first.isNumber ? .double(first.asDouble.squareRoot()) : .noOverload(first)
    case .isNaN: return first.tag == .double ? .bool(first.double.isNaN) : .noOverload(first)
    case .isInf:
      return first.tag == .double ? .bool(first.double.isInfinite) : .noOverload(first)
    case .isFinite:
      return first.tag == .double ? .bool(first.double.isFinite) : .noOverload(first)
    case .bitAnd, .bitOr, .bitXor: return combineBits(first, arguments[1])
    case .bitNot:
      guard first.tag == .int || first.tag == .uint else { return .noOverload(first) }
      return Value(bits: ~first.bits, tag: first.tag)
    case .bitShiftLeft, .bitShiftRight: return shift(first, by: arguments[1])
    }
  }

  private static func extremum(
    _ arguments: UnsafeBufferPointer<Value>, _ scratch: inout Scratch,
    isBetter: (Int) -> Bool
  ) -> Value {
    guard arguments.count == 1, arguments[0].tag == .list else {
      return extremum(of: Array(arguments), isBetter: isBetter)
    }
    scratch.cost -= Int(arguments[0].length)
    return extremum(of: scratch.elements(of: arguments[0]), isBetter: isBetter)
  }

  private static func extremum(of numbers: [Value], isBetter: (Int) -> Bool) -> Value {
    guard var best = numbers.first else { return .unknown(.wrongType, found: .list) }
    for number in numbers {
      guard number.isNumber else { return number.isUnknown ? number : .noOverload(number) }
      if let order = compareNumbers(number, best), isBetter(order) { best = number }
    }
    return best
  }

  private static func abs(_ value: Value) -> Value {
    switch value.tag {
    case .int: value.int == .min ? .unknown(.overflow) : .int(Swift.abs(value.int))
    case .uint: value
    case .double: .double(Swift.abs(value.double))
    default: .noOverload(value)
    }
  }

  private static func sign(_ value: Value) -> Value {
    switch value.tag {
    case .int: return .int(value.int.signum())
    case .uint: return .uint(value.bits == 0 ? 0 : 1)
    case .double:
      if value.double.isNaN || value.double == 0 { return value }
      return .double(value.double < 0 ? -1 : 1)
    default: return .noOverload(value)
    }
  }

  private func combineBits(_ first: Value, _ second: Value) -> Value {
    guard first.tag == .int || first.tag == .uint else { return .noOverload(first) }
    guard second.tag == first.tag else { return .noOverload(second) }
    let bits =
      switch self {
      case .bitAnd: first.bits & second.bits
      case .bitOr: first.bits | second.bits
      default: first.bits ^ second.bits
      }
    return Value(bits: bits, tag: first.tag)
  }

  /// Shifts bits in and out as if the number had no sign.
  private func shift(_ value: Value, by offset: Value) -> Value {
    guard value.tag == .int || value.tag == .uint else { return .noOverload(value) }
    guard offset.tag == .int else { return .noOverload(offset) }
    guard offset.int >= 0 else { return .unknown(.outOfRange) }
    let count = min(offset.int, 64)
    let bits = self == .bitShiftLeft ? value.bits << count : value.bits >> count
    return Value(bits: bits, tag: value.tag)
  }
}

extension Value {
  fileprivate func mapDouble(_ change: (Double) -> Double) -> Value {
    tag == .double ? .double(change(double)) : .noOverload(self)
  }
}
