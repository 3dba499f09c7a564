import Contacts
import Knowledge

/// What the snapshot tells of a contact when it is first met.
extension ContactMemory {
  /// Takes over the contact that has a URN or uuid.
  mutating func ask(_ name: String, _ snapshot: inout ContactSnapshot) -> Int? {
    guard !snapshot.isEmpty else { return nil }
    var text = name
    let (row, isUncertain) = text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      let row = name.contains(":") ? snapshot.row(ofExactURN: bytes) : snapshot.row(ofUUID: bytes)
      return (row, snapshot.isUncertain(bytes))
    }
    guard !isUncertain else { return nil }
    guard row >= 0 else { return snapshot.isComplete ? addMissing(name) : nil }
    if snapshot.status(of: row) == .deleted { return addMissing(name) }
    guard !snapshot.isDoubtful(row) else { return nil }
    if let number = rowNumbers[row] {
      numbers[name] = number
      return number
    }
    let number = add(contact(of: row, snapshot))
    rowNumbers[row] = number
    numbers[name] = number
    for urn in snapshot.urns(of: row) {
      let shown = snapshot.string(urn)
      numbers[String(shown.prefix { $0 != "#" })] = number
    }
    if let uuid = known[number].uuid { numbers[uuid] = number }
    return number
  }

  private mutating func addMissing(_ name: String) -> Int {
    let number = add(Known(exists: false))
    numbers[name] = number
    return number
  }

  /// Of a contact that was read too long ago only who it is counts.
  private func contact(of row: Int32, _ snapshot: borrowing ContactSnapshot) -> Known {
    var contact = Known()
    contact.urns = snapshot.urns(of: row).map { snapshot.string($0) }
    if snapshot.hasUUID(row) {
      var uuid: [UInt8] = []
      snapshot.appendUUID(of: row, to: &uuid)
      contact.uuid = String(decoding: uuid, as: UTF8.self)
    }
    guard snapshot.isFresh(row) else { return contact }
    contact.exists = true
    contact.urnsAreAll = true
    contact.name = .some(text(snapshot.name(of: row), snapshot))
    contact.language = .some(text(snapshot.language(of: row), snapshot))
    contact.status = snapshot.status(of: row).word
    contact.fieldsAreAll = true
    for key in fieldKeys {
      let number = snapshot.inventory.field(key)
      let value = number < 0 ? .none : snapshot.value(of: number, in: row)
      contact.fields[key] = .some(text(value, snapshot))
    }
    contact.groupsAreAll = !snapshot.areGroupsUnknown(row)
    for number in snapshot.groups(of: row) + snapshot.smartGroups(of: row) {
      let group = snapshot.inventory.groups[Int(number)]
      contact.groups.append(identity(ofGroup: group.name, snapshot.inventory))
    }
    return contact
  }

  private func text(
    _ text: ContactSnapshot.Text, _ snapshot: borrowing ContactSnapshot
  ) -> String? {
    text.length == 0 ? nil : snapshot.string(text)
  }

  /// What all names of a group have in common, and the name that people know it by.
  func identity(
    ofGroup reference: String, _ inventory: Inventory
  ) -> (key: [UInt8], name: String) {
    var name = reference
    if inventory.isKnown {
      let number = inventory.group(reference)
      if number >= 0 { name = inventory.groups[Int(number)].name }
    }
    var key: [UInt8] = []
    var text = name
    text.withUTF8 { program.profile.foldGroupName(UnsafeRawBufferPointer($0), into: &key) }
    return (key, name)
  }
}

extension ContactSnapshot.Status {
  /// As the API words it; `weni` does not tell archived contacts from active ones.
  fileprivate var word: String {
    switch self {
    case .active: "active"
    case .blocked: "blocked"
    case .stopped: "stopped"
    case .archived: "archived"
    case .deleted: "deleted"
    }
  }
}
