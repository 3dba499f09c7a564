private import CJSON
import Contacts
import Knowledge

/// URNs and uuids, numbered.
extension BatchBuilder {
  /// The numbers of the identifiers that a log names contacts by, new ones at their first use.
  mutating func identify(_ source: LogView, into owners: inout Column<KeyOwner>) {
    let keys = source.keys
    for index in keys.indices {
      foresee(index, keys)
      let key = keys[index]
      owners.append(KeyOwner(identifier: identifier(key, source), contact: -1))
    }
  }

  /// What is met cold is asked for in time, each thing once what leads to it is there: the place,
  /// behind it the identifier, and its text.
  @inline(__always)
  private mutating func foresee(_ index: Int, _ keys: UnsafeBufferPointer<Log.ContactKey>) {
    if index + 16 < keys.count { identifierNumbers.prefetchPlace(keys[index + 16].hash) }
    if index + 12 < keys.count {
      let number = identifierNumbers.peek(keys[index + 12].hash)
      if number >= 0 { prefetchIdentifier(number) }
    }
    if index + 6 < keys.count {
      let number = identifierNumbers.peek(keys[index + 6].hash)
      if number >= 0 { prefetchText(identifiers[number].text) }
    }
  }

  @inline(__always)
  private mutating func prefetchText(_ text: TextRange) {
    batch.bytes.withUnsafeBufferPointer { cjson_prefetch($0.start + Int(text.offset)) }
  }

  // What lies behind an identifier, step by step: the contact, its part and the writes of that, or as long as
  // the window does not know whom it names, what the snapshot has.

  @inline(__always)
  mutating func prefetchIdentifier(_ identifier: Int32) {
    prefetch(identifiers.base + Int(identifier))
  }

  @inline(__always)
  mutating func prefetchContact(of identifier: Int32) {
    let contact = identifiers[identifier].contact
    if contact >= 0 {
      prefetch(contacts.base + Int(contact))
    } else if knowsContacts {
      snapshot.prefetchURN(identifiers[identifier].hash)
    }
  }

  @inline(__always)
  mutating func prefetchPart(of identifier: Int32) {
    let contact = identifiers[identifier].contact
    if contact >= 0 {
      if contacts[contact].part >= 0 { prefetch(parts.base + Int(contacts[contact].part)) }
    } else if knowsContacts {
      snapshot.prefetchOwner(identifiers[identifier].hash)
    }
  }

  @inline(__always)
  mutating func prefetchWrites(of identifier: Int32) {
    let contact = identifiers[identifier].contact
    if contact < 0 {
      if knowsContacts { snapshot.prefetchOwnerURNs(identifiers[identifier].hash) }
      return
    }
    guard contacts[contact].part >= 0 else { return }
    let part = parts[contacts[contact].part].part
    guard part.lastWrite >= 0 else { return }
    batch.writes.withUnsafeBufferPointer {
      cjson_prefetch($0.start + Int(part.firstWrite))
      cjson_prefetch($0.start + Int(part.lastWrite))
    }
  }

  @inline(__always)
  mutating func prefetchSnapshotText(of identifier: Int32) {
    if knowsContacts, identifiers[identifier].contact < 0 {
      snapshot.prefetchOwnerText(identifiers[identifier].hash)
    }
  }

  private mutating func identifier(_ key: Log.ContactKey, _ source: LogView) -> Int32 {
    var place = identifierNumbers.start(key.hash)
    while let number = identifierNumbers.next(key.hash, &place) {
      let candidate = identifiers[number]
      guard candidate.isUUID == key.isUUID, candidate.text.length == key.text.length else {
        continue
      }
      let isSame = batch.bytes.withUnsafeBufferPointer {
        areEqual($0.start, candidate.text, source.bytes.start, key.text)
      }
      if isSame { return number }
    }
    return addIdentifier(text(key.text, of: source), hash: key.hash, isUUID: key.isUUID)
  }

  /// A text of a log as a text of the batch.
  @inline(__always)
  mutating func text(_ range: TextRange, isConstant: Bool = false, of source: LogView) -> TextRange
  {
    guard let shift = source.shift else {
      return copy(range, isConstant: isConstant, from: source.bytes)
    }
    if isConstant || range.length == 0 { return range }
    return TextRange(offset: range.offset + shift, length: range.length)
  }

  /// The identifier of a URN that stands in the batch's own bytes.
  mutating func identifier(of urn: TextRange) -> Int32 {
    let hash = hash(of: urn)
    let known = batch.bytes.withUnsafeBufferPointer { number(ofURN: urn, in: $0.start, hash) }
    return known >= 0 ? known : addIdentifier(urn, hash: hash, isUUID: false)
  }

  /// The hash of a text of the batch.
  mutating func hash(of text: TextRange) -> UInt64 {
    batch.bytes.withUnsafeBytes {
      stableHash(
        UnsafeRawBufferPointer(
          rebasing: $0[Int(text.offset)..<Int(text.offset) + Int(text.length)]))
    }
  }

  /// The number of a URN that was used in this window; -1 where it was not.
  mutating func number(ofURN urn: [UInt8]) -> Int32 {
    let whole = TextRange(offset: 0, length: UInt32(urn.count))
    let hash = urn.withUnsafeBytes { stableHash($0) }
    return urn.withUnsafeBufferPointer { number(ofURN: whole, in: $0.start, hash) }
  }

  private mutating func number(
    ofURN urn: TextRange, in bytes: UnsafePointer<UInt8>, _ hash: UInt64
  ) -> Int32 {
    var place = identifierNumbers.start(hash)
    while let number = identifierNumbers.next(hash, &place) {
      let candidate = identifiers[number]
      guard !candidate.isUUID, candidate.text.length == urn.length else { continue }
      let isSame = batch.bytes.withUnsafeBufferPointer {
        areEqual($0.start, candidate.text, bytes, urn)
      }
      if isSame { return number }
    }
    return -1
  }

  private mutating func addIdentifier(_ text: TextRange, hash: UInt64, isUUID: Bool) -> Int32 {
    identifiers.append(Identifier(text: text, hash: hash, contact: -1, minRound: 0, isUUID: isUUID))
    identifierNumbers.insert(hash, Int32(identifiers.count - 1))
    return Int32(identifiers.count - 1)
  }
}
