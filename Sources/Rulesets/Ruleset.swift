package import CEL
package import Contacts

/// Rules that compile together: names resolved, types checked, constants accepted by the API.
package struct Ruleset: Sendable {
  package var files: [RuleFile]
  /// In the order they fire: by file path, then as written; `match` is already one rule a case.
  package var rules: [Rule]
  package var ensure: Ensure
  package var guards: Guards
  /// All fields and groups that rules name besides those of `ensure`.
  package var named: NamedObjects
  /// The types of fields as far as they are known: by `ensure`, or by the inventory.
  package var fieldTypes: [String: FieldType]

  package init(
    files: [RuleFile], rules: [Rule], ensure: Ensure, guards: Guards, named: NamedObjects,
    fieldTypes: [String: FieldType]
  ) {
    self.files = files
    self.rules = rules
    self.ensure = ensure
    self.guards = guards
    self.named = named
    self.fieldTypes = fieldTypes
  }
}

/// What holds for all rules of one file.
package struct RuleFile: Sendable {
  /// As people see it: relative to where the command was started.
  package var path: String
  package var about: String
  /// `event.type` where the file says nothing.
  package var eventType: CEL.Expression
  package var eventID: CEL.Expression?
  package var eventTime: CEL.Expression?
  /// IANA name of the zone of dates without one; absent: UTC.
  package var zone: String?
  /// What the file's expressions were checked in; compile them in it too.
  package var environment: CEL.Environment
  package var lets: [Let]
  /// Whom rules without a `contact` of their own are about.
  package var contact: ContactReference?
  /// Where the constants of lists stand.
  package var constantLists: [ConstantList]

  package init(
    path: String, about: String, eventType: CEL.Expression, eventID: CEL.Expression?,
    eventTime: CEL.Expression?, zone: String?, environment: CEL.Environment, lets: [Let],
    contact: ContactReference? = nil, constantLists: [ConstantList] = []
  ) {
    self.contact = contact
    self.constantLists = constantLists
    self.path = path
    self.about = about
    self.eventType = eventType
    self.eventID = eventID
    self.eventTime = eventTime
    self.zone = zone
    self.environment = environment
    self.lets = lets
  }
}

/// A list of constants, and where each stands in its file.
package struct ConstantList: Sendable {
  /// Under `lists`; absent where it is written in place.
  package var name: String?
  /// The whole list.
  package var range: Range<Int>
  private let written: [(literal: Literal, range: Range<Int>)]
  /// How far behind the ranges in ``written`` the items stand.
  private var distance = 0

  package init(
    name: String?, range: Range<Int>, items: [(literal: Literal, range: Range<Int>)]
  ) {
    self.name = name
    self.range = range
    written = items
  }

  package var items: [(literal: Literal, range: Range<Int>)] {
    written.map { item in
      (item.literal, item.range.lowerBound + distance..<item.range.upperBound + distance)
    }
  }

  /// The same list further back in the file.
  func moved(by distance: Int) -> ConstantList {
    var copy = self
    copy.range = range.lowerBound + distance..<range.upperBound + distance
    copy.distance += distance
    return copy
  }
}

/// A named expression, with what it stands on.
package struct Let: Sendable {
  package var name: String
  package var expression: CEL.Expression
  package var line: Int
  /// Whether it reads `contact`, itself or through other names.
  package var readsContact: Bool

  package init(name: String, expression: CEL.Expression, line: Int, readsContact: Bool) {
    self.name = name
    self.expression = expression
    self.line = line
    self.readsContact = readsContact
  }
}

/// One `when`/`if`/`do`.
package struct Rule: Sendable {
  package var id: String
  package var about: String
  /// Index in ``Ruleset/files``.
  package var file: Int
  /// The line of the rule's first key; of a case, that of its key.
  package var line: Int
  package var isEnabled: Bool
  package var trigger: Trigger
  /// Where each type of the trigger stands.
  package var triggerRanges: [Range<Int>]
  /// All must hold.
  package var predicates: [Predicate]
  package var contact: ContactReference?
  package var actions: [Action]
  /// Whether a predicate or a hole reads `contact`, itself or through names.
  package var readsContact: Bool

  package init(
    id: String, about: String, file: Int, line: Int, isEnabled: Bool, trigger: Trigger,
    predicates: [Predicate], contact: ContactReference?, actions: [Action], readsContact: Bool,
    triggerRanges: [Range<Int>] = []
  ) {
    self.triggerRanges = triggerRanges
    self.id = id
    self.about = about
    self.file = file
    self.line = line
    self.isEnabled = isEnabled
    self.trigger = trigger
    self.predicates = predicates
    self.contact = contact
    self.actions = actions
    self.readsContact = readsContact
  }
}

/// The kinds of event a rule listens to.
package enum Trigger: Sendable {
  /// Every event, also one without a type.
  case every
  /// Any of these types; `*` in a pattern is any text.
  case types([String])
}

/// One boolean line under `if`, or a combination of lines.
package struct Predicate: Sendable {
  package indirect enum Kind: Sendable {
    case expression(CEL.Expression)
    case all([Predicate])
    case any([Predicate])
    case none([Predicate])
  }

  package var line: Int
  /// The line as written, for summaries.
  package var text: String
  /// Where it stands, in UTF-8 offsets of its file.
  package var range: Range<Int>
  /// The same for lines of one file that say the same; absent where nobody has looked for others.
  package private(set) var number: Int?
  /// What lines of one number say, in one tree: its ranges are those of the first of them.
  package private(set) var sharedKind: Kind
  /// How far behind the ranges in ``sharedKind`` this line stands.
  private var distance: Int

  package init(_ kind: Kind, line: Int, text: String, range: Range<Int>) {
    self.init(kind, line: line, text: text, range: range, number: nil, distance: 0)
  }

  init(
    _ kind: Kind, line: Int, text: String, range: Range<Int>, number: Int?, distance: Int
  ) {
    sharedKind = kind
    self.line = line
    self.text = text
    self.range = range
    self.number = number
    self.distance = distance
  }

  package var kind: Kind {
    get {
      guard distance != 0, case .expression(let expression) = sharedKind else { return sharedKind }
      return .expression(expression.moved(by: distance))
    }
    set { (sharedKind, number, distance) = (newValue, nil, 0) }
  }
}

/// Whom a rule is about.
package struct ContactReference: Sendable {
  /// One way to name the contact; the first that is usable counts.
  package enum Identifier: Sendable {
    case urn(Template)
    case uuid(Template)
  }

  package var identifiers: [Identifier]
  package var missing: MissingPolicy
  package var line: Int

  package init(identifiers: [Identifier], missing: MissingPolicy, line: Int) {
    self.identifiers = identifiers
    self.missing = missing
    self.line = line
  }
}

/// Text with holes.
package struct Template: Sendable {
  package enum Part: Sendable {
    case text(String)
    case hole(CEL.Expression)
  }

  package var parts: [Part]
  package var line: Int

  package init(_ parts: [Part], line: Int) {
    self.parts = parts
    self.line = line
  }

  /// The whole text, if there are no holes.
  package var constant: String? {
    if parts.count == 1, case .text(let text) = parts[0] { return text }
    var text = ""
    for part in parts {
      guard case .text(let piece) = part else { return nil }
      text += piece
    }
    return text
  }
}

/// What a rule asks for, as written, one write each: `set_fields` with two keys is two actions.
package struct Action: Sendable {
  package enum Kind: Sendable {
    case setName(Template), clearName
    case setLanguage(Template), clearLanguage
    case setField(key: String, Template), clearField(key: String)
    case addToGroup(Template), removeFromGroup(Template), setGroups([Template])
    case addURN(Template, position: Position), removeURN(Template), setURNs([Template])
    case createContact(urns: [Template]), deleteContact
    case blockContact, unblockContact, interruptContact, archiveMessages
    case createField(label: Template, type: FieldType)
    case createGroup(Template), renameGroup(from: Template, to: Template), deleteGroup(Template)
    case note(Template)
  }

  /// Where an added URN stands among the contact's others.
  package enum Position: Sendable { case last, preferred }

  package var kind: Kind
  package var line: Int
  /// Actions written as one (`set_fields` with several keys) share a number within their rule.
  package var group: Int

  package init(_ kind: Kind, line: Int, group: Int) {
    self.kind = kind
    self.line = line
    self.group = group
  }
}

/// What must exist before rules write to it.
package struct Ensure: Sendable {
  package struct Field: Sendable {
    package var key: String
    package var label: String
    package var type: FieldType
    package var place: RulePlace

    package init(key: String, label: String, type: FieldType, place: RulePlace = .nowhere) {
      self.key = key
      self.label = label
      self.type = type
      self.place = place
    }
  }

  package struct Group: Sendable {
    /// A uuid where the group cannot be made: it is there or not.
    package var name: String
    package var place: RulePlace

    /// Whether it is named by its uuid.
    package var isUUID: Bool { name.isUUID }

    package init(_ name: String, place: RulePlace = .nowhere) {
      self.name = name
      self.place = place
    }
  }

  package var fields: [Field]
  package var groups: [Group]

  package init(fields: [Field] = [], groups: [Group] = []) {
    self.fields = fields
    self.groups = groups
  }

  package var isEmpty: Bool { fields.isEmpty && groups.isEmpty }
}

/// A line of a rule file.
package struct RulePlace: Sendable, Hashable {
  package var path: String
  package var line: Int

  package init(path: String, line: Int) {
    self.path = path
    self.line = line
  }

  /// Of what no file says.
  package static let nowhere = RulePlace(path: "", line: 0)

  /// `PATH:LINE`.
  package var text: String { "\(path):\(line)" }
}

/// Limits on what one window may change.
package struct Guards: Sendable {
  package enum Limit: Sendable, Hashable {
    case count(Int)
    /// Of the snapshot's contacts.
    case percent(Double)
  }

  package var maxDeletes: Limit?
  package var maxCreated: Limit?
  package var maxChanged: Limit?
  package var groups: [(name: String, limit: Limit)]
  package var never: [String]

  /// Whether nothing is limited.
  package var isEmpty: Bool {
    maxDeletes == nil && maxCreated == nil && maxChanged == nil && groups.isEmpty && never.isEmpty
  }

  package init(
    maxDeletes: Limit? = nil, maxCreated: Limit? = nil, maxChanged: Limit? = nil,
    groups: [(name: String, limit: Limit)] = [], never: [String] = []
  ) {
    self.maxDeletes = maxDeletes
    self.maxCreated = maxCreated
    self.maxChanged = maxChanged
    self.groups = groups
    self.never = never
  }
}
