/// A function from outside, with what its arguments may be at run time.
struct ExternalFunction: Sendable {
  var name: String
  var body: Function.Body
  /// For each overload, for each parameter, the tags it takes as a bit set.
  var tags: [[UInt32]]

  init(_ function: Function, isMember: Bool, argumentCount: Int) {
    name = function.name
    body = function.body
    tags = function.overloads
      .filter { $0.isMember == isMember && $0.parameters.count == argumentCount }
      .map { $0.parameters.map(\.tags) }
  }

  func accepts(_ arguments: UnsafeBufferPointer<Value>) -> Bool {
    tags.contains { overload in
      overload.count == arguments.count
        && overload.indices.allSatisfy { overload[$0] & arguments[$0].tag.bit != 0 }
    }
  }
}

extension Value.Tag {
  fileprivate var bit: UInt32 { 1 << UInt32(rawValue) }
}

extension Type {
  /// The tags of its values, as a bit set.
  fileprivate var tags: UInt32 {
    switch self {
    case .null: Value.Tag.null.bit
    case .bool: Value.Tag.bool.bit
    case .int: Value.Tag.int.bit
    case .uint: Value.Tag.uint.bit
    case .double: Value.Tag.double.bit
    case .string: Value.Tag.text.bit
    case .bytes: Value.Tag.bytes.bit
    case .list: Value.Tag.list.bit
    case .map, .record: Value.Tag.map.bit
    case .timestamp: Value.Tag.timestamp.bit
    case .duration: Value.Tag.duration.bit
    case .type: Value.Tag.type.bit
    case .optional: Value.Tag.optional.bit
    case .wrapper(let inner): inner.tags | Value.Tag.null.bit
    case .dynamic, .parameter, .named, .unknown: .max
    }
  }
}
