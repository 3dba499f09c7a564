extension Checker {
  /// The messages that wrap plain values are those values; others are unknown.
  mutating func checkMessage(
    _ expression: Expression, _ name: String, _ fields: [Expression.MessageField]
  ) -> Expression {
    let values = fields.map { check($0.value) }
    let known = candidates(for: name).first { Checker.wrappers[$0] != nil }
    guard let known, let (zero, type) = Checker.wrappers[known], fields.count <= 1 else {
      report(.unknownMessage(name, at: expression.range))
      return expression.checked(.reference(.unbound(name)), as: .unknown)
    }
    guard let value = values.first else { return expression.checked(.literal(zero), as: type) }
    return expression.checked(value.kind, as: type)
  }

  /// What each message is without its field, and what it is to the type checker.
  private static let wrappers: [String: (Literal, Type)] = [
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
  ]
}

extension Issue {
  fileprivate static func unknownMessage(_ name: String, at range: Range<Int>) -> Issue {
    Issue(.unknownName, "unknown message type `\(name)`", at: range)
  }
}
