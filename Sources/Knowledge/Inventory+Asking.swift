package import Contacts

extension Inventory {
  /// Whether a group is there, by its uuid or name.
  package func hasGroup(_ reference: String) -> Bool {
    let number = group(reference)
    return number >= 0 && groups[Int(number)].exists
  }

  /// Whether a group is there whose members the server decides.
  package func isSmart(_ reference: String) -> Bool {
    hasGroup(reference) && groups[Int(group(reference))].isSmart
  }

  /// Whether a field is there.
  package func hasField(_ key: String) -> Bool {
    let number = field(key)
    return number >= 0 && fields[Int(number)].exists
  }

  /// The types of the fields that are there, where they are of a kind that is known.
  package var fieldTypes: [String: FieldType] {
    var types: [String: FieldType] = [:]
    for field in fields where field.exists {
      if let type = field.type.flatMap({ FieldType(word: $0) }) { types[field.key] = type }
    }
    return types
  }
}

/// What a run makes.
extension Inventory {
  /// Notes a group that is made, unless it is there.
  package mutating func makeGroup(_ name: String) {
    guard !hasGroup(name) else { return }
    addGroup(name: name, uuid: nil, isSmart: false)
    unusedGroups.insert(group(name))
  }

  /// Notes a field that is made, unless it is there.
  package mutating func makeField(_ key: String, type: String) {
    guard !hasField(key) else { return }
    addField(key: key, type: type)
    unusedFields.insert(field(key))
  }

  /// Takes back that a group was made, as the call for it is not sent; its number stays.
  package mutating func unmakeGroup(_ name: String) {
    groups[Int(group(name))].exists = false
    unusedGroups.remove(group(name))
  }

  /// The same for a field.
  package mutating func unmakeField(_ key: String) {
    fields[Int(field(key))].exists = false
    unusedFields.remove(field(key))
  }
}
