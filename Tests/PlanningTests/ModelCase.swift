import Contacts
import Engine
import RandomNumbers

/// A random workspace and the events that happen to it.
struct ModelCase {
  var workspace: ModelWorkspace
  var events: [ModelEvent]
  var mode: Merger.Mode
  var seed: UInt64

  private static let keys = [
    "whatsapp:5582999330001", "tel:+5511987650001", "tel:+5511987650002", "ext:a",
    "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222", nobody,
  ]
  private static let otherSpelling = "whatsapp:558299330001"
  private static let nobody = "99999999-9999-4999-8999-999999999999"
  private static let extras = [
    "tel:+5511987650091", "tel:+5511987650092", "tel:+5511987650093", "mailto:a@example.com",
  ]
  private static let groups = ["A", "B", "b", "C", "Nowhere"]
  private static let fields = ["f1", "f2", "f3", "bad"]

  /// What may happen in a case.
  enum Scope: String {
    case everything
    /// No URN is added or taken away, nothing of the workspace changes, and `create_contact` is
    /// asked for only where contacts may be made.
    case fixedURNs
    /// Events use both spellings of a Brazilian number.
    case bothSpellings
    /// Events take the URN away that they name their contact by, and go on.
    case losingNames
  }

  init(seed: UInt64, _ scope: Scope = .everything) {
    self.seed = seed
    var random = SplitMix(state: seed)
    workspace = Self.workspace(&random)
    mode = random.chance(4) ? .off : .window
    let keys = Array(Self.keys.shuffled(using: &random).prefix(random.below(4) + 1))
    let hasPolicies = random.chance(2)
    let changesWorkspace = random.chance(5) && scope == .everything
    let policy = random.pick(MissingPolicy.allCases)
    events = (0...random.below(10)).map { _ in
      let missing = hasPolicies ? random.pick(MissingPolicy.allCases) : policy
      return Self.event(random.pick(keys), missing, changesWorkspace, &random)
    }
    switch scope {
    case .everything: break
    case .fixedURNs: fixURNs()
    case .bothSpellings: useBothSpellings(&random)
    case .losingNames: loseNames(&random)
    }
  }

  private mutating func useBothSpellings(_ random: inout SplitMix) {
    func respell(_ urn: inout String) {
      if urn == Self.keys[0], random.chance(2) { urn = Self.otherSpelling }
    }
    for index in events.indices {
      var key = events[index].mutations.first?.key ?? ""
      respell(&key)
      for place in events[index].mutations.indices {
        events[index].mutations[place].key = key
        respell(&events[index].mutations[place].target)
        for item in events[index].mutations[place].list.indices {
          respell(&events[index].mutations[place].list[item])
        }
      }
      events[index].mutations = Self.decided(events[index].mutations)
    }
  }

  private mutating func loseNames(_ random: inout SplitMix) {
    for index in events.indices where random.chance(2) {
      guard let first = events[index].mutations.first, first.key.contains(":") else { continue }
      func mutation(_ kind: MutationKind, _ target: String = "") -> ModelMutation {
        var mutation = ModelMutation(kind: kind, key: first.key, missing: first.missing)
        mutation.target = target
        return mutation
      }
      let loss =
        random.chance(3) ? mutation(.replaceURNs) : mutation(.removeURN, first.key)
      let other = random.pick(Self.keys.filter { $0.contains(":") } + Self.extras)
      let next = random.pick([mutation(.unblockContact), mutation(.addURN, other)])
      events[index].mutations = Self.decided([first, loss, next])
    }
  }

  private mutating func fixURNs() {
    for index in events.indices {
      events[index].mutations.removeAll { mutation in
        Effect.touchesURNs.contains(mutation.kind)
          || (mutation.kind == .createContact && mutation.missing != .create)
      }
    }
  }

  private static func workspace(_ random: inout SplitMix) -> ModelWorkspace {
    var workspace = ModelWorkspace()
    workspace.profile = random.chance(2) ? .weni : .rapidpro
    workspace.groups = ["a", "b", "c"]
    workspace.fields = ["f1", "f2", "f3"]
    var free = extras.shuffled(using: &random)
    for (number, key) in keys.enumerated() where key != nobody && !random.chance(3) {
      var contact = ModelContact(uuid: key.contains(":") ? "old-\(number)" : key, isOld: true)
      if key.contains(":") { contact.urns = [key] }
      if key.hasPrefix("whatsapp"), workspace.profile.verifiesNinthDigit, random.chance(2) {
        contact.urns = [otherSpelling]
      }
      if random.chance(2), let extra = free.popLast() { contact.urns.append(extra) }
      if random.chance(4), let extra = free.popLast() { contact.urns.insert(extra, at: 0) }
      contact.status = random.chance(5) ? random.pick([.blocked, .stopped]) : .active
      if contact.status == .active {
        contact.groups = workspace.groups.filter { _ in random.chance(2) }
      }
      if random.chance(2) { contact.name = "old" }
      if random.chance(2) { contact.fields = ["f1": "old"] }
      workspace.contacts.append(contact)
    }
    return workspace
  }

  private static func event(
    _ key: String, _ missing: MissingPolicy, _ changesWorkspace: Bool, _ random: inout SplitMix
  ) -> ModelEvent {
    if changesWorkspace, random.chance(4) { return ModelEvent(mutations: [change(&random)]) }
    let mutations = (0...random.below(3)).map { _ in mutation(key, missing, &random) }
    return ModelEvent(mutations: decided(mutations))
  }

  /// Without what would make a contact again that had lost its name: whether it was there decides
  /// what such a pair means, and no call can say that.
  private static func decided(_ mutations: [ModelMutation]) -> [ModelMutation] {
    var lostKey = false
    return mutations.filter { mutation in
      if lostKey, mutation.makes { return false }
      switch mutation.kind {
      case .removeURN where mutation.target == mutation.key: lostKey = true
      case .replaceURNs where mutation.missing != .create && !mutation.list.contains(mutation.key):
        lostKey = true
      default: break
      }
      return true
    }
  }

  private static func mutation(
    _ key: String, _ missing: MissingPolicy, _ random: inout SplitMix
  ) -> ModelMutation {
    let kind = random.pick(kinds)
    var mutation = ModelMutation(kind: kind, key: key, missing: missing, rule: random.below(10))
    let urns = keys.filter { $0.contains(":") } + extras
    switch kind {
    case .setName: mutation.value = random.pick(["Ana", "Zé \"x\""])
    case .setLanguage: mutation.value = random.pick(["por", "eng"])
    case .setField, .clearField:
      mutation.target = random.pick(fields)
      mutation.value = random.pick(["1", "2", "linha\n3"])
    case .addToGroup, .removeFromGroup: mutation.target = random.pick(groups)
    case .replaceGroups: mutation.list = groups.filter { $0 != "b" && random.chance(3) }
    case .addURN, .preferURN, .removeURN:
      mutation.target = random.chance(3) && key.contains(":") ? key : random.pick(urns)
    case .replaceURNs:
      mutation.list = urns.filter { $0 == key ? !random.chance(3) : random.chance(6) }
      mutation.list.shuffle(using: &random)
    default: break
    }
    return mutation
  }

  private static func change(_ random: inout SplitMix) -> ModelMutation {
    let kind = random.pick([
      MutationKind.createGroup, .createField, .renameGroup, .deleteGroup, .createGroup,
    ])
    var mutation = ModelMutation(kind: kind, key: "", missing: .skip)
    mutation.target = kind == .createField ? "bad" : random.pick(groups)
    if kind == .renameGroup { mutation.value = random.pick(groups) }
    return mutation
  }

  private static let kinds: [MutationKind] =
    MutationKind.allCases.filter {
      ![.createField, .createGroup, .renameGroup, .deleteGroup, .note].contains($0)
    } + [.addURN, .preferURN, .removeURN, .addToGroup, .removeFromGroup, .setField]
}
