extension Literal: CustomStringConvertible {
  /// CEL source text for the value.
  public var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)u"
    case .double(let value): Literal.source(of: value)
    case .string(let text): Literal.quoted(text)
    case .bytes(let bytes): Literal.quoted(bytes)
    case .list(let elements): "[" + elements.map(\.description).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    case .timestamp(let seconds, let nanoseconds):
      "timestamp(\"" + TimeText.timestamp(seconds: seconds, nanoseconds: nanoseconds) + "\")"
    case .duration(let nanoseconds): "duration(\"" + TimeText.duration(nanoseconds) + "\")"
    case .type(let name): name
    case .optional(let value): value.map { "optional.of(\($0))" } ?? "optional.none()"
    }
  }

  private static func source(of value: Double) -> String {
    if value.isNaN { return "double(\"NaN\")" }
    if value.isInfinite { return value < 0 ? "double(\"-Infinity\")" : "double(\"Infinity\")" }
    return "\(value)"
  }

  /// The text between double quotes, with escapes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<" ", "\u{7F}": result += escape(UInt8(scalar.value))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    let text = bytes.map { byte in
      byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        ? escape(byte) : String(Unicode.Scalar(byte))
    }
    return "b\"" + text.joined() + "\""
  }

  private static func escape(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
