import Contacts
import Knowledge

/// Whom identifiers name by the snapshot, unless this window has changed it.
extension BatchBuilder {
  /// The contact that an identifier names, and the identifier that it has.
  ///
  /// A Brazilian number that nobody has is looked for in its other ninth-digit spelling, as the
  /// server does. What is found so is called by the spelling it has: calls are the same whichever
  /// an event uses, and bulk calls find nobody by the other one.
  mutating func contact(named identifier: Int32) -> (contact: Int32, identifier: Int32) {
    resolve(identifier)
    let exact = livingContact(of: identifier)
    if exact >= 0 { return (exact, identifier) }
    let other = otherSpelling(of: identifier)
    if other >= 0 {
      resolve(other)
      let owner = livingContact(of: other)
      if owner >= 0, contacts[owner].row >= 0 { return (owner, other) }
    }
    return (makeContact(named: identifier, orBy: other), identifier)
  }

  /// The contact that surely has an identifier now; -1 where there is none, or it was deleted.
  private mutating func livingContact(of identifier: Int32) -> Int32 {
    let contact = identifiers[identifier].contact
    return contact >= 0 && !contacts[contact].wasDeleted && !mayBeNameless(contact) ? contact : -1
  }

  /// A contact of which nothing is known but an identifier.
  ///
  /// Before its calls come those of whoever had that identifier, or another spelling of it, before.
  private mutating func makeContact(named identifier: Int32, orBy other: Int32) -> Int32 {
    var fresh = Contact()
    put(&fresh, behind: identifier)
    if other >= 0 {
      put(&fresh, behind: other)
      let owner = livingContact(of: other)
      if owner >= 0 { fresh.double = join(fresh.double, chain(of: owner)) }
    }
    contacts.append(fresh)
    assign(identifier, to: Int32(contacts.count - 1))
    return Int32(contacts.count - 1)
  }

  private mutating func put(_ fresh: inout Contact, behind identifier: Int32) {
    let known = identifiers[identifier]
    fresh.minRound = max(fresh.minRound, known.minRound)
    fresh.double = join(fresh.double, known.double)
    guard known.contact >= 0 else { return }
    if mayBeNameless(known.contact) {
      fresh.double = join(fresh.double, contacts[known.contact].double)
    }
    guard contacts[known.contact].wasDeleted else { return }
    fresh.isMadeAgain = true
    fresh.minRound = max(fresh.minRound, round(after: contacts[known.contact].part))
  }

  /// Lets the parts of two contacts follow each other if the server may find one for the other: by
  /// another spelling of a URN that one of them is given.
  mutating func noteOtherSpelling(of urn: Int32, givenTo contact: Int32) {
    let other = otherSpelling(of: urn)
    guard other >= 0 else { return }
    let known = identifiers[other]
    contacts[contact].double = join(contacts[contact].double, known.double)
    guard known.contact >= 0, known.contact != contact, contacts[known.contact].row < 0 else {
      return
    }
    contacts[contact].double = join(contacts[contact].double, chain(of: known.contact))
  }

  /// Asks the snapshot who has exactly this identifier, once in a window.
  mutating func resolve(_ identifier: Int32) {
    guard knowsContacts, !identifiers[identifier].isResolved else { return }
    identifiers[identifier].isResolved = true
    let known = identifiers[identifier]
    let (row, isUncertain) = batch.bytes.withUnsafeBytes { bytes in
      snapshot.whom(
        UnsafeRawBufferPointer(
          rebasing: bytes[Int(known.text.offset)..<Int(known.text.offset + known.text.length)]),
        known.hash, isUUID: known.isUUID)
    }
    if isUncertain || row >= 0 && snapshot.isDoubtful(row) { return doubt(identifier) }
    if row >= 0 { name(row, by: identifier) }
  }

  /// The other spelling under which the server looks for a URN, if anything is known of it; or -1.
  mutating func otherSpelling(of identifier: Int32) -> Int32 {
    guard program.profile.verifiesNinthDigit, !identifiers[identifier].isUUID else { return -1 }
    buffer.removeAll(keepingCapacity: true)
    let text = identifiers[identifier].text
    let isTried = batch.bytes.withUnsafeBytes { bytes in
      NinthDigit.appendOtherSpelling(
        of: UnsafeRawBufferPointer(
          rebasing: bytes[Int(text.offset)..<Int(text.offset + text.length)]), to: &buffer)
    }
    guard isTried else { return -1 }
    let known = number(ofURN: buffer)
    if known >= 0 || !knowsContacts { return known }
    let isKnown = buffer.withUnsafeBytes {
      snapshot.row(ofExactURN: $0) >= 0 || snapshot.isUncertain($0)
    }
    guard isKnown else { return -1 }
    return self.identifier(of: append(buffer))
  }

  /// Lets an identifier name a contact that may be any of those in doubt: they follow each other.
  private mutating func doubt(_ identifier: Int32) {
    if uncertainty < 0 {
      uncertainty = openChain(last: -1)
    }
    identifiers[identifier].double = uncertainty
  }

  /// Whether the server looks for an identifier under another spelling, too.
  mutating func mayHaveOtherSpelling(_ identifier: Int32) -> Bool {
    let known = identifiers[identifier]
    let prefix: StaticString = "whatsapp:55"
    guard program.profile.verifiesNinthDigit, !known.isUUID,
      Int(known.text.length) > prefix.utf8CodeUnitCount
    else { return false }
    return prefix.withUTF8Buffer { batch.text(known.text).starts(with: $0) }
  }

  /// Lets an identifier name the contact of a row.
  private mutating func name(_ row: Int32, by identifier: Int32) {
    let contact = contact(ofRow: row)
    if contacts[contact].urnsAreReplaced, !identifiers[identifier].isUUID {
      identifiers[identifier].minRound = round(after: contacts[contact].part)
      identifiers[identifier].releasedFrom = contacts[contact].part
    } else {
      assign(identifier, to: contact)
    }
  }

  /// The contact of a row, a new one at its first use.
  private mutating func contact(ofRow row: Int32) -> Int32 {
    if let known = contactNumbers[row] { return known }
    var contact = Contact()
    contact.row = row
    contacts.append(contact)
    contactNumbers[row] = Int32(contacts.count - 1)
    return Int32(contacts.count - 1)
  }
}
