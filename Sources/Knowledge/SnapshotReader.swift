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
    guard let uuid = contact["uuid"]?.text.flatMap({ UUIDNumber($0) }) else {
      throw Failure(sentence: "the contact has no `uuid`")
    }
    let row = snapshot.row(for: uuid, readAt: second)
    snapshot.rows[Int(row)].readAt = second
    snapshot.rows[Int(row)].isDoubtful = false
    snapshot.rows[Int(row)].hasUnsureGroups = false
    snapshot.rows[Int(row)].areGroupsUnknown = false
    snapshot.rows[Int(row)].fields = ContactSnapshot.Span(
      first: UInt32(snapshot.fields.count), count: 0)
    groupList.removeAll(keepingCapacity: true)
    smartList.removeAll(keepingCapacity: true)
    urnList.removeAll(keepingCapacity: true)
    snapshot.setName(contact["name"]?.text ?? JSONNode.noBytes, of: row)
    snapshot.setLanguage(contact["language"]?.text ?? JSONNode.noBytes, of: row)
    contact["urns"]?.forEachElement { urn in
      if let text = urn.text { urnList.append(snapshot.keep(text)) }
    }
    snapshot.setURNs(urnList, of: row)
    contact["groups"]?.forEachElement { group in
      let number = snapshot.inventory.number(
        ofGroup: group["name"]?.string ?? group.string ?? "", uuid: group["uuid"]?.string)
      let isSmart = snapshot.inventory.groups[Int(number)].isSmart
      if isSmart { smartList.append(number) } else { groupList.append(number) }
    }
    snapshot.setGroups(groupList, of: row)
    snapshot.setSmartGroups(smartList, of: row)
    contact["fields"]?.forEachEntry { key, value in
      guard let text = value.written, !text.isEmpty else { return }
      let number = snapshot.inventory.number(ofField: key.string ?? "")
      text.withUnsafeBytes { snapshot.setField(number, to: $0, of: row) }
    }
    snapshot.setStatus(Self.status(of: contact), of: row)
    let isTold = contact["status"]?.string != nil
    snapshot.rows[Int(row)].isStatusKnown = isTold || snapshot.status(of: row) != .active
    if contact["deleted"]?.isTrue == true { snapshot.delete(row) }
  }

  /// `weni` says it with two flags, `rapidpro` with a word.
  private static func status(of contact: JSONNode) -> ContactSnapshot.Status {
    switch contact["status"]?.string {
    case "blocked": return .blocked
    case "stopped": return .stopped
    case "archived": return .archived
    default: break
    }
    if contact["blocked"]?.isTrue == true { return .blocked }
    return contact["stopped"]?.isTrue == true ? .stopped : .active
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
