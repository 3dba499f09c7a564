package import CEL

/// Why something has no value.
package struct Doubt: Sendable {
  package var reason: Value.Reason
  /// What gave no value: the path that was read, or the expression as written.
  package var text: String
  /// Whether a path could not be followed, rather than an operation done.
  package var isOnPath: Bool
  /// What stood there instead; `missing` where nothing did or nobody knows.
  package var found: Value.Tag

  package init(reason: Value.Reason, text: String, isOnPath: Bool, found: Value.Tag) {
    self.reason = reason
    self.text = text
    self.isOnPath = isOnPath
    self.found = found
  }

  /// Why nothing is known, without a full stop.
  package var sentence: String {
    let text = "`\(self.text.count > 60 ? self.text.prefix(59) + "…" : self.text)`"
    switch reason {
    case .missing: return "\(text) is missing"
    case .wrongType where isOnPath: return "\(text) leads through \(found.words)"
    case .wrongType: return "\(text) does not work with \(found.words)"
    case .overflow: return "\(text) is out of range"
    case .divisionByZero: return "\(text) divides by zero"
    case .outOfRange: return "\(text) is no place of the list"
    case .malformed: return "\(text) cannot read its text"
    case .unrepresentable: return "\(text) has a number too large to be kept exactly"
    case .badKey: return "\(text) has a key twice, or one that cannot be a key"
    case .noValue: return "\(text) is an optional without a value"
    case .cost: return "\(text) takes more work than is allowed"
    case .unbound: return "\(text) has no value"
    case .notKnown: return "\(text) is not known"
    case .refused: return "\(text) accepts no such value"
    }
  }
}

extension Value.Tag {
  /// How people call a value of this kind.
  fileprivate var words: String {
    switch self {
    case .missing, .unknown: "these values"
    case .null: "null"
    case .bool: "a bool"
    case .int, .uint, .double: "a number"
    case .text: "a text"
    case .bytes: "bytes"
    case .list: "a list"
    case .map: "an object"
    case .timestamp: "a time"
    case .duration: "a duration"
    case .type: "a type"
    case .optional: "an optional"
    }
  }
}
