internal import CEL
internal import Contacts

/// Fills a snapshot from the JSON of the contact API: contacts, groups, fields.
package struct SnapshotReader: ~Copyable {
  /// Why a text tells nothing of a contact or an inventory.
  package struct Failure: Error, Equatable, Sendable {
    /// A sentence for people, without a full stop.
    package var sentence: String
  }

  private var parser: JSONParser
  private var groupList: [Int32] = []
  private var smartList: [Int32] = []
  private var urnList: [ContactSnapshot.Text] = []
  /// What is remembered of each field, by its number.
  private var places: [FieldPlace] = []
  private var firstField: Int32 = -1

  private struct FieldPlace {
    /// Where its latest value stands in ``ContactSnapshot/fields``.
    var latest = -1
    /// The field that stood behind it.
    var next: Int32 = -1
  }

  package init(byteLimit: Int = 64 << 20) { parser = JSONParser(byteLimit: byteLimit) }

  /// Adds a contact as the API returns it, or replaces what was known of it.
  ///
  /// `second` says when it was read, in seconds since 1970.
  ///
  /// - Throws: why the text is no contact; then nothing has changed.
  package mutating func addContact(
    _ text: UnsafeRawBufferPointer, readAt second: Int64, to snapshot: inout ContactSnapshot
  ) throws(Failure) {
    let document = try parse(text)
    guard snapshot.hasRoom(for: text.count) else {
      throw Failure(sentence: "contacts of more than 4 GiB of text do not fit")
    }
    try addContact(JSONNode(document, 1), readAt: second, to: &snapshot)
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

  private mutating func parse(_ text: UnsafeRawBufferPointer) throws(Failure) -> Document {
    do throws(JSONParser.Failure) {
      return try parser.parseCopy(of: text)
    } catch {
      throw Failure(sentence: error.description)
    }
  }

  private mutating func addContact(
    _ contact: JSONNode, readAt second: Int64, to snapshot: inout ContactSnapshot
  ) throws(Failure) {
    guard contact.isObject else { throw Failure(sentence: "a contact must be a JSON object") }
    let parts = ContactParts(contact)
    guard let uuid = parts.uuid?.text.flatMap({ UUIDNumber($0) }) else {
      throw Failure(sentence: "the contact has no `uuid`")
    }
    // Both tables are met cold: what does not need them is done first.
    snapshot.uuidTable.prefetch(uuid.hash)
    keepURNs(parts.urns, in: &snapshot)
    numberGroups(parts.groups, in: &snapshot.inventory)
    let fields = appendFields(parts.fields, to: &snapshot)
    let row = snapshot.row(for: uuid, readAt: second)
    snapshot.rows[Int(row)].readAt = second
    snapshot.rows[Int(row)].isDoubtful = false
    snapshot.rows[Int(row)].hasUnsureGroups = false
    snapshot.rows[Int(row)].areGroupsUnknown = false
    snapshot.setName(parts.name?.text ?? JSONNode.noBytes, of: row)
    snapshot.setLanguage(parts.language?.text ?? JSONNode.noBytes, of: row)
    snapshot.setURNs(urnList, of: row)
    snapshot.setGroups(groupList, of: row)
    snapshot.setSmartGroups(smartList, of: row)
    snapshot.setFields(fields, of: row)
    let status = parts.status
    snapshot.setStatus(status, of: row)
    snapshot.rows[Int(row)].isStatusKnown = parts.word?.text != nil || status != .active
    if parts.deleted?.isTrue == true { snapshot.delete(row) }
  }

  private mutating func keepURNs(_ urns: JSONNode?, in snapshot: inout ContactSnapshot) {
    urnList.removeAll(keepingCapacity: true)
    urns?.forEachElement { urn in
      guard let text = urn.text else { return }
      snapshot.urnTable.prefetch(RowTable.hash(ContactSnapshot.name(ofURN: text)))
      urnList.append(snapshot.keep(text))
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
    var previous: Int32 = -1
    fields?.forEachEntry { key, value in
      let written: ContactSnapshot.Text
      if let text = value.text {
        written = snapshot.keep(text)
      } else {
        written = value.writtenScalar?.withUnsafeBytes { snapshot.keep($0) } ?? .none
      }
      guard written.length > 0 else { return }
      previous = number(ofField: key, after: previous, in: &snapshot.inventory)
      let place = places[Int(previous)].latest
      if place >= first, place < snapshot.fields.count, snapshot.fields[place].key == previous {
        snapshot.fields[place].value = written
      } else {
        places[Int(previous)].latest = snapshot.fields.count
        snapshot.fields.append(ContactSnapshot.FieldValue(key: previous, value: written))
      }
    }
    return ContactSnapshot.Span(
      first: UInt32(first), count: UInt32(snapshot.fields.count - first))
  }

  /// The number of a field: contacts of one workspace list theirs in one order, so that the one
  /// which followed the previous one before is tried first.
  private mutating func number(
    ofField key: UnsafeRawBufferPointer, after previous: Int32, in inventory: inout Inventory
  ) -> Int32 {
    let guess = previous < 0 ? firstField : places[Int(previous)].next
    if guess >= 0, inventory.isField(guess, called: key) { return guess }
    let number = inventory.number(ofField: key)
    while places.count <= Int(number) { places.append(FieldPlace()) }
    if previous < 0 { firstField = number } else { places[Int(previous)].next = number }
    return number
  }

  /// Reads an inventory: one object with `groups` and `fields`, lists of API objects.
  ///
  /// Must come before the contacts: it tells which groups are smart.
  package mutating func setInventory(
    _ text: UnsafeRawBufferPointer, of snapshot: inout ContactSnapshot
  ) throws(Failure) {
    let root = JSONNode(try parse(text), 1)
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
