internal import Rulesets

/// The keys under `expect`.
enum ExpectationKey: String, KeyWord {
  case fired
  case notFired = "not_fired"
  case contacts, calls
  case setAside = "set_aside"
  case problems, snapshot

  var meaning: String {
    switch self {
    case .fired: "Rules that fire, each as often as it does, in any order."
    case .notFired: "Rules that do not: a list, or why each does not."
    case .contacts: "Contacts as they are afterwards; what is not named may be anything."
    case .calls: "none, a number, {at_most, at_least}, or calls."
    case .setAside: "How much is set aside."
    case .problems: "What is said of events, or how often."
    case .snapshot: "A file that holds everything that came of it."
    }
  }

  private static let reasons: JSONSchema = .words(
    [.flag(false)] + Expectation.Reason.allCases.map { .text($0.rawValue) })

  var schema: JSONSchema {
    switch self {
    case .fired: .lines
    case .notFired: .any(.lines, .map(to: .orEach(Self.reasons)))
    case .contacts:
      .orEach(.map(to: .orEach(.words(["absent"]), .mapping(of: PartKey.self))))
    case .calls:
      .any(
        .place("count"), .list(of: .mapping(of: CallKey.self), atLeast: 0),
        .mapping(of: ListPartKey.self)
          .with("minProperties", .number(1)))
    case .setAside: .place("count")
    case .problems: .any(.place("count"), .list(of: .line, atLeast: 0))
    case .snapshot: .line
    }
  }
}

/// The keys of a contact as it must be.
enum PartKey: String, KeyWord {
  case name, language, status, fields, groups, urns

  var meaning: String {
    switch self {
    case .name: "The name; absent where there is none."
    case .language: "The language; absent where there is none."
    case .status: "active, blocked, stopped or archived."
    case .fields: "Custom fields by their keys; absent where there is no value."
    case .groups: "All groups, or {has, has_not}."
    case .urns: "All addresses, or {has, has_not}."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .name, .language: .constant
    case .status: .orEach(.words(TestReader.statuses))
    case .fields: .orEach(.map(to: .constant))
    case .groups, .urns: .any(.lines, .mapping(of: ListPartKey.self))
    }
  }
}

/// The keys of a part of a list.
enum ListPartKey: String, KeyWord {
  case has
  case hasNot = "has_not"

  var meaning: String {
    switch self {
    case .has: "What must be among them."
    case .hasNot: "What must not be among them."
    }
  }

  var schema: JSONSchema { .any(.line, .list(of: .anything, atLeast: 0), .types("object")) }
}

/// The keys of a call, as `regra run` prints it.
enum CallKey: String, KeyWord {
  case batch, call, method, path, query, body, after, missing
  case wait = "wait_s"
  case because

  var meaning: String {
    switch self {
    case .batch: "The number of its batch."
    case .call: "Its number."
    case .method: "GET, POST or DELETE."
    case .path: "Such as /api/v2/contacts.json."
    case .query: "Parameters of the address."
    case .body: "What is sent; keys that are not named may be anything."
    case .after: "Calls whose answers it needs."
    case .missing: "What is done where the contact is missing."
    case .wait: "Seconds to wait for what an earlier call made."
    case .because: "Rules and events that asked for it."
    }
  }

  var schema: JSONSchema { .anything }
}

/// The keys of a number that is not exact.
enum BoundKey: String, KeyWord {
  case atLeast = "at_least"
  case atMost = "at_most"

  var meaning: String {
    switch self {
    case .atLeast: "This many or more."
    case .atMost: "This many or fewer."
    }
  }

  var schema: JSONSchema { .orEach(.count) }

  /// `none`, a number, or bounds.
  static let count = JSONSchema.orEach(
    .count, .form("^none$|^[0-9]+$"), .mapping(of: BoundKey.self, atLeast: 1))
}
