import CEL

/// What the text of an error case says about why it must fail.
///
/// The suite's texts come from several engines and name the same kinds in several words. Where no
/// word is known every reason counts, but that a function or name is not there: an engine
/// that lacks a function must not pass by that.
struct ErrorHint {
  private let reasons: Set<Value.Reason>

  /// The hint of a case.
  init(_ text: String, of test: ConformanceCase) {
    let text = (ErrorHint.corrections[test.id] ?? text).lowercased().replacing("_", with: " ")
    let kind = ErrorHint.kinds.first { kind in kind.words.contains { text.contains($0) } }
    let isLogic = test.text.contains("&&") || test.text.contains("||")
    // `&&` and `||` have no overload for a failure, and come to it themselves.
    reasons =
      kind.map { isLogic && $0.reasons == [.wrongType] ? ErrorHint.allReasons : $0.reasons }
      ?? ErrorHint.allReasons
  }

  private static let allReasons = Set(Value.Reason.allCases).subtracting([.unbound, .cost])

  func fits(_ reason: Value.Reason) -> Bool { reasons.contains(reason) }

  /// Whether a mistake that is found before evaluating is of the kind.
  func fits(_ issue: Issue) -> Bool {
    switch issue.kind {
    case .unknownName, .unknownFunction, .minusInName: reasons.contains(.unbound)
    case .numberOutOfRange: reasons.contains(.overflow)
    case .badEscape, .badPattern: reasons.contains(.malformed)
    case .wrongType, .wrongArgumentCount, .constantCondition: true
    case .unknownField: reasons.contains(.missing)
    case .syntax, .assignment, .wordOperator, .curlyQuotes, .unclosedText, .tooDeep,
      .droppedFraction, .mixedConstants:
      false
    }
  }

  /// The first whose words occur counts.
  private static let kinds: [(words: [String], reasons: Set<Value.Reason>)] = [
    (["by zero"], [.divisionByZero]),
    (["no such key", "no such field", "no such member"], [.missing, .wrongType]),
    (["repeated key", "duplicate key", "key type"], [.badKey, .wrongType]),
    (["optional.none"], [.noValue]),
    (["index", "out of bounds", "substring range", "negative offset"], [.outOfRange]),
    (["overflow"], [.overflow]),
    // A text that spells too large a number or time is no text of its type.
    (["range"], [.overflow, .malformed]),
    (
      ["undeclared", "unbound", "unknown var", "unknown function", "no such attribute"], [.unbound]
    ),
    (["unrecognized formatting clause", "parse error", "not allowed"], [.malformed]),
    (["during formatting", "overload", "field selection"], [.wrongType]),
    (["conversion", "malformed", "utf-8", "regex", "time zone"], [.malformed, .wrongType]),
    (["invalid argument"], [.malformed, .wrongType, .outOfRange]),
  ]

  /// Texts that name another kind: a `Struct` is a map, and lacks the key.
  private static let corrections = [
    "dynamic/struct/literal_no_field_access": "no such key",
    "dynamic/value_struct/literal_no_field_access": "no such key",
  ]
}
