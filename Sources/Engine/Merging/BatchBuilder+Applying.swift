import Contacts
import Knowledge

/// One mutation on its way into the batch.
struct PendingWrite: BitwiseCopyable {
  var kind: MutationKind
  var missing: MissingPolicy
  /// In the batch; -1 where the kind has none.
  var target: Int32
  var value: TextRange
  var rule: Int32
  var event: Int32
  /// Who it is about, and by which identifier the event names them.
  var contact: Int32
  var identifier: Int32
}

/// What became of a mutation.
enum Applied {
  case merged, contactIsBlocked
  /// The URN is that of the contact in this row of the snapshot.
  case urnIsTaken(row: Int32)
}

/// What happens to a URN that belongs to another contact.
package enum URNMoves: Sendable {
  /// The write is set aside.
  case refused
  /// It is taken from that contact.
  case allowed
}

/// Merging: the pairs of the contact API's algebra, and the barriers where order matters.
extension BatchBuilder {
  /// Merges one mutation of a contact; ``urnList`` has what follows a `replaceURNs`.
  mutating func apply(_ write: PendingWrite) -> Applied {
    switch write.kind {
    case .setName, .clearName, .setLanguage, .clearLanguage, .setField, .clearField,
      .createContact:
      put(write, in: part(for: write))
    case .addToGroup, .removeFromGroup, .replaceGroups: return applyGroup(write)
    case .addURN, .preferURN, .removeURN, .replaceURNs: return applyURN(write)
    case .blockContact, .unblockContact: applyStatus(write)
    case .interruptContact, .archiveMessages: put(write, in: part(for: write))
    case .deleteContact: applyDeletion(write)
    case .createField, .createGroup, .renameGroup, .deleteGroup, .note:
      preconditionFailure("not a change of a contact")
    }
    return .merged
  }

  /// The part a write belongs to: the contact's newest, unless something stands between them.
  private mutating func part(for write: PendingWrite, from round: Int32 = 0) -> Int32 {
    let contact = contacts[write.contact]
    let double = contact.double
    if double < 0, contact.part >= 0, isOpen(contact.part, for: write, from: round) {
      return contact.part
    }
    guard double >= 0 else { return ownPart(for: write, from: round) }
    let last = lastPart(of: double, otherThan: write.contact)
    let part = ownPart(for: write, from: max(round, self.round(after: last)))
    setLastPart(part, of: double)
    return part
  }

  /// Whether a write plainly belongs to a part, as most do: same round, same policy.
  @inline(__always)
  private mutating func isOpen(
    _ part: Int32, for write: PendingWrite, from round: Int32
  ) -> Bool {
    let open = parts.place(of: part)
    guard !open.pointee.part.deletes, open.pointee.part.round >= max(round, globalRound) else {
      return false
    }
    return !write.kind.makesContact
      || !open.pointee.kinds.isDisjoint(with: .creating)
        && open.pointee.part.missing.isSame(as: write.missing)
  }

  private mutating func ownPart(for write: PendingWrite, from round: Int32) -> Int32 {
    let newest = contacts[write.contact].part
    guard newest >= 0 else { return open(write, round: round) }
    let part = parts[newest].part
    if part.deletes { return open(write, round: max(round, part.round + 1)) }
    if part.round < max(round, globalRound) { return open(write, round: round) }
    if write.kind.makesContact, isPolicyBarrier(newest, write) {
      return open(write, round: part.round + 1)
    }
    if write.kind.makesContact, !makesContact(newest) {
      parts[newest].part.missing = write.missing
    }
    return newest
  }

  /// Whether a part holds a write of a kind that makes contacts, under whatever policy.
  private mutating func makesContact(_ part: Int32) -> Bool { contains(in: part, .creating) }

  /// Whether a write that may make the contact would change what earlier ones did without it.
  private mutating func isPolicyBarrier(_ number: Int32, _ write: PendingWrite) -> Bool {
    let part = parts[number].part
    if makesContact(number) { return part.missing != write.missing && part.missing != .create }
    // A contact made only now must not meet the status that an earlier event meant for nobody.
    return write.missing == .create
      && contains(in: number, [.blockContact])
  }

  private mutating func put(_ write: PendingWrite, in part: Int32) {
    put(
      write.kind, target: write.target, value: write.value, in: part, rule: write.rule,
      event: write.event)
    noteCreation(write, part)
  }

  private mutating func noteCreation(_ write: PendingWrite, _ part: Int32) {
    let open = parts.place(of: part)
    if write.kind.makesContact, open.pointee.part.missing.isSame(as: .create),
      !open.pointee.part.isUUID
    {
      open.pointee.part.creates = true
    }
  }

  private mutating func applyGroup(_ write: PendingWrite) -> Applied {
    let part = part(for: write)
    if contains(in: part, [.blockContact]) {
      // Blocked since: the API refuses to add, and there is nothing to remove from.
      return write.kind == .addToGroup ? .contactIsBlocked : .merged
    }
    if case .replaceGroups = write.kind {
      drop(from: part) { $0.kind == .addToGroup || $0.kind == .removeFromGroup }
      parts[part].part.replacesGroups = true
    }
    put(write, in: part)
    return .merged
  }

  private mutating func applyStatus(_ write: PendingWrite) {
    let newest = contacts[write.contact].part
    var round: Int32 = 0
    // Group writes from before may have been refused, and a block empties the groups.
    if write.kind == .unblockContact, newest >= 0,
      contains(in: newest, [.blockContact, .addToGroup, .removeFromGroup, .replaceGroups])
    {
      round = self.round(after: newest)
    }
    let part = part(for: write, from: round)
    if write.kind == .blockContact { clearGroups(of: part, write) }
    put(write, in: part)
  }

  /// A block empties the static groups: what was written to them before is dead, except that it
  /// makes a missing contact.
  private mutating func clearGroups(of part: Int32, _ write: PendingWrite) {
    let madeContact = makesContact(part)
    drop(from: part) {
      $0.kind == .addToGroup || $0.kind == .removeFromGroup || $0.kind == .replaceGroups
    }
    parts[part].part.replacesGroups = false
    if madeContact, !makesContact(part) {
      put(
        .createContact, target: -1, value: .none, in: part, rule: write.rule, event: write.event)
    }
  }

  private mutating func applyURN(_ write: PendingWrite) -> Applied {
    editsURNs = true
    switch write.kind {
    case .replaceURNs: replaceURNs(write)
    case .removeURN:
      let part = part(for: write, from: roundBehindAdding([write.target], of: write.contact))
      put(write, in: part)
      let urn = identifier(of: write.value)
      resolve(urn)
      let owner = identifiers[urn].contact
      if owner >= 0, mayBeOne(owner, write.contact) { release(urn, from: owner) }
      // Of a contact that only the server knows, this may be the spelling that it is found by.
      let other = contacts[write.contact].row < 0 ? otherSpelling(of: urn) : -1
      if other >= 0 { release(other, from: write.contact) }
    default: return addURN(write)
    }
    return .merged
  }

  /// The row of another contact that surely has a URN; -1 where nobody is known to have it.
  private mutating func owner(of urn: Int32, otherThan contact: Int32) -> Int32 {
    let owner = identifiers[urn].contact
    guard owner >= 0, owner != contact, !contacts[owner].wasDeleted else { return -1 }
    let row = contacts[owner].row
    // A contact of which only URNs are known may be the very one that is written to.
    let isThere = row >= 0 && (snapshot.hasUUID(row) || snapshot.isFresh(row))
    return isThere && !snapshot.isDoubtful(row) ? row : -1
  }

  private mutating func addURN(_ write: PendingWrite) -> Applied {
    let urn = identifier(of: write.value)
    resolve(urn)
    let owner = owner(of: urn, otherThan: write.contact)
    if urnMoves == .refused, owner >= 0 { return .urnIsTaken(row: owner) }
    let round = roundToTake(urn, for: write.contact)
    let known = identifiers[urn]
    guard known.contact != write.contact else {
      putURN(write, in: part(for: write))
      return .merged
    }
    let part = part(for: write, from: round)
    assign(urn, to: write.contact)
    putURN(write, in: part)
    if !parts[part].part.creates, contacts[write.contact].row < 0 {
      // Nobody knows whether the contact is there to take it: later events ask the server.
      release(urn, from: write.contact)
      identifiers[urn].releasedFrom = -1
      let chain = chain(of: write.contact)
      identifiers[urn].double = chain
      // Whoever had it may have it still.
      if known.contact >= 0 {
        contacts[known.contact].double = join(contacts[known.contact].double, chain)
      }
    }
    return .merged
  }

  /// The round in which a contact may take a URN, wherever that may be now.
  private mutating func roundToTake(_ urn: Int32, for contact: Int32) -> Int32 {
    noteOtherSpelling(of: urn, givenTo: contact)
    let known = identifiers[urn]
    // Whoever may have had it before may be this contact's double as well.
    contacts[contact].double = join(contacts[contact].double, known.double)
    if known.contact == contact { return 0 }
    guard known.contact >= 0 else {
      let newest = contacts[contact].part
      return newest < 0 || known.releasedFrom != newest ? known.minRound : 0
    }
    // What another contact was written under this URN must come before it moves.
    let owner = contacts[known.contact]
    if owner.part >= 0 { return round(after: owner.part) }
    // Of a contact that nothing was written to yet, nothing can come too late.
    return owner.row >= 0 ? owner.minRound : max(globalRound, owner.minRound) + 1
  }

  /// The whole list goes into one part: a part of its own for what is taken from others would leave
  /// the contact without the URN that names it.
  private mutating func replaceURNs(_ write: PendingWrite) {
    let newest = contacts[write.contact].part
    let dropped = newest < 0 ? [] : addedURNs(in: newest).filter { !urnList.contains($0) }
    var round = roundBehindAdding(dropped, of: write.contact)
    for target in urnList {
      let urn = identifier(of: batch.targets[Int(target)])
      resolve(urn)
      guard urnMoves == .allowed || owner(of: urn, otherThan: write.contact) < 0 else { continue }
      round = max(round, roundToTake(urn, for: write.contact))
    }
    let part = part(for: write, from: round)
    drop(from: part) { $0.kind.isURNEdit }
    parts[part].part.replacesURNs = true
    contacts[write.contact].urnsAreReplaced = true
    put(write, in: part)
    noteUpheaval(part)
    var next = contacts[write.contact].firstLink
    while next >= 0 {
      let link = links[next]
      if !identifiers[link.identifier].isUUID {
        release(link.identifier, from: write.contact)
      }
      next = link.next
    }
  }

  /// A URN that a part takes and gives up again was taken from whoever had it: both are sent.
  private mutating func roundBehindAdding(_ urns: [Int32], of contact: Int32) -> Int32 {
    let newest = contacts[contact].part
    guard newest >= 0, !urns.isEmpty else { return 0 }
    let added = addedURNs(in: newest)
    return urns.contains(where: added.contains) ? round(after: newest) : 0
  }

  private mutating func addedURNs(in part: Int32) -> [Int32] {
    guard contains(in: part, [KindSet(.addURN), KindSet(.preferURN)]) else { return [] }
    var urns: [Int32] = []
    var next = parts[part].part.firstWrite
    while next >= 0 {
      let write = batch.writes[Int(next)]
      if write.kind.takesURN { urns.append(write.target) }
      next = write.next
    }
    return urns
  }

  /// A URN that was removed and added again stands at the end of the list.
  private mutating func putURN(_ write: PendingWrite, in part: Int32) {
    let known = find(write.target, in: part)
    var comesAfterRemoval = false
    var keepsPreference = false
    if known >= 0, batch.writes[Int(known)].next != Self.unlinked {
      let before = batch.writes[Int(known)]
      comesAfterRemoval = before.kind == .removeURN || before.comesAfterRemoval
      keepsPreference = before.kind == .preferURN
    }
    var write = write
    var sequence: Int32?
    if keepsPreference, write.kind == .addURN {
      write.kind = .preferURN
      sequence = batch.writes[Int(known)].sequence
    }
    let number = Int(
      put(
        write.kind, target: write.target, value: write.value, in: part, rule: write.rule,
        event: write.event))
    batch.writes[number].comesAfterRemoval = comesAfterRemoval
    if let sequence { batch.writes[number].sequence = sequence }
    noteCreation(write, part)
  }

  /// A deletion drops what came before, except URNs taken from others: those stay taken.
  ///
  /// URNs are removed where others are taken, too: what was removed names nobody from then on, and the
  /// contact is deleted only after that.
  private mutating func applyDeletion(_ write: PendingWrite) {
    var part = part(for: write)
    let takesURNs = !addedURNs(in: part).isEmpty
    drop(from: part) { !$0.kind.takesURN && !(takesURNs && $0.kind == .removeURN) }
    parts[part].part.replacesGroups = false
    if parts[part].part.firstWrite >= 0 {
      part = open(write, round: parts[part].part.round + 1)
    }
    parts[part].part.deletes = true
    parts[part].part.creates = false
    parts[part].part.replacesURNs = false
    put(write, in: part)
    contacts[write.contact].wasDeleted = true
    noteUpheaval(part)
  }
}

extension BatchBuilder {
  /// Adds a change of the workspace.
  ///
  /// Renames and deletions close their round; a creation opens one, behind all writes before it:
  /// they may have tried to use what was not there yet.
  mutating func applyToWorkspace(
    _ kind: MutationKind, subject: TextRange, value: TextRange, rule: Int32, event: Int32
  ) {
    if kind == .createField || kind == .createGroup {
      // Creating what was created before is success, and changes nothing.
      guard created.insert(Array(batch.text(subject))).inserted else { return }
      globalRound = max(globalRound, lastRound + 1)
    } else {
      created.removeAll()
      globalRound = max(globalRound, lastRound)
    }
    batch.workspace.append(
      Batch.WorkspaceWrite(
        kind: kind, subject: subject, value: value, rule: rule, event: event, round: globalRound))
    if kind == .renameGroup || kind == .deleteGroup { globalRound += 1 }
  }
}

extension MutationKind {
  /// Whether it changes URNs: what planning makes of one depends on those it replaced.
  var isURNEdit: Bool {
    switch self {
    case .addURN, .preferURN, .removeURN, .replaceURNs: true
    default: false
    }
  }

  fileprivate var takesURN: Bool { self == .addURN || self == .preferURN }
}
