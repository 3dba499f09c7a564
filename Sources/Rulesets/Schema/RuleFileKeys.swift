internal import Contacts

/// The keys of a rule file.
enum FileKey: String, KeyWord {
  case version, about, zone, events, contact, lists, `let`, rules, ensure, guards

  var meaning: String {
    switch self {
    case .version: "The version of this format: 1."
    case .about: "What the rules of this file are for."
    case .zone: "The zone of dates without one, such as America/Sao_Paulo."
    case .events: "Where an event keeps its type, its id and its time."
    case .contact: "Who the rules of this file are about."
    case .lists: "Lists of constants, by names that expressions and field tests may use."
    case .let: "Expressions by names; computed at most once an event."
    case .rules: "Every rule that matches fires, in the order of the file; later writes win."
    case .ensure: "Fields and groups that must exist before rules write to them."
    case .guards: "Limits on what one window, or one run, may change."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .version: .words([.number(1), .text("1")])
    case .about: .optionalLine
    case .zone: .line
    case .events: .mapping(of: EventsKey.self)
    case .contact: .place("contact")
    case .lists: .map(to: .list(of: .constant))
    case .let: .map(to: .line)
    case .rules: .list(of: .place("rule"))
    case .ensure: .mapping(of: EnsureKey.self)
    case .guards: .mapping(of: GuardKey.self)
    }
  }
}

/// The keys under `events`.
enum EventsKey: String, KeyWord {
  case type, id, time

  var meaning: String {
    switch self {
    case .type: "CEL for the type of an event; event.type where it is left out."
    case .id: "CEL for what makes an event unique; repeats are dropped."
    case .time: "CEL for the time of an event; it becomes `now`."
    }
  }

  var schema: JSONSchema { .line }
}

/// The keys under `contact`.
enum ContactKey: String, KeyWord {
  case urn, uuid, missing

  var meaning: String {
    switch self {
    case .urn:
      "An address such as whatsapp:${phone(event.phone, \"BR\")}; of a list the first usable one."
    case .uuid: "The contact's uuid, such as ${event.contact}."
    case .missing: "What is done where no such contact exists."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .urn, .uuid: .oneOrMore(.line)
    case .missing: .words(["create", "skip", "fail"])
    }
  }
}

/// The keys of a rule.
enum RuleKey: String, KeyWord {
  case id, about, when, `if`, `do`, match, cases, otherwise, contact, enabled

  var meaning: String {
    switch self {
    case .id: "The rule's name, unique among all rules."
    case .about: "What the rule is for."
    case .when: "Types of events, or patterns such as order.*; left out: every event."
    case .if: "Lines that must all hold: field tests, CEL, any, all, none."
    case .do: "What is done to the contact, in this order."
    case .match: "CEL whose value chooses among the cases."
    case .cases: "What is done for each value."
    case .otherwise: "What is done for every other known value."
    case .contact: "Who this rule is about, in place of the file's contact."
    case .enabled: "false switches the rule off."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .id: .line
    case .about: .optionalLine
    case .when: .oneOrMore(.line)
    case .if: .place("conditions")
    case .do, .otherwise: .place("actions")
    case .match: .line
    case .cases: .map(to: .place("actions"), atLeast: 1)
    case .contact: .place("contact")
    case .enabled: .yesOrNo
    }
  }
}

/// The keys under `ensure`.
enum EnsureKey: String, KeyWord {
  case fields, groups

  var meaning: String {
    switch self {
    case .fields: "Custom fields by their keys, each with label and type."
    case .groups: "Names of groups."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .fields: .map(to: .mapping(of: FieldKey.self, requiring: [.label, .type]))
    case .groups: .list(of: .line)
    }
  }
}

/// The keys of a custom field.
enum FieldKey: String, KeyWord {
  case label, type

  var meaning: String {
    switch self {
    case .label: "The name that people see; the server makes the key of it."
    case .type: "What values the field takes."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .label: .line
    case .type: .words(FieldType.allCases.map(\.rawValue) + ["numeric"])
    }
  }
}

/// The keys under `guards`.
enum GuardKey: String, KeyWord {
  case maxDeletes = "max_deletes"
  case maxCreated = "max_created"
  case maxChanged = "max_changed"
  case groups, never

  var meaning: String {
    switch self {
    case .maxDeletes: "The most contacts that a window, and the whole run, may delete."
    case .maxCreated: "The most contacts that a window may create."
    case .maxChanged: "The most contacts that a window may change."
    case .groups: "The most contacts that a window may add to or remove from a group, by its name."
    case .never: "Groups that no rule may touch."
    }
  }

  /// A count such as 10, or a share of the contacts such as 20%.
  private static let limit = JSONSchema.any(.count, .form("^[0-9]+$|^[0-9.]+%$"))

  var schema: JSONSchema {
    switch self {
    case .maxDeletes, .maxCreated, .maxChanged: Self.limit
    case .groups: .map(to: Self.limit)
    case .never: .oneOrMore(.line)
    }
  }
}
