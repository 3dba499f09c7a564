extension Type: CustomStringConvertible {
  /// The type as declarations write it, such as `map(string, list(int))`.
  public var description: String {
    switch self {
    case .dynamic: "dyn"
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .record(let record): record.description
    case .type(let type): "type(\(type))"
    case .optional(let type): "optional_type(\(type))"
    case .parameter(let name): name
    case .named(let name, let parameters):
      parameters.isEmpty
        ? name : name + "(" + parameters.map(\.description).joined(separator: ", ") + ")"
    case .wrapper(let type): "wrapper(\(type))"
    case .unknown: "unknown"
    }
  }

  /// The type as a person says it.
  var noun: String {
    switch self {
    case .int, .uint, .double: "a number"
    case .string: "a text"
    case .bool: "true or false"
    case .null: "null"
    case .bytes: "bytes"
    case .timestamp: "a time"
    case .duration: "a duration"
    case .list: "a list"
    case .map, .record: "a map"
    case .optional: "an optional"
    case .type: "a type"
    case .wrapper(let type): type.noun
    case .dynamic, .parameter, .unknown: "a value"
    case .named(let name, _): "a `\(name)`"
    }
  }

  /// Reads a declaration's type; absent if it is none.
  ///
  /// - Parameters:
  ///   - text: such as `map(string, dyn)`.
  ///   - parameters: the names that are type parameters.
  public init?(_ text: String, parameters: Set<String> = []) {
    var reader = TypeReader(rest: text[...].utf8, parameters: parameters)
    guard let type = reader.read(), reader.rest.isEmpty else { return nil }
    self = type
  }

  fileprivate static func primitive(_ name: String) -> Type? {
    switch name {
    case "dyn", "any", "google.protobuf.Any", "google.protobuf.Value": .dynamic
    case "null_type": .null
    case "bool": .bool
    case "int": .int
    case "uint": .uint
    case "double": .double
    case "string": .string
    case "bytes": .bytes
    case "timestamp", "google.protobuf.Timestamp": .timestamp
    case "duration", "google.protobuf.Duration": .duration
    case "google.protobuf.Struct": .map(.string, .dynamic)
    case "google.protobuf.ListValue": .list(.dynamic)
    case "google.protobuf.BoolValue": .wrapper(.bool)
    case "google.protobuf.BytesValue": .wrapper(.bytes)
    case "google.protobuf.StringValue": .wrapper(.string)
    case "google.protobuf.DoubleValue", "google.protobuf.FloatValue": .wrapper(.double)
    case "google.protobuf.Int32Value", "google.protobuf.Int64Value": .wrapper(.int)
    case "google.protobuf.UInt32Value", "google.protobuf.UInt64Value": .wrapper(.uint)
    default: nil
    }
  }
}

extension RecordType: CustomStringConvertible {
  /// The fields with their types; `?` marks those that may be missing, `…` that there are more.
  public var description: String {
    let parts = fields.map { field in
      "\(field.name)\(field.presence == .always ? "" : "?"): \(field.type)"
    }
    return "{" + (parts + (extent == .open ? ["…"] : [])).joined(separator: ", ") + "}"
  }
}

/// Takes the text of a type apart, from its front.
private struct TypeReader {
  var rest: Substring.UTF8View
  var parameters: Set<String>

  mutating func read() -> Type? {
    let bytes = rest.prefix(while: isPartOfName)
    guard let name = String(bytes), isName(name) else { return nil }
    rest = rest[bytes.endIndex...]
    var arguments: [Type] = []
    if rest.first == UInt8(ascii: "(") {
      repeat {
        rest = rest.dropFirst().drop { $0 == UInt8(ascii: " ") }
        guard let argument = read() else { return nil }
        arguments.append(argument)
      } while rest.first == UInt8(ascii: ",")
      guard rest.first == UInt8(ascii: ")") else { return nil }
      rest = rest.dropFirst()
    }
    return type(name, arguments)
  }

  private func isPartOfName(_ byte: UInt8) -> Bool {
    Lexer.continuesName(byte) || byte == UInt8(ascii: ".") || byte >= 0x80
  }

  private func isName(_ text: String) -> Bool {
    !text.isEmpty
      && (text.utf8.allSatisfy { $0 < 0x80 }
        || text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
  }

  private func type(_ name: String, _ arguments: [Type]) -> Type? {
    switch (name, arguments.count) {
    case ("list", 1): .list(arguments[0])
    case ("map", 2): .map(arguments[0], arguments[1])
    case ("type", 1): .type(arguments[0])
    case ("type", 0): .type(.dynamic)
    case ("optional_type", 1): .optional(arguments[0])
    case ("wrapper", 1): .wrapper(arguments[0])
    case (_, 0):
      parameters.contains(name) ? .parameter(name) : Type.primitive(name) ?? .named(name, [])
    default: .named(name, arguments)
    }
  }
}
