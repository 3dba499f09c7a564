internal import CEL
internal import Contacts

/// Fills a snapshot from the JSON of the contact API: contacts, groups, fields.
package struct SnapshotReader: ~Copyable {
  /// Why a text tells nothing of a contact or an inventory.
  package struct Failure: Error, Equatable, Sendable {
    /// A sentence for people, without a full stop.
    package var sentence: String
  }

  /// How many contacts are read before room is made for all of them.
  package static let sampleCount = 1_000

  /// About how many contacts come in all, if anybody knows.
  private var expectedCount = 0
  private var parser: ContactParser
  private var texts = TextCollection()
  private var groupList: [Int32] = []
  private var smartList: [Int32] = []
  private var urnList: [KnownURN] = []
  /// Where the latest value of each field stands in ``ContactSnapshot/fields``, by its number.
  private var latest: [Int] = []

  package init(byteLimit: Int = 64 << 20) { parser = ContactParser(byteLimit: byteLimit) }

  /// Adds a contact as the API returns it, or replaces what was known of it.
  ///
  /// `second` says when it was read, in seconds since 1970.
  ///
  /// - Throws: why the text is no contact; then nothing has changed.
  package mutating func addContact(
    _ text: UnsafeRawBufferPointer, readAt second: Int64, to snapshot: inout ContactSnapshot
  ) throws(Failure) {
    let copy = parser.paddedCopy(of: text)
    let contact = try parser.parse(padded: copy)
    try add(contact, readAt: second, to: &snapshot)
  }

  /// Adds contacts that were parsed before; of each that cannot be added `refuse` learns the line.
  package mutating func add(
    _ batch: ContactBatch, to snapshot: inout ContactSnapshot,
    refuse: (_ line: Int, Failure) -> Void
  ) {
    if batch.expectedCount > 0 { expectedCount = batch.expectedCount }
    let entries = batch.entries
    for index in entries.indices {
      // The table is met cold: it is asked for some contacts ahead.
      if index + 8 < entries.count {
        snapshot.uuidTable.prefetch(entries[index + 8].contact.uuid.hash)
      }
      let entry = entries[index]
      do throws(Failure) {
        try add(entry.contact, readAt: entry.readAt, to: &snapshot)
      } catch {
        refuse(entry.line, error)
      }
    }
  }

  /// The same for a text in an array.
  package mutating func setInventory(
    _ text: [UInt8], of snapshot: inout ContactSnapshot
  ) throws(Failure) {
    let result = text.withUnsafeBytes { bytes in
      Result { () throws(Failure) in try setInventory(bytes, of: &snapshot) }
    }
    try result.get()
  }

  private mutating func add(
    _ contact: ParsedContact, readAt second: Int64, to snapshot: inout ContactSnapshot
  ) throws(Failure) {
    guard snapshot.hasRoom(for: contact.byteCount) else {
      throw Failure(sentence: "contacts of more than 4 GiB of text do not fit")
    }
    let (parts, uuid) = (contact.parts, contact.uuid)
    if expectedCount > 0, snapshot.rowCount >= Self.sampleCount {
      snapshot.makeRoom(forContacts: expectedCount)
      expectedCount = 0
    }
    // The tables are met cold: what does not need them is done first.
    snapshot.uuidTable.prefetch(uuid.hash)
    texts.begin(behind: snapshot.bytes.count)
    var new = ContactSnapshot.Row(status: parts.status)
    var details = ContactSnapshot.Details(uuid: uuid, readAt: second)
    new.isStatusKnown = parts.word?.text != nil || new.status != .active
    keepURNs(parts.urns, in: &snapshot)
    details.name = texts.take(parts.name?.text ?? JSONNode.noBytes)
    details.language = texts.take(parts.language?.text ?? JSONNode.noBytes)
    numberGroups(parts.groups, in: &snapshot.inventory)
    details.fields = appendFields(parts.fields, to: &snapshot)
    texts.move(to: &snapshot)
    let row = snapshot.row(for: uuid, readAt: second)
    snapshot.replace(
      row, with: new, details, urns: urnList, groups: groupList, smartGroups: smartList)
    if parts.deleted?.isTrue == true { snapshot.delete(row) }
    snapshot.compactIfGrown()
  }

  private mutating func keepURNs(_ urns: JSONNode?, in snapshot: inout ContactSnapshot) {
    urnList.removeAll(keepingCapacity: true)
    urns?.forEachElement { urn in
      guard let text = urn.text else { return }
      let known = KnownURN(texts.take(text), text)
      snapshot.urnTable.prefetch(known.hash)
      urnList.append(known)
    }
  }

  private mutating func numberGroups(_ groups: JSONNode?, in inventory: inout Inventory) {
    groupList.removeAll(keepingCapacity: true)
    smartList.removeAll(keepingCapacity: true)
    groups?.forEachElement { group in
      let number = Self.number(of: group, in: &inventory)
      if inventory.isSmart(number) { smartList.append(number) } else { groupList.append(number) }
    }
  }

  private static func number(of group: JSONNode, in inventory: inout Inventory) -> Int32 {
    let uuid = group["uuid"]
    if let uuid = uuid?.text {
      let known = inventory.group(withUUID: uuid)
      if known >= 0 { return known }
    }
    return inventory.number(
      ofGroup: group["name"]?.string ?? group.string ?? "", uuid: uuid?.string)
  }

  /// Appends the fields that have a value; of several of one key the last one with a value counts.
  private mutating func appendFields(
    _ fields: JSONNode?, to snapshot: inout ContactSnapshot
  ) -> ContactSnapshot.Span {
    let first = snapshot.fields.count
    var place: Int32 = -1
    fields?.forEachEntry { key, value in
      place = snapshot.inventory.place(ofField: key, after: place)
      let written: ContactSnapshot.Text
      if let text = value.text {
        written = texts.take(text)
      } else if let scalar = value.writtenScalar {
        written = keep(scalar, in: &snapshot)
      } else {
        return
      }
      guard written.length > 0 else { return }
      let number = snapshot.inventory.number(ofField: key, at: place)
      while latest.count <= Int(number) { latest.append(-1) }
      let known = latest[Int(number)]
      if known >= first, known < snapshot.fields.count, snapshot.fields[known].key == number {
        snapshot.leftByteCount += Int(snapshot.fields[known].value.length)
        snapshot.fields[known].value = written
      } else {
        latest[Int(number)] = snapshot.fields.count
        snapshot.fields.append(ContactSnapshot.FieldValue(key: number, value: written))
      }
    }
    return ContactSnapshot.Span(
      first: UInt32(first), count: UInt32(snapshot.fields.count - first))
  }

  /// Keeps a text that does not outlive the call.
  private mutating func keep(
    _ text: [UInt8], in snapshot: inout ContactSnapshot
  ) -> ContactSnapshot.Text {
    texts.move(to: &snapshot)
    let kept = text.withUnsafeBytes { snapshot.keep($0) }
    texts.begin(behind: snapshot.bytes.count)
    return kept
  }

  /// Reads an inventory: one object with `groups` and `fields`, lists of API objects.
  ///
  /// Must come before the contacts: it tells which groups are smart.
  package mutating func setInventory(
    _ text: UnsafeRawBufferPointer, of snapshot: inout ContactSnapshot
  ) throws(Failure) {
    let copy = parser.paddedCopy(of: text)
    let root = JSONNode(try parser.document(padded: copy), 1)
    guard root.isObject, let groups = root["groups"], let fields = root["fields"], groups.isList,
      fields.isList
    else {
      throw Failure(
        sentence: "an inventory must be one JSON object with the lists `groups` and `fields`")
    }
    var failure: Failure?
    groups.forEachElement { group in
      guard let name = group["name"]?.string else {
        failure = Failure(sentence: "a group of the inventory has no `name`")
        return
      }
      let isSystem = group["system"]?.isTrue == true
      let isSmart = group["query"]?.string.map { !$0.isEmpty } ?? false
      snapshot.inventory.addGroup(
        name: name, uuid: group["uuid"]?.string, isSmart: isSmart || isSystem)
    }
    fields.forEachElement { field in
      guard let key = field["key"]?.string else {
        failure = Failure(sentence: "a field of the inventory has no `key`")
        return
      }
      snapshot.inventory.addField(
        key: key, type: field["value_type"]?.string ?? field["type"]?.string)
    }
    if let failure { throw failure }
    snapshot.inventory.isKnown = true
  }
}
