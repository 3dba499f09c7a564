import Contacts
import RandomNumbers

/// Draws cases that keep the law's conditions.
struct CaseGenerator {
  private var random: SplitMix
  private let seed: UInt64

  static let numbers = ["whatsapp:5582999330001", "whatsapp:5582999330002"]
  private static let otherSpellings = ["whatsapp:558299330001", "whatsapp:558299330002"]
  private static let keys =
    numbers + ["tel:+5511987650001", "ext:a", "mailto:a@example.com", uuid(1), uuid(2), uuid(9)]
  private static let extras = ["tel:+5511987650091", "ext:b", "telegram:12345", "ext:c"]
  private static let groups = ["A", "b", " a", "C", "Smart", "Nowhere"]
  private static let types = ["t0", "t1", "t2"]

  private static func uuid(_ digit: Int) -> String {
    let digits = String(repeating: String(digit), count: 12)
    return
      "\(digits.prefix(8))-\(digits.prefix(4))-4\(digits.prefix(3))-8\(digits.prefix(3))-\(digits)"
  }

  init(seed: UInt64) {
    self.seed = seed
    random = SplitMix(state: seed)
  }

  /// The case of this seed; events that would break a condition are left out.
  mutating func draw(
    knowing knowledge: StartingKnowledge = .none, of dialect: Dialect? = nil
  ) -> LawCase {
    let dialect = dialect ?? random.pick(Dialect.allCases)
    var example = LawCase(
      seed: seed, dialect: dialect, window: random.pick([1, 2, 3, 5, 100, 100, 100]), files: [],
      events: [], contacts: [],
      groups: [("A", false), ("B", false), ("C", false), ("Smart", true)].map {
        LawCase.Group(name: $0, isSmart: $1)
      }, fields: fields())
    example.knowledge = knowledge
    let identifiers = knowledge.knowsIdentities ? Self.keys + Self.extras : Self.keys
    let keys = Array(identifiers.shuffled(using: &random).prefix(random.below(4) + 1))
    example.contacts = contacts(dialect)
    example.files = files(example.fields)
    for number in 0...random.below(12) {
      let event = event(number, keys)
      example.events.append(event)
      if !example.isLawful { example.events.removeLast() }
    }
    respell(&example)
    return example
  }

  /// Lets events name numbers by either spelling, where the law allows it.
  private func respell(_ example: inout LawCase) {
    var random = SplitMix(state: ~seed)
    for index in example.events.indices {
      let key = example.events[index].key
      guard let other = APIProfile(example.dialect).otherSpelling(of: key), random.chance(2) else {
        continue
      }
      example.events[index].key = other
      if !example.isLawful { example.events[index].key = key }
    }
  }

  // The workspace.

  private mutating func fields() -> [LawCase.Field] {
    var fields = [
      LawCase.Field(key: "f1", type: .text), LawCase.Field(key: "f2", type: .number),
      LawCase.Field(key: "f3", type: .datetime),
    ]
    if random.chance(4) {
      fields += [LawCase.Field(key: "s", type: .state), LawCase.Field(key: "d", type: .district)]
    }
    return fields
  }

  /// One contact for each possible identifier, or not; those that nobody names have other URNs.
  private mutating func contacts(_ dialect: Dialect) -> [LawCase.Contact] {
    var contacts: [LawCase.Contact] = []
    var free = Self.extras.shuffled(using: &random)
    for (number, key) in Self.keys.enumerated() where key != Self.uuid(9) && !random.chance(3) {
      var urns = key.contains(":") ? [key] : []
      if let place = Self.numbers.firstIndex(of: key), random.chance(3) {
        let other = Self.otherSpellings[place]
        // In rapidpro the other spelling is somebody else.
        if dialect == .weni { urns = [other] } else { free.append(other) }
      }
      if random.chance(2), let extra = free.popLast() { urns.append(extra) }
      if random.chance(4), let extra = free.popLast() { urns.insert(extra, at: 0) }
      contacts.append(
        contact(key.contains(":") ? "00000000-0000-4000-8000-00000000000\(number)" : key, urns))
    }
    if random.chance(2) {
      contacts.append(contact("00000000-0000-4000-8000-000000000099", Array(free.prefix(2))))
    }
    return contacts
  }

  private mutating func contact(_ uuid: String, _ urns: [String]) -> LawCase.Contact {
    var contact = LawCase.Contact(uuid: uuid, urns: urns)
    if random.chance(5) { contact.status = random.pick(["blocked", "stopped", "archived"]) }
    if random.chance(2) { contact.name = "Old" }
    if random.chance(3) { contact.language = "eng" }
    // Who is not active is in no static group: leaving that state empties none.
    for group in ["A", "B", "C"] where contact.status == "active" && random.chance(2) {
      contact.groups.append(group)
    }
    if random.chance(3) { contact.groups.append("Smart") }
    if random.chance(2) {
      contact.fields = [LawCase.FieldValue(key: "f1", value: .text("old"))]
    }
    return contact
  }

  // Rules.

  private mutating func files(_ fields: [LawCase.Field]) -> [LawCase.RuleFile] {
    let missing = random.chance(2) ? random.pick(MissingPolicy.allCases) : nil
    let changesWorkspace = random.chance(5)
    return (0...random.below(2)).map { file in
      LawCase.RuleFile(
        contact: addressing(missing),
        rules: (0...random.below(4)).map { rule in
          LawCase.Rule(
            id: "r\(file)\(rule)", type: random.pick(Self.types),
            floor: random.chance(4) ? random.below(5) : nil,
            contact: random.chance(5) ? addressing(missing) : nil,
            actions: actions(fields, changesWorkspace))
        }, ensuresTypes: fields.count > 3 || random.chance(3))
    }
  }

  private mutating func addressing(_ missing: MissingPolicy?) -> LawCase.Addressing {
    LawCase.Addressing(
      form: random.chance(3) ? random.pick([.urn, .uuid]) : .either,
      missing: missing ?? random.pick(MissingPolicy.allCases))
  }

  /// Up to four actions, no two on one thing, as one rule may have them.
  private mutating func actions(
    _ fields: [LawCase.Field], _ changesWorkspace: Bool
  ) -> [LawCase.Action] {
    if random.chance(10) { return [.deleteContact] }
    if changesWorkspace, random.chance(3) { return [workspaceChange()] }
    var subjects = [0, 1, 2, 2, 3, 3, 4, 4, 5, 6].shuffled(using: &random)
    subjects.removeLast(subjects.count - random.below(4) - 1)
    return Set(subjects).sorted().map { subject in
      switch subject {
      case 0: random.chance(4) ? .clearName : .setName(random.pick([.text("Ana"), .event("name")]))
      case 1:
        random.chance(4)
          ? .clearLanguage : .setLanguage(random.pick([.text("pt-BR"), .event("language")]))
      case 2: fieldAction(fields)
      case 3: groupAction()
      case 4: urnAction()
      case 5: random.pick([.block, .unblock, .block, .unblock, .interrupt, .archive])
      default: .createContact(random.chance(2) ? [] : [urn()])
      }
    }.shuffled(using: &random)
  }

  private mutating func workspaceChange() -> LawCase.Action {
    switch random.below(5) {
    case 0: .createField(label: random.pick(["New", "F1"]))
    case 1: .createGroup(group())
    case 2: .renameGroup(.text(random.pick(["A", "b"])), .text(random.pick(["C", "New"])))
    case 3: .deleteGroup(group())
    default: .note
    }
  }

  private mutating func fieldAction(_ fields: [LawCase.Field]) -> LawCase.Action {
    if fields.count > 3, random.chance(2) {
      let place = random.below(2)
      return .setFields([
        LawCase.FieldValue(key: "d", value: .text(["Maceió", "Salvador"][place])),
        LawCase.FieldValue(key: "s", value: .text(["Alagoas", "Bahia"][place])),
      ])
    }
    let keys = ["f1", "f2", "f3", "nowhere"].shuffled(using: &random).prefix(random.below(3) + 1)
    if random.chance(4) { return .clearFields(Array(keys)) }
    return .setFields(keys.map { LawCase.FieldValue(key: $0, value: value(of: $0)) })
  }

  private mutating func value(of key: String) -> LawCase.Value {
    if random.chance(2) { return .event(key == "f3" ? "time" : "value") }
    return switch key {
    case "f2": .text("\(random.below(3)).5")
    case "f3": .text("2026-01-0\(random.below(3) + 1)T10:00:00-03:00")
    default: .text(random.pick(["x", "y \"z\"", "linha\n2"]))
    }
  }

  private mutating func group() -> LawCase.Value {
    random.chance(3) ? .event("group") : .text(random.pick(Self.groups))
  }

  private mutating func groupAction() -> LawCase.Action {
    let names = ["A", "b", "C", "Smart", "Nowhere"].shuffled(using: &random)
    let groups = names.prefix(random.below(2) + 1).map { LawCase.Value.text($0) }
    switch random.below(5) {
    case 0: return .setGroups(random.chance(4) ? [] : Array(groups))
    case 1, 2: return .addToGroup(random.chance(3) ? [.event("group")] : Array(groups))
    default: return .removeFromGroup(random.chance(3) ? [.event("group")] : Array(groups))
    }
  }

  private mutating func urn() -> LawCase.Value {
    random.chance(2)
      ? .event("other") : .text(random.pick(Self.keys.filter { $0.contains(":") } + Self.extras))
  }

  private mutating func urnAction() -> LawCase.Action {
    switch random.below(6) {
    case 0: return .addURN(urn())
    case 1: return .preferURN(urn())
    case 2: return .removeURN(urn())
    case 3: return .addURN(.event("other"))
    case 4: return .removeURN(.event("other"))
    default:
      let urns = [LawCase.Value.event("other"), .event("own"), urn()].shuffled(using: &random)
      return .setURNs(Array(Set(urns.prefix(random.below(4)))).sorted { $0.jsonText < $1.jsonText })
    }
  }

  // Events.

  /// Events about many contacts, whether or not they keep the law's conditions.
  mutating func crowd(of count: Int) -> [LawCase.Event] {
    let keys =
      Self.keys + Self.extras + Self.otherSpellings + (0..<random.below(60)).map { "ext:n\($0)" }
    return (0..<count).map { event($0, keys) }
  }

  private mutating func event(_ number: Int, _ keys: [String]) -> LawCase.Event {
    let key = random.pick(keys)
    var values = [
      "name": random.pick(["Bia", "Zé"]), "language": random.pick(["por", "eng", "klingon"]),
      "value": random.pick(["1", "2", "3,5"]),
      "time": random.pick(["2026-02-01T08:00:00Z", "soon"]),
      "group": random.pick(Self.groups),
      "other": random.pick(Self.keys.filter { $0.contains(":") } + Self.extras),
    ]
    values["own"] = key.contains(":") ? key : random.pick(Self.extras)
    if random.chance(6) { values[random.pick(["value", "group", "other"])] = nil }
    return LawCase.Event(
      id: random.chance(30) ? "e0" : "e\(number)", type: random.pick(Self.types), key: key,
      n: random.below(5), values: values)
  }
}
