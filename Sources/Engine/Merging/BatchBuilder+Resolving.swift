import Contacts
import Knowledge

/// Whom identifiers name by the snapshot, unless this window has changed it.
extension BatchBuilder {
  /// Asks the snapshot, as the server would be asked: by the other ninth-digit spelling too.
  mutating func resolve(_ identifier: Int32) {
    guard !snapshot.isEmpty, !identifiers[Int(identifier)].isResolved else { return }
    identifiers[Int(identifier)].isResolved = true
    let known = identifiers[Int(identifier)]
    let bytes = batch.bytes
    let (row, isUncertain) = bytes.withUnsafeBytes { all in
      let text = UnsafeRawBufferPointer(
        rebasing: all[Int(known.text.offset)..<Int(known.text.offset + known.text.length)])
      let row = known.isUUID ? snapshot.row(ofUUID: text) : snapshot.row(ofURN: text)
      return (row, snapshot.isUncertain(text))
    }
    if isUncertain || row >= 0 && snapshot.isDoubtful(row) { return doubt(identifier) }
    guard row >= 0 else { return }
    let exact = known.isUUID ? identifier : spelling(of: identifier, in: row)
    if exact != identifier, identifiers[Int(exact)].isResolved {
      // The window may have moved the spelling that the contact has.
      let owner = identifiers[Int(exact)]
      identifiers[Int(identifier)].minRound = owner.minRound
      if owner.contact >= 0 { assign(identifier, to: owner.contact) }
      return
    }
    name(row, by: exact)
    if exact != identifier, identifiers[Int(exact)].contact >= 0 {
      assign(identifier, to: identifiers[Int(exact)].contact)
    }
  }

  /// Asks the snapshot who has exactly this URN; a write changes no other spelling.
  mutating func resolveExactly(_ identifier: Int32) {
    guard !snapshot.isEmpty, !identifiers[Int(identifier)].isResolved else { return }
    let text = identifiers[Int(identifier)].text
    let bytes = batch.bytes
    let (row, isUncertain) = bytes.withUnsafeBytes { all in
      let urn = UnsafeRawBufferPointer(
        rebasing: all[Int(text.offset)..<Int(text.offset + text.length)])
      return (snapshot.row(ofExactURN: urn), snapshot.isUncertain(urn))
    }
    if isUncertain || row >= 0 && snapshot.isDoubtful(row) {
      identifiers[Int(identifier)].isResolved = true
      doubt(identifier)
    } else if row >= 0 {
      name(row, by: identifier)
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
    identifiers[Int(identifier)].isResolved = true
    let contact = contact(ofRow: row)
    if contacts[Int(contact)].urnsAreReplaced, !identifiers[Int(identifier)].isUUID {
      identifiers[Int(identifier)].minRound = round(after: contacts[Int(contact)].part)
      identifiers[Int(identifier)].releasedFrom = contacts[Int(contact)].part
    } else {
      assign(identifier, to: contact)
    }
  }

  /// The identifier by which a contact is found, as the snapshot spells it.
  private mutating func spelling(of identifier: Int32, in row: Int32) -> Int32 {
    let text = identifiers[Int(identifier)].text
    let bytes = batch.bytes
    let isExact = bytes.withUnsafeBytes { all in
      let urn = UnsafeRawBufferPointer(
        rebasing: all[Int(text.offset)..<Int(text.offset + text.length)])
      return snapshot.row(ofExactURN: urn) >= 0
    }
    guard !isExact else { return identifier }
    var other: [UInt8] = []
    bytes.withUnsafeBytes { all in
      let urn = UnsafeRawBufferPointer(
        rebasing: all[Int(text.offset)..<Int(text.offset + text.length)])
      _ = NinthDigit.appendOtherSpelling(of: urn, to: &other)
    }
    let start = batch.bytes.count
    batch.bytes.append(contentsOf: other)
    return self.identifier(of: TextRange(offset: UInt32(start), length: UInt32(other.count)))
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
