extension Literal {
  /// The value form, in memory that `allocate` gives.
  func value(_ allocate: (Int) -> UnsafeMutableRawPointer) -> Value {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .uint(let value): .uint(value)
    case .double(let value): .double(value)
    case .string(let text): Literal.value(of: text.utf8, .text, allocate)
    case .bytes(let bytes): Literal.value(of: bytes, .bytes, allocate)
    case .list(let elements): Literal.value(of: elements, count: elements.count, .list, allocate)
    case .map(let entries):
      Literal.value(
        of: entries.flatMap { [$0.key, $0.value] }, count: entries.count, .map, allocate)
    case .timestamp(let seconds, let nanoseconds):
      .timestamp(seconds: seconds, nanoseconds: nanoseconds)
    case .duration(let nanoseconds): .duration(nanoseconds: nanoseconds)
    case .type(let name):
      Value(bits: UInt64(TypeNames.all.firstIndex(of: name) ?? 0), tag: .type)
    case .optional(nil): Value(bits: 0, tag: .optional)
    case .optional(.some(let inner)):
      Literal.value(of: [inner], count: 1, .optional, allocate)
    }
  }

  private static func value(
    of bytes: some Collection<UInt8>, _ tag: Value.Tag,
    _ allocate: (Int) -> UnsafeMutableRawPointer
  ) -> Value {
    let address = allocate(bytes.count)
    let target = UnsafeMutableRawBufferPointer(start: address, count: bytes.count)
    if bytes.withContiguousStorageIfAvailable({ target.copyMemory(from: .init($0)) }) == nil {
      target.copyBytes(from: bytes)
    }
    return Value(
      bits: UInt64(UInt(bitPattern: address)), length: UInt32(bytes.count), tag: tag)
  }

  private static func value(
    of parts: [Literal], count: Int, _ tag: Value.Tag,
    _ allocate: (Int) -> UnsafeMutableRawPointer
  ) -> Value {
    let address = allocate(parts.count * MemoryLayout<Value>.stride)
    let values = address.bindMemory(to: Value.self, capacity: parts.count)
    for (index, part) in parts.enumerated() { values[index] = part.value(allocate) }
    return Value(
      bits: UInt64(UInt(bitPattern: address)), length: UInt32(count), tag: tag)
  }
}
