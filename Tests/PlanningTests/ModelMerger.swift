import Contacts
import Engine

/// Merges actions into parts and rounds by the plainest rules that keep the order of effects.
///
/// Whatever may name one contact is linked; a write goes into a contact's open part only if that
/// is the last part of everything it is linked to.
struct ModelMerger {
  private struct Person {
    var key: String
    /// Index in ``Batch/parts``; -1 before the first write.
    var part: Int32 = -1
    var link: Int
  }

  private(set) var draft = DraftBatch()
  private let mode: Merger.Mode
  private var persons: [Person] = []
  /// Who a key names now.
  private var current: [String: Int] = [:]
  /// Who was ever named by a URN, or touched it.
  private var users: [String: [Int]] = [:]
  /// Of each link its last round, and the part in it if there is only one.
  private var links: [(round: Int32, part: Int32)] = []
  private var floor: Int32 = 0
  private var eventNumber = 0

  init(mode: Merger.Mode) { self.mode = mode }

  mutating func apply(_ event: ModelEvent) {
    var named: [String: Int] = [:]
    for mutation in event.mutations where !mutation.key.isEmpty {
      named[mutation.key] = person(mutation.key)
    }
    var deleted: [String: Bool] = [:]
    for mutation in event.mutations where mutation.kind == .deleteContact {
      deleted[mutation.key] = false
    }
    for mutation in event.mutations {
      if let isDone = deleted[mutation.key] {
        // A deletion cancels what else the event does to its contact, another deletion too.
        if isDone || mutation.kind != .deleteContact { continue }
        deleted[mutation.key] = true
      }
      if mode == .off { floor = Int32(draft.batch.roundCount) * (draft.isEmpty ? 0 : 1) }
      guard let person = named[mutation.key] else {
        applyToWorkspace(mutation)
        continue
      }
      apply(mutation, person)
    }
    eventNumber += 1
  }

  private mutating func person(_ key: String) -> Int {
    if let known = current[key] { return known }
    links.append((-1, -1))
    persons.append(Person(key: key, link: links.count - 1))
    current[key] = persons.count - 1
    touch(key, by: persons.count - 1)
    return persons.count - 1
  }

  /// Links a person with all who used a URN before.
  private mutating func touch(_ urn: String, by person: Int) {
    for other in users[urn] ?? [] { link(person, other) }
    users[urn, default: []].append(person)
  }

  private mutating func link(_ one: Int, _ other: Int) {
    let kept = persons[one].link
    let gone = persons[other].link
    guard kept != gone else { return }
    if links[gone].round > links[kept].round {
      links[kept] = links[gone]
    } else if links[gone].round == links[kept].round {
      links[kept].part = -1
    }
    for index in persons.indices where persons[index].link == gone { persons[index].link = kept }
  }

  private mutating func apply(_ mutation: ModelMutation, _ person: Int) {
    if Effect.touchesURNs.contains(mutation.kind) {
      for urn in mutation.kind == .replaceURNs ? mutation.list : [mutation.target] {
        touch(urn, by: person)
        if urn != persons[person].key { current[urn] = nil }
      }
    }
    let part = part(for: mutation, person)
    links[persons[person].link] = (draft.batch.parts[Int(part)].round, part)
    write(mutation, part)
    let losesKey =
      mutation.kind == .deleteContact
      || (mutation.kind == .removeURN && mutation.target == mutation.key)
      || (mutation.kind == .replaceURNs && !mutation.list.contains(mutation.key))
    if losesKey, current[mutation.key] == person { current[mutation.key] = nil }
  }

  /// The open part, or a new one behind everything that is linked.
  private mutating func part(for mutation: ModelMutation, _ person: Int) -> Int32 {
    let open = persons[person].part
    let last = links[persons[person].link]
    if open >= 0, open == last.part, last.round >= floor, !isBarrier(mutation, open) { return open }
    let missing = mutation.kind == .createContact ? MissingPolicy.create : mutation.missing
    persons[person].part = draft.open(
      mutation.key, missing, round: max(last.round + 1, floor), event: eventNumber,
      contact: "\(person)")
    return persons[person].part
  }

  private func isBarrier(_ mutation: ModelMutation, _ number: Int32) -> Bool {
    let part = draft.batch.parts[Int(number)]
    let kinds = draft.kinds(of: number)
    if part.deletes { return true }
    if mutation.kind == .deleteContact {
      return kinds.contains { Effect.touchesURNs.contains($0) }
    }
    let missing = mutation.kind == .createContact ? MissingPolicy.create : mutation.missing
    if part.missing != missing { return true }
    // What was taken from another contact stays taken, also where this one loses it again.
    if mutation.kind == .removeURN || mutation.kind == .replaceURNs {
      let taken = draft.takenURNs(of: number)
      let lost = mutation.kind == .removeURN ? [mutation.target] : taken
      if !Set(lost).subtracting(mutation.list).isDisjoint(with: taken) { return true }
    }
    if mutation.kind == .unblockContact {
      return kinds.contains { [.blockContact, .addToGroup, .replaceGroups].contains($0) }
    }
    // Who is made only now must not meet what was meant for nobody.
    return mutation.makes && !part.creates && kinds.contains(.blockContact)
  }

  private mutating func write(_ mutation: ModelMutation, _ part: Int32) {
    switch mutation.kind {
    case .replaceGroups:
      draft.drop([.addToGroup, .removeFromGroup], from: part)
      draft.put(mutation, part, event: eventNumber)
      for group in mutation.list {
        var add = mutation
        add.kind = .addToGroup
        add.target = group
        draft.put(add, part, event: eventNumber)
      }
    case .replaceURNs:
      draft.drop(Effect.touchesURNs, from: part)
      draft.put(mutation, part, event: eventNumber)
      for urn in mutation.list {
        var add = mutation
        add.kind = .addURN
        add.target = urn
        draft.put(add, part, event: eventNumber)
      }
    case .deleteContact:
      draft.drop(MutationKind.allCases, from: part)
      draft.put(mutation, part, event: eventNumber)
    default: draft.put(mutation, part, event: eventNumber)
    }
  }

  private mutating func applyToWorkspace(_ mutation: ModelMutation) {
    var last = floor - 1
    for part in draft.batch.parts { last = max(last, part.round) }
    let opens = mutation.kind == .createGroup || mutation.kind == .createField
    let round = opens ? last + 1 : max(last, floor)
    draft.workspace(
      mutation.kind, mutation.target, mutation.value, round: round, event: eventNumber)
    floor = opens ? round : round + 1
  }
}

/// Sets of kinds that the model tells apart.
enum Effect {
  static let touchesURNs: [MutationKind] = [.addURN, .preferURN, .removeURN, .replaceURNs]
}
