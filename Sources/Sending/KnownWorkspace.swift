import CEL
package import Contacts
package import Execution
package import Planning
package import StateStore

/// Keeps a state directory up to date with what calls are answered, so that the next plan begins there.
///
/// Before a call is sent the contacts that it may change are in doubt, and what the directory says of
/// them is not relied on. They are so no longer once the answer is there. So it may end at any time, and
/// the directory never says what the server does not.
package final class KnownWorkspace {
  package let store: ContactStore
  private let profile: APIProfile
  private let now: @Sendable () -> PointInTime
  /// uuids of contacts by the URNs that the plan speaks of.
  private var owners: [String: String] = [:]
  private var groups: KnownGroups
  private var coder = JSONCoder()

  /// Finds whom the calls of a plan are about; that takes a second or two for a million contacts.
  package init(
    _ store: ContactStore, of calls: [Call], _ profile: APIProfile,
    now: @escaping @Sendable () -> PointInTime
  ) throws(StoreFailure) {
    self.store = store
    self.profile = profile
    self.now = now
    var wanted = ContactNames(profile)
    for call in calls {
      for name in call.contactNames + call.bodyURNs where name.contains(":") { wanted.insert(name) }
    }
    do {
      (owners, groups) = try store.reading { reading in
        (try Self.owners(of: wanted, reading), try KnownGroups(reading.inventory, profile))
      }
    } catch {
      throw StoreFailure(error, path: store.path)
    }
  }

  /// Knows whom every URN belongs to: for calls that are planned later.
  package init(
    _ store: ContactStore, _ profile: APIProfile, now: @escaping @Sendable () -> PointInTime
  ) throws(StoreFailure) {
    self.store = store
    self.profile = profile
    self.now = now
    do {
      (owners, groups) = try store.reading { reading in
        (try Self.owners(of: nil, reading), try KnownGroups(reading.inventory, profile))
      }
    } catch {
      throw StoreFailure(error, path: store.path)
    }
  }

  /// The owners of some URNs, or of all.
  private static func owners(
    of wanted: ContactNames?, _ reading: StoreReading
  ) throws -> [String: String] {
    var owners: [String: String] = [:]
    if let wanted, wanted.isEmpty { return owners }
    var parser = JSONParser(byteLimit: 64 << 20)
    try reading.forEachContact { contact in
      guard let document = try? parser.parseCopy(of: contact.body),
        let urns = document.member("urns", of: document.root),
        let uuid = document.member("uuid", of: document.root)?.ownedText
      else { return }
      for urn in document.elements(of: urns) {
        guard let text = urn.ownedText, wanted?.contains(text) ?? true else { continue }
        owners[ContactNames.identity(of: text)] = uuid
      }
    }
    return owners
  }

  /// The uuid of a contact that a call names, as far as it is known.
  private func uuid(of name: String) -> String? {
    guard name.contains(":") else { return ContactNames.identity(of: name) }
    return owners[ContactNames.identity(of: name)]
      ?? profile.otherSpelling(of: name).flatMap { owners[ContactNames.identity(of: $0)] }
  }

  /// Doubts whom a call may change, those too that its answers name; `isRepeated` where it may have been
  /// sent before.
  ///
  /// - Returns: what is in doubt for this call alone, for ``learn(_:settling:)``.
  package func begin(
    _ call: Call, answers: [KeptAnswer], isRepeated: Bool
  ) throws(StoreFailure) -> ContactStore.Doubted {
    guard call.method != .get else { return .init() }
    let names =
      call.contactNames + call.bodyURNs + answers.flatMap { [$0.uuid, $0.urn].compactMap(\.self) }
    var beginning = ContactStore.Beginning(at: now())
    beginning.contacts = Set(names.compactMap(uuid)).sorted()
    beginning.group = call.deletedGroup(answers)
    beginning.makesContacts = names.contains { uuid(of: $0) == nil }
    beginning.isRepeated = isRepeated
    return try store.doubt(beginning)
  }

  /// Stores what was said while a call was carried out, all of which is known now.
  package func learn(
    _ findings: [Finding], settling doubted: ContactStore.Doubted
  ) throws(StoreFailure) {
    var lesson = Lesson(AnswerChange(at: now()))
    for finding in findings { try learn(finding, &lesson) }
    for (uuid, body) in lesson.edited {
      lesson.change.edited.append((uuid, String(decoding: coder.bytes(of: body), as: UTF8.self)))
    }
    lesson.change.settled = doubted
    guard !lesson.change.isEmpty else { return }
    try store.store(lesson.change)
  }

  /// What the findings of one call come to so far.
  private struct Lesson {
    var change: AnswerChange
    var bodies: [String: Literal] = [:]
    var edited: [String: Literal] = [:]

    init(_ change: AnswerChange) { self.change = change }
  }

  private func learn(_ finding: Finding, _ lesson: inout Lesson) throws(StoreFailure) {
    switch finding {
    case .contact(let contact): try learn(contact, &lesson)
    case .nobody(let name), .deleted(let name):
      guard let uuid = uuid(of: name) else { return }
      let isGone = if case .deleted = finding { true } else { !name.contains(":") }
      if isGone { lesson.change.deleted.append(uuid) } else { lesson.change.doubtful.append(uuid) }
    case .doubtful(let name):
      if let uuid = uuid(of: name) { lesson.change.doubtful.append(uuid) }
    case .acted("delete", _, let names): lesson.change.deleted += names.compactMap(uuid)
    case .acted(let action, let group, let names):
      let effect = BulkEffect(action, group: group.flatMap { groups[$0] }, profile)
      for uuid in names.compactMap(uuid) { try edit(uuid, &lesson) { effect.applied(to: $0) } }
    case .group(let object):
      guard let row = groups.learn(object, &coder) else { return }
      lesson.change.groups.append(row)
    case .field(let object):
      guard let key = object["key"]?.text else { return }
      let body = String(decoding: coder.bytes(of: object), as: UTF8.self)
      lesson.change.fields.append(InventoryRows.Field(key: key, body: body))
    case .groupDeleted(let uuid):
      groups.remove(uuid)
      lesson.change.deletedGroups.append(uuid)
    }
  }

  /// A contact that the server shows has its URNs, and nobody else does.
  private func learn(_ contact: ContactAnswer, _ lesson: inout Lesson) throws(StoreFailure) {
    let uuid = ContactNames.identity(of: contact.uuid)
    guard let row = ContactRow(answer: coder.bytes(of: contact.object)) else {
      lesson.change.doubtful.append(uuid)
      return
    }
    lesson.change.shown.append(row)
    lesson.bodies[uuid] = contact.object
    lesson.edited[uuid] = nil
    for urn in contact.urns {
      let identity = ContactNames.identity(of: urn)
      if let owner = owners[identity], owner != uuid {
        try edit(owner, &lesson) { $0.removing(urn: identity) }
      }
      owners[identity] = uuid
    }
  }

  /// Changes what is known of a contact; where nobody can say what it becomes, it is doubted.
  private func edit(
    _ uuid: String, _ lesson: inout Lesson, _ body: (Literal) -> Literal?
  ) throws(StoreFailure) {
    guard let known = try knownBody(of: uuid, lesson) else { return }
    if let new = body(known) {
      lesson.bodies[uuid] = new
      lesson.edited[uuid] = new
    } else {
      lesson.change.doubtful.append(uuid)
    }
  }

  private func knownBody(of uuid: String, _ lesson: Lesson) throws(StoreFailure) -> Literal? {
    if let body = lesson.bodies[uuid] { return body }
    guard let text = try store.body(of: uuid) else { return nil }
    return Array(text.utf8).withUnsafeBytes { try? coder.value(of: $0) }
  }
}

extension Call {
  /// The URNs that a POST writes.
  fileprivate var bodyURNs: [String] {
    guard case .contact(let body) = body else { return [] }
    return switch body.urns {
    case .list(let urns): urns
    case .edit(_, let add, let first, let remove): add + first + remove
    case nil: []
    }
  }

  /// The uuid of the group that the call deletes.
  fileprivate func deletedGroup(_ answers: [KeptAnswer]) -> String? {
    guard method == .delete, path.hasSuffix("/groups.json") else { return nil }
    if case .text(let uuid) = query?.value { return uuid }
    return answers.lazy.compactMap(\.group).first
  }
}
