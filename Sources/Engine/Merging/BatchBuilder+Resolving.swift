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
      if owner >= 0, contacts[Int(owner)].row >= 0 { return (owner, other) }
    }
    return (makeContact(named: identifier, orBy: other), identifier)
  }

  /// The contact that has an identifier now, unless it was deleted; -1 where there is none.
  private func livingContact(of identifier: Int32) -> Int32 {
    let contact = identifiers[Int(identifier)].contact
    return contact >= 0 && !contacts[Int(contact)].wasDeleted ? contact : -1
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
      if owner >= 0 { fresh.double = chain(of: owner) }
    }
    contacts.append(fresh)
    assign(identifier, to: Int32(contacts.count - 1))
    return Int32(contacts.count - 1)
  }

  private func put(_ fresh: inout Contact, behind identifier: Int32) {
    let known = identifiers[Int(identifier)]
    fresh.minRound = max(fresh.minRound, known.minRound)
    if fresh.double < 0 { fresh.double = known.double }
    guard known.contact >= 0, contacts[Int(known.contact)].wasDeleted else { return }
    fresh.isMadeAgain = true
    fresh.minRound = max(fresh.minRound, round(after: contacts[Int(known.contact)].part))
  }

  /// Lets the parts of two contacts follow each other if the server may find one for the other: by
  /// another spelling of a URN that one of them is given.
  mutating func noteOtherSpelling(of urn: Int32, givenTo contact: Int32) {
    let other = otherSpelling(of: urn)
    let owner = other < 0 ? -1 : livingContact(of: other)
    guard owner >= 0, owner != contact, contacts[Int(owner)].row < 0 else { return }
    if contacts[Int(contact)].double < 0 {
      contacts[Int(contact)].double = chain(of: owner)
    } else if contacts[Int(owner)].double < 0 {
      contacts[Int(owner)].double = contacts[Int(contact)].double
    }
  }

  /// What a contact has in common with those that it may be; see ``doubles``.
  private mutating func chain(of contact: Int32) -> Int32 {
    if contacts[Int(contact)].double < 0 {
      doubles.append(contacts[Int(contact)].part)
      contacts[Int(contact)].double = Int32(doubles.count - 1)
    }
    return contacts[Int(contact)].double
  }

  /// Asks the snapshot who has exactly this identifier, once in a window.
  mutating func resolve(_ identifier: Int32) {
    guard !snapshot.isEmpty, !identifiers[Int(identifier)].isResolved else { return }
    identifiers[Int(identifier)].isResolved = true
    let known = identifiers[Int(identifier)]
    let (row, isUncertain) = withText(of: identifier) { text in
      let row = known.isUUID ? snapshot.row(ofUUID: text) : snapshot.row(ofExactURN: text)
      return (row, snapshot.isUncertain(text))
    }
    if isUncertain || row >= 0 && snapshot.isDoubtful(row) { return doubt(identifier) }
    if row >= 0 { name(row, by: identifier) }
  }

  /// The other spelling under which the server looks for a URN, if anything is known of it; or -1.
  private mutating func otherSpelling(of identifier: Int32) -> Int32 {
    guard !snapshot.isEmpty, program.profile.verifiesNinthDigit,
      !identifiers[Int(identifier)].isUUID
    else { return -1 }
    buffer.removeAll(keepingCapacity: true)
    let text = identifiers[Int(identifier)].text
    let isTried = batch.bytes.withUnsafeBytes { bytes in
      NinthDigit.appendOtherSpelling(
        of: UnsafeRawBufferPointer(
          rebasing: bytes[Int(text.offset)..<Int(text.offset + text.length)]), to: &buffer)
    }
    guard isTried else { return -1 }
    let known = number(ofURN: buffer)
    if known >= 0 { return known }
    let isKnown = buffer.withUnsafeBytes {
      snapshot.row(ofExactURN: $0) >= 0 || snapshot.isUncertain($0)
    }
    guard isKnown else { return -1 }
    let start = batch.bytes.count
    batch.bytes.append(contentsOf: buffer)
    return self.identifier(of: TextRange(offset: UInt32(start), length: UInt32(buffer.count)))
  }

  private func withText<Result>(
    of identifier: Int32, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let text = identifiers[Int(identifier)].text
    return batch.bytes.withUnsafeBytes {
      body(
        UnsafeRawBufferPointer(
          rebasing: $0[Int(text.offset)..<Int(text.offset + text.length)]))
    }
  }

  /// Lets an identifier name a contact that may be any of those in doubt: they follow each other.
  private mutating func doubt(_ identifier: Int32) {
    if uncertainty < 0 {
      doubles.append(-1)
      uncertainty = Int32(doubles.count - 1)
    }
    identifiers[Int(identifier)].double = uncertainty
  }

  /// Whether the server looks for an identifier under another spelling, too.
  func mayHaveOtherSpelling(_ identifier: Int32) -> Bool {
    let known = identifiers[Int(identifier)]
    let prefix: StaticString = "whatsapp:55"
    guard program.profile.verifiesNinthDigit, !known.isUUID,
      Int(known.text.length) > prefix.utf8CodeUnitCount
    else { return false }
    return prefix.withUTF8Buffer { batch.text(known.text).starts(with: $0) }
  }

  /// Lets an identifier name the contact of a row.
  private mutating func name(_ row: Int32, by identifier: Int32) {
    let contact = contact(ofRow: row)
    if contacts[Int(contact)].urnsAreReplaced, !identifiers[Int(identifier)].isUUID {
      identifiers[Int(identifier)].minRound = round(after: contacts[Int(contact)].part)
      identifiers[Int(identifier)].releasedFrom = contacts[Int(contact)].part
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
