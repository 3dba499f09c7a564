import Contacts
import Knowledge

/// Parts of contacts and their writes.
extension BatchBuilder {
  /// Lets an identifier name a contact from now on.
  mutating func assign(_ identifier: Int32, to contact: Int32) {
    identifiers[identifier].contact = contact
    identifiers[identifier].isResolved = true
    links.append(Link(identifier: identifier, next: contacts[contact].firstLink))
    contacts[contact].firstLink = Int32(links.count - 1)
  }

  /// Lets an identifier name nobody from now on, if it names this contact.
  ///
  /// Where the server goes on to another spelling, whom it names next may be this contact still.
  mutating func release(_ identifier: Int32, from contact: Int32) {
    guard identifiers[identifier].contact == contact else { return }
    if mayHaveOtherSpelling(identifier) {
      identifiers[identifier].double = join(
        identifiers[identifier].double, chain(of: contact))
    }
    let part = contacts[contact].part
    identifiers[identifier].contact = -1
    identifiers[identifier].isResolved = true
    identifiers[identifier].minRound = round(after: part)
    identifiers[identifier].releasedFrom = part
  }

  /// The round behind a part's.
  mutating func round(after part: Int32) -> Int32 { part < 0 ? 0 : parts[part].part.round + 1 }

  /// Opens a part of a contact, in `round` or later.
  mutating func open(_ write: PendingWrite, round: Int32) -> Int32 {
    let known = contacts[write.contact]
    let first = max(max(globalRound, known.minRound), round)
    let name = identifiers[name(of: write)]
    let part = Int32(parts.count)
    parts.append(
      OpenPart(
        part: Batch.Part(
          key: name.text, isUUID: name.isUUID, missing: write.missing, contact: write.contact,
          round: first, firstEvent: write.event)))
    parts[part].part.isNameless = name.contact < 0 && name.releasedFrom >= 0
    lastRound = max(lastRound, first)
    contacts[write.contact].part = part
    if known.double >= 0 { setLastPart(part, of: known.double) }
    return part
  }

  /// What a new part names its contact by: as the event does, unless the same event took that from the
  /// contact; then by another name that it has, or the one that it lost last.
  private mutating func name(of write: PendingWrite) -> Int32 {
    guard identifiers[write.identifier].contact != write.contact else { return write.identifier }
    let newest = contacts[write.contact].part
    var lost = write.identifier
    var next = contacts[write.contact].firstLink
    while next >= 0 {
      let link = links[next]
      let identifier = identifiers[link.identifier]
      if identifier.contact == write.contact { return link.identifier }
      let isLost = identifiers[lost].releasedFrom >= 0 && identifiers[lost].releasedFrom != newest
      if isLost, identifier.contact < 0, identifier.releasedFrom == newest {
        lost = link.identifier
      }
      next = link.next
    }
    return lost
  }

  /// Writes to a target of a part; an earlier write to it becomes its `previous`.
  @discardableResult
  mutating func put(
    _ kind: MutationKind, target: Int32, value: TextRange, in part: Int32, rule: Int32,
    event: Int32
  ) -> Int32 {
    var write = Batch.Write(
      kind: kind, target: target, value: value, rule: rule, event: event, sequence: sequence)
    sequence += 1
    let place = write.place
    let bit: UInt64 = 1 << (UInt64(UInt32(bitPattern: place)) & 63)
    let open = parts.place(of: part)
    if open.pointee.places & bit != 0 {
      let known = find(place, in: part)
      if known >= 0, batch.writes[Int(known)].next != Self.unlinked {
        overwrite(known, with: write, in: part)
        return known
      }
      write.previous = known
    }
    let number = Int32(batch.writes.count)
    batch.writes.append(write)
    let last = open.pointee.part.lastWrite
    if last >= 0 {
      batch.writes[Int(last)].next = number
    } else {
      open.pointee.part.firstWrite = number
    }
    open.pointee.part.lastWrite = number
    open.pointee.kinds.insert(KindSet(kind))
    open.pointee.places |= bit
    open.pointee.writeCount += 1
    if open.pointee.writeCount > Self.walkLimit { index(number, of: part) }
    return number
  }

  /// Puts a write into the place of an earlier one, which stays as its `previous` where somebody will ask.
  private mutating func overwrite(_ known: Int32, with new: Batch.Write, in part: Int32) {
    var write = new
    let before = batch.writes[Int(known)]
    if before.event != new.event || before.rule != new.rule { overwrittenCount += 1 }
    write.next = before.next
    if keepsReplaced || before.kind.isURNEdit {
      write.previous = Int32(batch.writes.count)
      batch.writes.append(before)
      batch.writes[batch.writes.count - 1].next = Self.unlinked
    } else {
      batch.forgottenWriteCount += 1
    }
    batch.writes[Int(known)] = write
    parts[part].kinds.insert(KindSet(new.kind))
    if parts[part].part.creates, before.kind.makesContact, !new.kind.makesContact {
      keepCreation(part, instead: before)
    }
  }

  /// The part that is written to under an identifier, if it has so many writes that they are indexed; or -1.
  @inline(__always)
  mutating func indexedPart(of identifier: Int32) -> Int32 {
    let contact = identifiers[identifier].contact
    guard contact >= 0 else { return -1 }
    let part = contacts[contact].part
    return part >= 0 && parts[part].isIndexed ? part : -1
  }

  /// Has the place of a constant target of such a part brought into the cache, or once that is there the
  /// write to it.
  @inline(__always)
  mutating func prefetchPlace(_ constant: Int32, of part: Int32, isThere: Bool) {
    guard constant >= 0 else { return }
    let target = constantTargets[Int(constant)]
    guard target >= 0 else { return }
    if isThere {
      batch.writes.withUnsafeBufferPointer {
        writeNumbers.prefetchWrite(part: part, target: target, in: $0)
      }
    } else {
      writeNumbers.prefetchPlace(part: part, target: target)
    }
  }

  /// The newest write to a target, or what stands for one; -1 where there is none.
  mutating func find(_ place: Int32, in part: Int32) -> Int32 {
    let isIndexed = parts[part].isIndexed
    let first = parts[part].part.firstWrite
    return batch.writes.withUnsafeBufferPointer { writes in
      if isIndexed { return writeNumbers.find(part: part, target: place, in: writes) }
      var next = first
      while next >= 0 {
        if writes[Int(next)].place == place { return next }
        next = writes[Int(next)].next
      }
      return -1
    }
  }

  private mutating func index(_ write: Int32, of part: Int32) {
    let isIndexed = parts[part].isIndexed
    parts[part].isIndexed = true
    let first = parts[part].part.firstWrite
    batch.writes.withUnsafeBufferPointer { writes in
      if isIndexed { return writeNumbers.set(part: part, write: write, in: writes) }
      var next = first
      while next >= 0 {
        writeNumbers.set(part: part, write: next, in: writes)
        next = writes[Int(next)].next
      }
    }
  }

  /// A write that makes a missing contact keeps doing so when one that does not replaces it.
  private mutating func keepCreation(_ part: Int32, instead before: Batch.Write) {
    var next = parts[part].part.firstWrite
    while next >= 0 {
      if batch.writes[Int(next)].kind.makesContact { return }
      next = batch.writes[Int(next)].next
    }
    put(
      .createContact, target: -1, value: .none, in: part, rule: before.rule, event: before.event)
  }

  /// `next` of a write that is only kept as another's `previous`.
  static let unlinked: Int32 = -2

  /// Takes writes out of a part.
  mutating func drop(from part: Int32, where isDropped: (Batch.Write) -> Bool) {
    var kept: Int32 = -1
    var keptKinds: KindSet = []
    var next = parts[part].part.firstWrite
    parts[part].part.firstWrite = -1
    while next >= 0 {
      let write = next
      next = batch.writes[Int(write)].next
      if isDropped(batch.writes[Int(write)]) {
        batch.writes[Int(write)].next = Self.unlinked
        overwrittenCount += 1
        continue
      }
      if kept >= 0 {
        batch.writes[Int(kept)].next = write
      } else {
        parts[part].part.firstWrite = write
      }
      kept = write
      keptKinds.insert(KindSet(batch.writes[Int(write)].kind))
    }
    parts[part].kinds = keptKinds
    if kept >= 0 { batch.writes[Int(kept)].next = -1 }
    parts[part].part.lastWrite = kept
  }

  /// Whether a part has a write of one of these kinds.
  @inline(__always)
  mutating func contains(in part: Int32, _ wanted: KindSet) -> Bool {
    !parts[part].kinds.isDisjoint(with: wanted)
  }
}
