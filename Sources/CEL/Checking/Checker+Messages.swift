extension Checker {
  /// The messages that wrap plain values are those values; others are unknown.
  ///
  /// Those that narrow their value stay messages, and so do those with a field they lack.
  mutating func checkMessage(
    _ expression: Expression, _ name: String, _ fields: [Expression.MessageField]
  ) -> Expression {
    let known = candidates(for: name).first { Checker.wrappers[$0] != nil }
    let checked = fields.map { field in
      Expression.MessageField(field.name, check(field.plainValue(without: known)))
    }
    guard let known, let (zero, type) = Checker.wrappers[known], fields.count <= 1 else {
      report(.unknownMessage(name, at: expression.range))
      return expression.checked(.reference(.unbound(name)), as: .unknown)
    }
    guard let field = checked.first else {
      return Message(rawValue: known) == .any
        ? expression.checked(.message(known, fields: []), as: type)
        : expression.checked(.literal(zero), as: type)
    }
    guard Checker.fields(of: known).contains(field.name) else {
      report(.noField(field.name, of: name, at: expression.range))
      return expression.checked(.message(known, fields: checked), as: .unknown)
    }
    return Message(rawValue: known) == nil
      ? expression.checked(field.value.kind, as: type)
      : expression.checked(.message(known, fields: checked), as: type)
  }

  private static func fields(of message: String) -> [String] {
    switch message {
    case "google.protobuf.Struct": ["fields"]
    case "google.protobuf.ListValue": ["values"]
    case "google.protobuf.Value":
      ["null_value", "number_value", "string_value", "bool_value", "struct_value", "list_value"]
    case "google.protobuf.Any": []
    default: ["value"]
    }
  }

  /// What each message is without its field, and what it is to the type checker.
  fileprivate static let wrappers: [String: (Literal, Type)] = [
    "google.protobuf.BoolValue": (.bool(false), .wrapper(.bool)),
    "google.protobuf.BytesValue": (.bytes([]), .wrapper(.bytes)),
    "google.protobuf.DoubleValue": (.double(0), .wrapper(.double)),
    "google.protobuf.FloatValue": (.double(0), .wrapper(.double)),
    "google.protobuf.Int32Value": (.int(0), .wrapper(.int)),
    "google.protobuf.Int64Value": (.int(0), .wrapper(.int)),
    "google.protobuf.StringValue": (.string(""), .wrapper(.string)),
    "google.protobuf.UInt32Value": (.uint(0), .wrapper(.uint)),
    "google.protobuf.UInt64Value": (.uint(0), .wrapper(.uint)),
    "google.protobuf.Struct": (.map([]), .map(.string, .dynamic)),
    "google.protobuf.ListValue": (.list([]), .list(.dynamic)),
    "google.protobuf.Value": (.null, .dynamic),
    "google.protobuf.Any": (.null, .dynamic),
  ]
}

/// The messages whose values are computed; all other wrappers are the value in them.
enum Message: String {
  /// Holds numbers of single precision.
  case float = "google.protobuf.FloatValue"
  /// These two hold 32 bits.
  case int32 = "google.protobuf.Int32Value"
  case uint32 = "google.protobuf.UInt32Value"
  /// Holds nothing that could be unpacked here.
  case any = "google.protobuf.Any"
}

extension Expression.MessageField {
  /// The value; of `?field: x` what the message has without the field, where `x` is none.
  fileprivate func plainValue(without message: String?) -> Expression {
    guard isOptional, let (zero, _) = message.flatMap({ Checker.wrappers[$0] }) else {
      return value
    }
    let absent = Expression(.literal(zero), value.range)
    return Expression(
      .call("orValue", target: value, arguments: [absent]), value.range)
  }
}

extension Issue {
  fileprivate static func unknownMessage(_ name: String, at range: Range<Int>) -> Issue {
    Issue(.unknownName, "unknown message type `\(name)`", at: range)
  }

  fileprivate static func noField(
    _ field: String, of message: String, at range: Range<Int>
  ) -> Issue {
    Issue(.wrongType, "`\(message)` has no field `\(field)`", at: range)
  }
}
