/// The words of field tests that take a value.
enum FieldTestWord: String, KeyWord {
  case `in`
  case notIn = "not_in"
  case isNot = "is_not"
  case atLeast = "at_least"
  case atMost = "at_most"
  case above, below, between
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case contains, matches, before, after, within
  case anyItem = "any_item"
  case allItems = "all_items"

  var meaning: String {
    switch self {
    case .in: "One of these constants, or of a list by its name."
    case .notIn: "None of these constants; unknown where the field is absent."
    case .isNot: "Another value; unknown where the field is absent."
    case .atLeast: "This much or more."
    case .atMost: "This much or less."
    case .above: "More than this."
    case .below: "Less than this."
    case .between: "From the first to the second, both included."
    case .startsWith: "A text that starts so."
    case .endsWith: "A text that ends so."
    case .contains: "A text with this part, or a list with this item."
    case .matches: "A text in which this regular expression (RE2) is found."
    case .before: "A time before this one; `now` is the event's time."
    case .after: "A time after this one; `now` is the event's time."
    case .within: "A time in the last 30m, 24h, 7d, 2w."
    case .anyItem: "Some item of the list passes the test."
    case .allItems: "Every item of the list passes the test."
    }
  }

  private static let ordered = JSONSchema.types("string", "number")

  var schema: JSONSchema {
    switch self {
    case .in, .notIn: .any(.list(of: .constant), .types("string"))
    case .isNot, .contains: .constant
    case .atLeast, .atMost, .above, .below: Self.ordered
    case .between: .list(of: Self.ordered, atLeast: 2).with("maxItems", .number(2))
    case .startsWith, .endsWith, .matches, .before, .after: .line
    case .within: .form("^([0-9]+[smhdw])+$|\\$\\{")
    case .anyItem, .allItems: .place("test")
    }
  }

  /// What a path may be held against: a value, a word such as `present`, tests.
  static let test = JSONSchema.any(
    .types("string", "number", "boolean"), .mapping(of: FieldTestWord.self, atLeast: 1))
}

/// The combinations that may stand among the lines of `if`.
enum CombinationWord: String, KeyWord {
  case any, all, none

  var meaning: String {
    switch self {
    case .any: "At least one of these lines holds."
    case .all: "All of these lines hold."
    case .none: "None of these lines holds."
    }
  }

  var schema: JSONSchema { .place("conditions") }

  /// An expression, field tests by their paths, or combinations.
  static let line = JSONSchema.any(
    .line,
    JSONSchema.mapping(of: CombinationWord.self, atLeast: 1)
      .replacing("additionalProperties", .place("test")))
}

extension JSONSchema {
  fileprivate func replacing(_ key: String, _ value: JSONSchema) -> JSONSchema {
    guard case .object(let entries) = self else { return self }
    return .object(entries.map { $0.key == key ? (key, value) : $0 })
  }
}
