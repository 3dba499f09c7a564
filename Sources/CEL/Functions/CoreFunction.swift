extension CoreFunction {
  func evaluate(_ arguments: UnsafeBufferPointer<Value>, _ scratch: inout Scratch) -> Value {
    guard let first = arguments.first else { return Value(bits: 0, tag: .optional) }
    if isConversion, first.tag == .text {
      scratch.charge(bytesOf: first)
      guard scratch.cost >= 0 else { return .unknown(.cost) }
    }
    switch self {
    case .size: return CoreFunction.size(of: first, &scratch)
    case .type: return CoreFunction.type(of: first)
    case .toBool: return Conversion.bool(first)
    case .toBytes: return Conversion.bytes(first)
    case .toDouble: return Conversion.double(first)
    case .toDuration: return Conversion.duration(first)
    case .toInt: return Conversion.int(first)
    case .toString: return Conversion.string(first, &scratch)
    case .toTimestamp: return Conversion.timestamp(first)
    case .toUint: return Conversion.uint(first)
    case .base64Encode: return Base64.encode(first, &scratch)
    case .base64Decode: return Base64.decode(first, &scratch)
    case .optionalOf: return scratch.makeOptional(first)
    case .optionalNone: return Value(bits: 0, tag: .optional)
    case .optionalOfNonZeroValue:
      return first.isZero ? Value(bits: 0, tag: .optional) : scratch.makeOptional(first)
    case .hasValue:
      return first.tag == .optional ? .bool(first.bits != 0) : .noOverload(first)
    case .value:
      guard first.tag == .optional else { return .noOverload(first) }
      return first.pointee ?? .unknown(.noValue)
    case .toSingle: return Conversion.single(first)
    case .toInt32:
      return first.tag == .int
        ? Int32(exactly: first.int) == nil ? .unknown(.overflow) : first : .noOverload(first)
    case .toUint32:
      return first.tag == .uint
        ? UInt32(exactly: first.bits) == nil ? .unknown(.overflow) : first : .noOverload(first)
    case .dyn, .or, .orValue, .present, .known: return first
    }
  }

  /// Whether it reads a text to its end.
  private var isConversion: Bool {
    switch self {
    case .toBool, .toDouble, .toDuration, .toInt, .toTimestamp, .toUint: true
    case .size, .type, .dyn, .toBytes, .toString, .toSingle, .toInt32, .toUint32, .base64Encode,
      .base64Decode, .optionalOf,
      .optionalNone, .optionalOfNonZeroValue, .hasValue, .value, .or, .orValue, .present, .known:
      false
    }
  }

  private static func size(of value: Value, _ scratch: inout Scratch) -> Value {
    switch value.tag {
    case .text:
      scratch.cost -= Int(value.length)
      return .int(Int64(Text.scalarCount(value.bytes)))
    case .bytes where !value.isAddress: return .int(Int64(value.length))
    case .list, .map: return .int(Int64(value.length))
    default: return .noOverload(value)
    }
  }

  private static func type(of value: Value) -> Value {
    let name: String
    switch value.tag {
    case .null: name = "null_type"
    case .bool: name = "bool"
    case .int: name = "int"
    case .uint: name = "uint"
    case .double: name = "double"
    case .text: name = "string"
    case .bytes:
      name =
        value.isAddress ? (Address(value).prefixLength == nil ? "net.IP" : "net.CIDR") : "bytes"
    case .list: name = "list"
    case .map: name = "map"
    case .timestamp: name = "google.protobuf.Timestamp"
    case .duration: name = "google.protobuf.Duration"
    case .type: name = "type"
    case .optional: name = "optional_type"
    case .missing, .unknown: return value
    }
    return Value(bits: UInt64(TypeNames.all.firstIndex(of: name) ?? 0), tag: .type)
  }
}

extension Value {
  /// No overload of a function takes this value.
  static func noOverload(_ value: Value) -> Value { .unknown(.wrongType, found: value.tag) }

  /// Whether it is null, false, zero or empty.
  fileprivate var isZero: Bool {
    switch tag {
    case .null: true
    case .bool, .int, .uint, .duration: bits == 0
    case .double: double == 0
    case .text, .bytes, .list, .map: length == 0
    case .optional: false
    case .timestamp: bits == 0 && length == 0
    case .missing, .type, .unknown: false
    }
  }
}
