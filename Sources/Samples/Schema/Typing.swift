package import CEL

/// Where the type of an event is.
package struct Typing: Sendable {
  enum Source: Sendable {
    /// Wherever events usually have it.
    case usual
    case path([String])
    case expression(CompiledExpression)
  }

  /// The expression as it is written; what types of several places are told apart by.
  package let label: String
  let source: Source
  /// Whether events without a type are looked at, too.
  let keepsUntyped: Bool

  /// The first text under one of these names is an event's type, where nobody says.
  package static let usualNames = [
    "type", "event_type", "eventType", "event_name", "eventName", "topic", "event", "kind",
    "tipo", "evento", "action",
  ]

  /// Longer texts are no types.
  static let lengthLimit = 200

  package static let usual = Typing(label: "event", source: .usual, keepsUntyped: true)

  private init(label: String, source: Source, keepsUntyped: Bool) {
    self.label = label
    self.source = source
    self.keepsUntyped = keepsUntyped
  }

  /// - Parameters:
  ///   - expression: where the type is, checked in the environment.
  ///   - environment: the names it uses.
  ///   - keepsUntyped: whether events without a type are looked at, too.
  package init(_ expression: Expression, in environment: Environment, keepsUntyped: Bool) {
    label = expression.description
    self.keepsUntyped = keepsUntyped
    source =
      expression.fieldsOfEvent.map { .path($0) }
      ?? .expression(CompiledExpression(expression, in: environment))
  }
}

extension Expression {
  /// The names of `event.a.b`; absent for anything else.
  fileprivate var fieldsOfEvent: [String]? {
    switch kind {
    case .reference(.variable("event")), .identifier("event"): []
    case .select(let operand, let field): operand.fieldsOfEvent.map { $0 + [field] }
    default: nil
    }
  }
}
