import CEL
import Contacts
import Knowledge

/// What rules that read `contact` may see: the snapshot, and the effects of events already merged.
///
/// Kept only for rulesets that read `contact`. A contact is taken from the snapshot when it is
/// first asked for or written to, and from then on lives here. Past ``limit`` contacts all are
/// forgotten; what was forgotten is unknown until the snapshot has the effects, too.
struct ContactMemory: ~Copyable {
  static let limit = 500_000

  /// A contact as far as it is known; an absent part is not known.
  struct Known {
    var exists: Bool?
    var uuid: String?
    var name: String??
    var language: String??
    var status: String?
    var fields: [String: String?] = [:]
    /// Whether fields that are not in ``fields`` have no value.
    var fieldsAreAll = false
    /// By what all names of a group have in common.
    var groups: [(key: [UInt8], name: String)] = []
    var groupsAreAll = false
    var urns: [String] = []
    var urnsAreAll = false

    /// One that was just made, by a URN.
    static func made(by urn: String) -> Known {
      Known(
        exists: true, name: .some(nil), language: .some(nil), fieldsAreAll: true,
        groupsAreAll: true, urns: [urn], urnsAreAll: true)
    }
  }

  let program: Program
  /// The only fields that a rule reads.
  let fieldKeys: [String]
  var known: [Known] = []
  /// Whom URNs and uuids name.
  var numbers: [String: Int] = [:]
  /// The contacts that came from rows of the snapshot.
  var rowNumbers: [Int32: Int] = [:]
  /// Whether the snapshot has the effects of all that was forgotten.
  private(set) var canAsk = true

  init(_ program: Program) {
    self.program = program
    fieldKeys = program.contactSlots.compactMap { _, path in
      path.count > 2 && path[1] == "fields" ? path[2] : nil
    }
  }

  /// Notes that planning has carried the snapshot forward.
  mutating func closeWindow() { canAsk = true }

  /// What rules may see of a contact now; nil: nobody.
  mutating func view(of name: String?, _ snapshot: inout ContactSnapshot) -> ContactView {
    let contact = name.flatMap { find($0, &snapshot) }.map { known[$0] }
    let uuid = name.flatMap { $0.contains(":") ? nil : Literal.string($0) }
    return ContactView(
      values: program.contactSlots.map { _, path in
        if let uuid, path == ["contact", "uuid"] { return uuid }
        return contact.flatMap { value(of: $0, path.dropFirst()) }
      })
  }

  private func value(of contact: Known, _ path: ArraySlice<String>) -> Literal? {
    func text(_ value: String?) -> Literal { value.map { .string($0) } ?? .null }
    switch path.first {
    case "exists": return contact.exists.map { .bool($0) }
    case "uuid": return contact.uuid.map { .string($0) }
    case "name": return contact.name.map(text)
    case "language": return contact.language.map(text)
    case "status": return contact.status.map { .string($0) }
    case "groups":
      return contact.groupsAreAll ? .list(contact.groups.map { .string($0.name) }) : nil
    case "urns": return contact.urnsAreAll ? .list(contact.urns.map { .string($0) }) : nil
    case "fields":
      guard let key = path.dropFirst().first else { return nil }
      return contact.fields[key].map(text) ?? (contact.fieldsAreAll ? .null : nil)
    default: return nil
    }
  }

  /// The contact that the server finds by a URN or uuid, if anything is known of it.
  mutating func find(_ name: String, _ snapshot: inout ContactSnapshot) -> Int? {
    let exact = findExactly(name, &snapshot)
    if let exact, known[exact].exists != false { return exact }
    guard let other = program.profile.otherSpelling(of: name),
      let owner = findExactly(other, &snapshot)
    else { return exact }
    if known[owner].exists == false { return exact ?? owner }
    let hasOne = known[owner].urns.contains { Self.isSame($0, other) || Self.isSame($0, name) }
    return hasOne ? owner : exact
  }

  /// The contact that has a URN or uuid, if anything is known of it.
  private mutating func findExactly(_ name: String, _ snapshot: inout ContactSnapshot) -> Int? {
    numbers[name] ?? (canAsk ? ask(name, &snapshot) : nil)
  }

  /// Adds a contact; a full memory is emptied before.
  mutating func add(_ contact: Known) -> Int {
    if known.count >= Self.limit {
      known.removeAll()
      numbers.removeAll()
      rowNumbers.removeAll()
      canAsk = false
    }
    known.append(contact)
    return known.count - 1
  }

  /// Learns from a write that was merged.
  mutating func observe(_ write: PendingWrite, builder: inout BatchBuilder) {
    let identifier = builder.identifiers[write.identifier]
    let name = String(decoding: builder.batch.text(identifier.text), as: UTF8.self)
    let value = String(decoding: builder.batch.text(write.value), as: UTF8.self)
    let target =
      write.target >= 0
      ? String(
        decoding: builder.batch.text(builder.batch.targets[Int(write.target)]), as: UTF8.self)
      : ""
    let number = number(of: name, &builder.snapshot)
    if write.kind.makesContact, write.missing == .create { make(number, by: name) }
    switch write.kind {
    case .setName: known[number].name = .some(value)
    case .clearName: known[number].name = .some(nil)
    case .setLanguage: known[number].language = .some(value)
    case .clearLanguage: known[number].language = .some(nil)
    case .setField: if fieldKeys.contains(target) { known[number].fields[target] = .some(value) }
    case .clearField: if fieldKeys.contains(target) { known[number].fields[target] = .some(nil) }
    case .addToGroup, .removeFromGroup, .replaceGroups:
      observeGroup(write.kind, target, number, builder.snapshot.inventory)
    case .addURN, .preferURN, .removeURN, .replaceURNs:
      observeURN(write.kind, target, number, &builder.snapshot)
    case .blockContact:
      known[number].status = "blocked"
      known[number].groups = []
      known[number].groupsAreAll = true
    case .unblockContact: known[number].status = "active"
    case .deleteContact: forget(number, deletedBy: name)
    case .createContact, .interruptContact, .archiveMessages, .createField, .createGroup,
      .renameGroup, .deleteGroup, .note:
      break
    }
  }

  private mutating func number(of name: String, _ snapshot: inout ContactSnapshot) -> Int {
    if let number = find(name, &snapshot) { return number }
    let number = add(Known())
    numbers[name] = number
    return number
  }

  /// A write that makes a missing contact was merged: from now on it exists.
  private mutating func make(_ number: Int, by name: String) {
    if known[number].exists == false, name.contains(":") { known[number] = .made(by: name) }
    known[number].exists = true
  }

  private mutating func forget(_ number: Int, deletedBy name: String) {
    let wasWhole = known[number].urnsAreAll
    known[number] = Known()
    known[number].exists = false
    // Each of its URNs may make another contact. Of one that was half known nobody can say whose
    // they were.
    for (other, owner) in numbers where owner == number && other != name {
      numbers[other] = add(Known(exists: wasWhole ? false : nil))
    }
  }

  private mutating func observeGroup(
    _ kind: MutationKind, _ group: String, _ number: Int, _ inventory: Inventory
  ) {
    let (key, name) = identity(ofGroup: group, inventory)
    switch kind {
    case .replaceGroups:
      known[number].groups = []
      known[number].groupsAreAll = true
    case .addToGroup:
      if !known[number].groups.contains(where: { $0.key == key }) {
        known[number].groups.append((key, name))
      }
    default: known[number].groups.removeAll { $0.key == key }
    }
  }

  private mutating func observeURN(
    _ kind: MutationKind, _ urn: String, _ number: Int, _ snapshot: inout ContactSnapshot
  ) {
    switch kind {
    case .replaceURNs:
      for (name, owner) in numbers where owner == number && name.contains(":") {
        release(name, from: number)
      }
      known[number].urns = []
      known[number].urnsAreAll = true
    case .removeURN:
      guard findExactly(urn, &snapshot) == number else { return }
      known[number].urns.removeAll { Self.isSame($0, urn) }
      release(urn, from: number)
    default:
      let former = findExactly(urn, &snapshot)
      if let former, former != number { known[former].urns.removeAll { Self.isSame($0, urn) } }
      numbers[urn] = number
      let isThere = known[number].urns.contains { Self.isSame($0, urn) }
      if isThere, kind != .preferURN { return }
      known[number].urns.removeAll { Self.isSame($0, urn) }
      known[number].urns.insert(urn, at: kind == .preferURN ? 0 : known[number].urns.count)
    }
  }

  /// A URN that nobody has any more, as far as its contact was known.
  private mutating func release(_ urn: String, from number: Int) {
    numbers[urn] = add(Known(exists: known[number].urnsAreAll ? false : nil))
  }

  /// Whether a URN, perhaps with a display part, is this one.
  private static func isSame(_ shown: String, _ urn: String) -> Bool {
    shown == urn || shown.hasPrefix(urn + "#")
  }
}
