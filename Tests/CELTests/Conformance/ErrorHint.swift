import CEL

/// What the text of an error case says about why it must fail.
///
/// The suite's texts come from several engines and name the same kinds in several words. Where no
/// word is known every reason counts, but that a function or name is not there: an engine
/// that lacks a function must not pass by that.
struct ErrorHint {
  private let reasons: Set<Value.Reason>

  init(_ text: String, of id: String = "") {
    let text = (ErrorHint.corrections[id] ?? text).lowercased()
      .replacing("_", with: " ")
    reasons =
      ErrorHint.kinds.first { kind in kind.words.contains { text.contains($0) } }?.reasons
      ?? Set(Value.Reason.allCases).subtracting([.unbound, .cost])
  }

  func fits(_ reason: Value.Reason) -> Bool { reasons.contains(reason) }

  /// Whether a mistake that is found before evaluating is of the kind.
  func fits(_ issue: Issue) -> Bool {
    switch issue.kind {
    case .unknownName, .unknownFunction, .minusInName: reasons.contains(.unbound)
    case .numberOutOfRange: reasons.contains(.overflow)
    case .badEscape, .badPattern: reasons.contains(.malformed)
    case .wrongType, .wrongArgumentCount, .constantCondition: true
    case .syntax, .assignment, .wordOperator, .curlyQuotes, .unclosedText, .tooDeep: false
    }
  }

  /// The first whose words occur counts.
  private static let kinds: [(words: [String], reasons: Set<Value.Reason>)] = [
    (["by zero"], [.divisionByZero]),
    (["no such key", "no such field", "no such member"], [.missing, .wrongType]),
    (["repeated key", "duplicate key", "key type"], [.badKey, .wrongType]),
    (["optional.none"], [.noValue]),
    (["index", "out of bounds", "substring range", "negative offset"], [.outOfRange]),
    (["overflow", "range"], [.overflow]),
    (["undeclared", "unbound", "unknown variable", "unknown function"], [.unbound]),
    (["unrecognized formatting clause", "parse error", "not allowed"], [.malformed]),
    (["during formatting", "overload", "field selection"], [.wrongType]),
    (["conversion", "malformed", "utf-8", "regex", "time zone"], [.malformed, .wrongType]),
    (["invalid argument"], [.malformed, .wrongType, .outOfRange]),
  ]

  /// Texts that name another kind than what happens.
  private static let corrections = [
    // `&&` and `||` take a failure beside a bool, and that failure is the result.
    "logic/AND/error_left": "divide by zero", "logic/AND/error_right": "divide by zero",
    "logic/OR/error_left": "divide by zero", "logic/OR/error_right": "divide by zero",
    // A `Struct` is a map, and `fields` is no key of it.
    "dynamic/struct/literal_no_field_access": "no such key",
    // Five digits are no year of RFC 3339.
    "timestamps/timestamp_range/from_string_over": "parse error",
  ]
}
