/// The functions that make a value of one type from one of another.
enum Conversion {
  static func bool(_ value: Value) -> Value {
    switch value.tag {
    case .bool: return value
    case .text:
      switch String(decoding: value.bytes, as: UTF8.self) {
      case "1", "t", "true", "TRUE", "True": return .bool(true)
      case "0", "f", "false", "FALSE", "False": return .bool(false)
      default: return .unknown(.malformed)
      }
    default: return .noOverload(value)
    }
  }

  static func bytes(_ value: Value) -> Value {
    switch value.tag {
    case .bytes where !value.isAddress: value
    case .text: Value(bits: value.bits, length: value.length, tag: .bytes)
    default: .noOverload(value)
    }
  }

  static func double(_ value: Value) -> Value {
    switch value.tag {
    case .double: value
    case .int, .uint: .double(value.asDouble)
    case .text: NumberText.double(value.bytes).map { .double($0) } ?? .unknown(.malformed)
    default: .noOverload(value)
    }
  }

  /// The nearest number of single precision.
  static func single(_ value: Value) -> Value {
    value.tag == .double ? .double(Double(Float(value.double))) : .noOverload(value)
  }

  static func int(_ value: Value) -> Value {
    switch value.tag {
    case .int: value
    case .uint: value.bits <= UInt64(Int64.max) ? .int(Int64(value.bits)) : .unknown(.overflow)
    case .double:
      // The bound itself is excluded: a double there may stand for any near number.
      value.double > -0x1p63 && value.double < 0x1p63
        ? .int(Int64(value.double)) : .unknown(.overflow)
    case .text: NumberText.int(value.bytes).map { .int($0) } ?? .unknown(.malformed)
    case .timestamp: .int(value.int)
    case .duration: .int(value.int / 1_000_000_000)
    default: .noOverload(value)
    }
  }

  static func uint(_ value: Value) -> Value {
    switch value.tag {
    case .uint: value
    case .int: value.int >= 0 ? .uint(value.bits) : .unknown(.overflow)
    case .double:
      value.double >= 0 && value.double < 0x1p64
        ? .uint(UInt64(value.double)) : .unknown(.overflow)
    case .text: NumberText.uint(value.bytes).map { .uint($0) } ?? .unknown(.malformed)
    default: .noOverload(value)
    }
  }

  static func string(_ value: Value, _ scratch: inout Scratch) -> Value {
    switch value.tag {
    case .text: return value
    case .bool: return scratch.makeText(value.bits == 1 ? "true" : "false")
    case .int, .uint, .double:
      return scratch.makeText(capacity: NumberText.capacity) { NumberText.write(value, to: $0) }
    case .bytes:
      if value.isAddress { return scratch.makeText(Address(value).description) }
      scratch.cost -= Int(value.length)
      return Text.isUTF8(value.bytes)
        ? Value(bits: value.bits, length: value.length, tag: .text) : .unknown(.malformed)
    case .timestamp:
      return scratch.makeText(
        TimeText.timestamp(seconds: value.int, nanoseconds: value.length))
    case .duration: return scratch.makeText(TimeText.duration(value.int))
    default: return .noOverload(value)
    }
  }

  static func timestamp(_ value: Value) -> Value {
    switch value.tag {
    case .timestamp: value
    case .int:
      Value.secondsOfTime.contains(value.int)
        ? .timestamp(seconds: value.int, nanoseconds: 0) : .unknown(.overflow)
    case .text: TimeReader.timestamp(value.bytes)
    default: .noOverload(value)
    }
  }

  static func duration(_ value: Value) -> Value {
    switch value.tag {
    case .duration: value
    case .text: TimeReader.duration(value.bytes)
    default: .noOverload(value)
    }
  }
}

extension Scratch {
  /// A text with the bytes of a String.
  mutating func makeText(_ text: String) -> Value {
    var text = text
    return text.withUTF8 { source in
      makeText(capacity: source.count) { target in
        target.copyBytes(from: source)
        return source.count
      }
    }
  }

  /// A text with a copy of some bytes, which are UTF-8.
  mutating func makeText(_ bytes: [UInt8]) -> Value {
    makeText(capacity: bytes.count) { target in
      target.copyBytes(from: bytes)
      return bytes.count
    }
  }
}
