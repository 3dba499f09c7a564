/// The working memory of one thread.
///
/// It holds the current document and an arena for values that expressions make. Reset it
/// between events: every value made since then is gone.
public struct Scratch: ~Copyable {
  /// What values on the tape refer to.
  public var document: Document?
  /// Work allowed for one evaluation, in elements and bytes touched.
  public var costLimit: Int

  /// What is left of the limit; negative once it was exceeded.
  var cost: Int
  var arena = Arena()
  /// Patterns that are no constants, and zones, by name: both bounded.
  var patterns = RecentlyUsed<Regex>(limit: 64)
  var zones = RecentlyUsed<ZoneRules>(limit: 64)
  var stack = OperandStack()

  /// An empty arena.
  public init(costLimit: Int = 1_000_000) {
    self.costLimit = costLimit
    cost = costLimit
  }

  /// The memory that values took since it was last given back, in bytes.
  package var heldByteCount: Int { arena.heldByteCount }

  /// Forgets every value made since the last reset; keeps the memory.
  public mutating func reset() { arena.reset() }
}

extension Scratch {
  /// Room for a text of at most `capacity` bytes, which `body` writes; it returns the count.
  public mutating func makeText(
    capacity: Int, _ body: (UnsafeMutableRawBufferPointer) -> Int
  ) -> Value {
    let address = arena.allocate(capacity)
    let count = body(UnsafeMutableRawBufferPointer(start: address, count: capacity))
    arena.shrinkLast(from: capacity, to: count)
    return Value(bits: UInt64(UInt(bitPattern: address)), length: UInt32(count), tag: .text)
  }

  /// A list of these elements.
  public mutating func makeList(_ elements: [Value]) -> Value {
    let memory = allocateValues(elements.count)
    for (index, element) in elements.enumerated() { memory[index] = element }
    return .list(memory, count: elements.count)
  }

  /// A map of these entries, keys in the order given.
  public mutating func makeMap(_ entries: [(key: Value, value: Value)]) -> Value {
    let memory = allocateValues(entries.count * 2)
    for (index, entry) in entries.enumerated() {
      memory[index * 2] = entry.key
      memory[index * 2 + 1] = entry.value
    }
    return .map(memory, count: entries.count)
  }

  /// The value that a literal describes.
  public mutating func makeValue(_ literal: Literal) -> Value {
    literal.value { arena.allocate($0) }
  }

  /// An optional that holds a value.
  mutating func makeOptional(_ value: Value) -> Value {
    let memory = allocateValues(1)
    memory[0] = value
    return Value(bits: UInt64(UInt(bitPattern: memory)), tag: .optional)
  }

  mutating func allocateValues(_ count: Int) -> UnsafeMutablePointer<Value> {
    arena.allocate(count * MemoryLayout<Value>.stride)
      .bindMemory(to: Value.self, capacity: count)
  }

  /// The elements of a list, wherever it stands.
  public func elements(of list: Value) -> [Value] {
    var elements = Elements(of: list, in: document)
    var result: [Value] = []
    while let element = elements.next() { result.append(element.value) }
    return result
  }

  /// The entries of a map, wherever it stands.
  public func entries(of map: Value) -> [(key: Value, value: Value)] {
    var elements = Elements(of: map, in: document)
    var result: [(key: Value, value: Value)] = []
    while let entry = elements.next() { result.append(entry) }
    return result
  }

  /// The owned form of a value; a text for an Internet address.
  ///
  /// Absent for an unknown, and for a value that an expression made of so many references to
  /// the same parts that a copy of each would not fit: the limit is about four million parts.
  public func literal(of value: Value) -> Literal? {
    // What stands in the document is no larger than the document.
    let isBounded = value.tag == .list || value.tag == .map ? value.isOnTape : true
    var left = isBounded ? Int.max : Scratch.partLimit
    return literal(of: value, &left)
  }

  /// How many parts, or times sixteen bytes, an owned value may have.
  static let partLimit = 1 << 22

  private func literal(of value: Value, _ left: inout Int) -> Literal? {
    left -= 1 + (value.tag == .text || value.tag == .bytes ? Int(value.length) / 16 : 0)
    guard left >= 0 else { return nil }
    switch value.tag {
    case .null: return .null
    case .bool: return .bool(value.bits == 1)
    case .int: return .int(value.int)
    case .uint: return .uint(value.bits)
    case .double: return .double(value.double)
    case .text: return .string(String(decoding: value.bytes, as: UTF8.self))
    case .bytes:
      return value.isAddress
        ? .string(Address(value).description) : .bytes(Array(value.bytes))
    case .timestamp: return .timestamp(seconds: value.int, nanoseconds: value.length)
    case .duration: return .duration(nanoseconds: value.int)
    case .type: return .type(TypeNames.all[Int(value.bits)])
    case .optional:
      guard let inner = value.pointee else { return .optional(nil) }
      return literal(of: inner, &left).map { .optional($0) }
    case .list:
      var parts: [Literal] = []
      for element in elements(of: value) {
        guard let part = literal(of: element, &left) else { return nil }
        parts.append(part)
      }
      return .list(parts)
    case .map:
      var parts: [(key: Literal, value: Literal)] = []
      for entry in entries(of: value) {
        guard let key = literal(of: entry.key, &left),
          let value = literal(of: entry.value, &left)
        else { return nil }
        parts.append((key, value))
      }
      return .map(parts)
    case .missing, .unknown: return nil
    }
  }
}

extension Value {
  static func list(_ memory: UnsafePointer<Value>, count: Int) -> Value {
    Value(bits: UInt64(UInt(bitPattern: memory)), length: UInt32(count), tag: .list)
  }

  static func map(_ memory: UnsafePointer<Value>, count: Int) -> Value {
    Value(bits: UInt64(UInt(bitPattern: memory)), length: UInt32(count), tag: .map)
  }
}
