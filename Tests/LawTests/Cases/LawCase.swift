import Contacts

/// A ruleset, a stream of events and a workspace in which they happen, as parts that can be taken
/// out one by one.
struct LawCase: Equatable {
  var seed: UInt64
  var dialect: Dialect
  /// Events merged into one batch.
  var window: Int
  var files: [RuleFile]
  var events: [Event]
  var contacts: [Contact]
  var groups: [Group]
  var fields: [Field]
  var knowledge = StartingKnowledge.none
  /// Whether events have WhatsApp numbers as people write them, for rules to read with `phone`.
  var writesPhones = false
}

/// What a run is told of the workspace before it starts.
enum StartingKnowledge: String, CaseIterable {
  /// Nothing.
  case none
  /// Every contact, group and field.
  case fresh
  /// Every contact, group and field, and that there are no others.
  case complete
  /// Every contact, but not which groups are smart.
  case contacts
  /// Every other contact.
  case partly
  /// Every contact as it may have been long ago; only the identifiers are true still.
  case stale

  /// Whether two identifiers of one contact are known to be that.
  var knowsIdentities: Bool {
    self == .fresh || self == .complete || self == .contacts || self == .stale
  }
}

extension LawCase {
  struct RuleFile: Equatable {
    var contact: Addressing
    var rules: [Rule]
    /// Whether the file says which types its fields have.
    var ensuresTypes: Bool
  }

  /// Whom rules are about.
  struct Addressing: Equatable {
    enum Form: CaseIterable { case urn, uuid, either }

    var form: Form
    var missing: MissingPolicy

    /// Whether this names the contact that an event is about.
    func finds(_ key: String) -> Bool {
      switch form {
      case .urn: key.contains(":")
      case .uuid: !key.contains(":")
      case .either: true
      }
    }
  }

  struct Rule: Equatable {
    var id: String
    var type: String
    /// The least `event.n` that it fires for.
    var floor: Int?
    /// Replaces that of the file.
    var contact: Addressing?
    var actions: [Action]
  }

  /// A constant, or what the event has under a key.
  enum Value: Hashable {
    case text(String)
    case event(String)
  }

  enum Action: Equatable {
    case setName(Value), clearName, setLanguage(Value), clearLanguage
    case setFields([FieldValue]), clearFields([String])
    case addToGroup([Value]), removeFromGroup([Value]), setGroups([Value])
    case addURN(Value), preferURN(Value), removeURN(Value), setURNs([Value])
    case createContact([Value]), deleteContact
    case block, unblock, interrupt, archive
    case createField(label: String), createGroup(Value), renameGroup(Value, Value)
    case deleteGroup(Value)
    case note
  }

  struct FieldValue: Equatable {
    var key: String
    var value: Value
  }

  struct Event: Equatable {
    var id: String
    var type: String
    /// The URN or uuid it is about.
    var key: String
    var n: Int
    /// What templates read.
    var values: [String: String]
  }

  struct Contact: Equatable {
    var uuid: String
    var urns: [String]
    var status = "active"
    var name: String?
    var language: String?
    var groups: [String] = []
    var fields: [FieldValue] = []
  }

  struct Group: Equatable {
    var name: String
    var isSmart: Bool
  }

  struct Field: Equatable {
    var key: String
    var type: FieldType
  }
}

extension LawCase.Value {
  func text(in event: LawCase.Event) -> String {
    switch self {
    case .text(let text): text
    case .event(let key): event.values[key] ?? ""
    }
  }
}
