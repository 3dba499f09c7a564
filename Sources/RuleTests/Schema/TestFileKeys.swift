internal import Rulesets

/// The keys of a test file.
enum TestFileKey: String, KeyWord {
  case about, rules, now, contacts, tests

  var meaning: String {
    switch self {
    case .about: "What these tests are about."
    case .rules: "The rule files under test, beside this one."
    case .now: "The time of the tests, such as 2026-03-02T09:00:00-03:00."
    case .contacts: "Contacts of the workspace before each test, by names of your own."
    case .tests: "Events, and what must come of them."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .about: .optionalLine
    case .rules: .oneOrMore(.line)
    case .now: .line
    case .contacts: .place("given")
    case .tests: .list(of: .place("test"))
    }
  }
}

/// The keys of a test.
enum TestKey: String, KeyWord {
  case name, about, now, each, contacts, events, server, expect

  var meaning: String {
    switch self {
    case .name: "A sentence about the rules; ${each.x} makes one of each value."
    case .about: "Why it must be so."
    case .now: "The time of this test."
    case .each: "Values by names, each of which makes a test of its own: ${each.name}."
    case .contacts: "Contacts of this test, beside those of the file."
    case .events: "The events, or {file: events.ndjson}; `after: 5h` moves the clock."
    case .server: "How the server answers in place of doing as it is asked."
    case .expect: "What must be true afterwards."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .name, .now: .line
    case .about: .optionalLine
    case .each: .any(.map(to: .list(of: .anything), atLeast: 1), .list(of: .map(to: .anything)))
    case .contacts: .place("given")
    case .events:
      .orEach(
        .mapping(of: EventsFileKey.self, requiring: [.file]),
        .list(of: .orEach(.types("object")), atLeast: 0))
    case .server: .orEach(.list(of: .mapping(of: AnswerKey.self, requiring: [.answer])))
    case .expect: .orEach(.mapping(of: ExpectationKey.self))
    }
  }
}

/// The key of events that stand in a file.
enum EventsFileKey: String, KeyWord {
  case file

  var meaning: String { "A file of events beside this one." }
  var schema: JSONSchema { .line }
}

/// The keys of a contact that is there before a test.
enum GivenContactKey: String, KeyWord {
  case uuid, name, language, status, urns, groups, fields, blind

  var meaning: String {
    switch self {
    case .uuid: "The contact's uuid; one is made up where it is left out."
    case .name: "The contact's name."
    case .language: "The contact's language."
    case .status: "active, blocked, stopped or archived."
    case .urns: "Addresses, such as whatsapp:5582999330001."
    case .groups: "Groups, by their names."
    case .fields: "Custom fields by their keys."
    case .blind: "true: the server has the contact, the rules do not know it."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .uuid, .name, .language: .line
    case .status: .orEach(.words(TestReader.statuses))
    case .urns, .groups: .lines
    case .fields: .orEach(.map(to: .line))
    case .blind: .orEach(.yesOrNo)
    }
  }
}

/// The keys of an answer that the server is told to give.
enum AnswerKey: String, KeyWord {
  case on, answer, body, times, from, every, applied
  case retryAfter = "retry_after"

  var meaning: String {
    switch self {
    case .on: "The requests that are answered so."
    case .answer: "A status such as 429, or reset."
    case .body: "What the answer says."
    case .times: "How often."
    case .from: "From which such request on."
    case .every: "Every so many such requests."
    case .applied: "Whether the request was carried out all the same."
    case .retryAfter: "Seconds until the next try is welcome."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .on: .orEach(.mapping(of: AnsweredRequestKey.self))
    case .body: .anything
    case .answer, .times, .from, .every, .applied, .retryAfter: .constant
    }
  }
}

/// The keys under `on`.
enum AnsweredRequestKey: String, KeyWord {
  case method, path, contact

  var meaning: String {
    switch self {
    case .method: "GET, POST or DELETE."
    case .path: "Such as contacts.json."
    case .contact: "A contact of the test."
    }
  }

  var schema: JSONSchema { .line }
}

extension JSONSchema {
  static let anything = JSONSchema.object([])
  /// One text or a list of them, which may be empty.
  static let lines = JSONSchema.any(.line, .list(of: .line, atLeast: 0))

  /// A value of one of these forms, or of `each`.
  static func orEach(_ choices: JSONSchema...) -> JSONSchema {
    .object([("anyOf", .list(choices + [.form("\\$\\{ *each\\.")]))])
  }
}
