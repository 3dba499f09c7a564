import CEL
import Contacts

/// What this run knows of contacts: the effects of events already merged.
///
/// Kept only for rulesets that read `contact`; past ``limit`` contacts it starts anew, and what
/// was forgotten is unknown again.
struct ContactMemory: ~Copyable {
  static let limit = 500_000

  /// A contact as far as it is known; an absent part is not known.
  struct Known {
    var exists: Bool?
    var name: String??
    var language: String??
    var status: String?
    var fields: [String: String?] = [:]
    /// By folded name; `groupsAreAll` once a `set_groups` made the list complete.
    var groups: [(key: [UInt8], name: String)] = []
    var groupsAreAll = false
    var urns: [String] = []
    var urnsAreAll = false
  }

  private let program: Program
  private var known: [Known] = []
  private var numbers: [String: Int] = [:]

  init(_ program: Program) { self.program = program }

  /// Fills the slots of `contact` with what is known; nil: nobody.
  func fill(_ evaluator: inout EventEvaluator, contact name: String?) {
    let contact = name.flatMap { numbers[$0] }.map { known[$0] }
    for (slot, path) in program.contactSlots {
      let literal = contact.flatMap { value(of: $0, path.dropFirst()) }
      evaluator.slots[slot] =
        literal.map { evaluator.scratch.makeValue($0) } ?? .unknown(.notKnown)
    }
    if let uuidSlot = program.contactSlots.first(where: { $0.path == ["contact", "uuid"] })?.slot,
      let name, !name.contains(":")
    {
      evaluator.slots[uuidSlot] = evaluator.scratch.makeValue(.string(name))
    }
  }

  private func value(of contact: Known, _ path: ArraySlice<String>) -> Literal? {
    func text(_ value: String?) -> Literal { value.map { .string($0) } ?? .null }
    switch path.first {
    case "exists": return contact.exists.map { .bool($0) }
    case "name": return contact.name.map(text)
    case "language": return contact.language.map(text)
    case "status": return contact.status.map { .string($0) }
    case "groups":
      return contact.groupsAreAll ? .list(contact.groups.map { .string($0.name) }) : nil
    case "urns": return contact.urnsAreAll ? .list(contact.urns.map { .string($0) }) : nil
    case "fields":
      guard let key = path.dropFirst().first else { return nil }
      return contact.fields[key].map(text)
    default: return nil
    }
  }

  /// Learns from a write that was merged.
  mutating func observe(_ write: PendingWrite, builder: borrowing BatchBuilder) {
    let identifier = builder.identifiers[Int(write.identifier)]
    let name = String(decoding: builder.batch.text(identifier.text), as: UTF8.self)
    let value = String(decoding: builder.batch.text(write.value), as: UTF8.self)
    let target =
      write.target >= 0
      ? String(
        decoding: builder.batch.text(builder.batch.targets[Int(write.target)]), as: UTF8.self)
      : ""
    let number = number(of: name)
    if write.kind.createsContact, write.missing == .create { known[number].exists = true }
    switch write.kind {
    case .setName: known[number].name = .some(value)
    case .clearName: known[number].name = .some(nil)
    case .setLanguage: known[number].language = .some(value)
    case .clearLanguage: known[number].language = .some(nil)
    case .setField: known[number].fields[target] = .some(value)
    case .clearField: known[number].fields[target] = .some(nil)
    case .addToGroup, .removeFromGroup, .replaceGroups:
      observeGroup(write.kind, target, number)
    case .addURN, .preferURN, .removeURN, .replaceURNs: observeURN(write.kind, target, number)
    case .blockContact:
      known[number].status = "blocked"
      known[number].groups = []
      known[number].groupsAreAll = true
    case .unblockContact: known[number].status = "active"
    case .deleteContact:
      known[number] = Known()
      known[number].exists = false
      for (urn, owner) in numbers where owner == number && urn != name { numbers[urn] = nil }
    case .createContact, .interruptContact, .archiveMessages, .createField, .createGroup,
      .renameGroup, .deleteGroup, .note:
      break
    }
  }

  private mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    if known.count >= Self.limit {
      known.removeAll()
      numbers.removeAll()
    }
    known.append(Known())
    numbers[name] = known.count - 1
    return known.count - 1
  }

  private mutating func observeGroup(_ kind: MutationKind, _ group: String, _ number: Int) {
    var key: [UInt8] = []
    Array(group.utf8).withUnsafeBytes { program.profile.foldGroupName($0, into: &key) }
    switch kind {
    case .replaceGroups:
      known[number].groups = []
      known[number].groupsAreAll = true
    case .addToGroup:
      if !known[number].groups.contains(where: { $0.key == key }) {
        known[number].groups.append((key, group))
      }
    default: known[number].groups.removeAll { $0.key == key }
    }
  }

  private mutating func observeURN(_ kind: MutationKind, _ urn: String, _ number: Int) {
    switch kind {
    case .replaceURNs:
      for (name, owner) in numbers where owner == number && name.contains(":") {
        numbers[name] = nil
      }
      known[number].urns = []
      known[number].urnsAreAll = true
    case .removeURN:
      known[number].urns.removeAll { $0 == urn }
      if numbers[urn] == number { numbers[urn] = nil }
    case .preferURN:
      known[number].urns.removeAll { $0 == urn }
      known[number].urns.insert(urn, at: 0)
      numbers[urn] = number
    default:
      if !known[number].urns.contains(urn) { known[number].urns.append(urn) }
      numbers[urn] = number
    }
  }
}
