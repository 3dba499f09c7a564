internal import Contacts

/// The groups and fields of a workspace, as far as they are known.
///
/// Groups and keys also get numbers when contacts or writes name them and no inventory does; then
/// ``isKnown`` says so.
package struct Inventory: Sendable {
  /// A group.
  package struct Group: Sendable {
    package var name: String
    /// Absent where only the name is known.
    package var uuid: String?
    /// Smart groups are the server's: nobody is put into them.
    package var isSmart: Bool
    /// Whether the inventory has it, or this run makes it.
    package var exists: Bool
  }

  /// A custom field.
  package struct Field: Sendable {
    package var key: String
    /// As the API names it: text, numeric, datetime, state, district, ward; absent if unknown.
    package var type: String?
    package var exists: Bool
  }

  /// Whether groups and fields were read as a whole: what is not here does not exist.
  package var isKnown = false
  package internal(set) var groups: [Group] = []
  package internal(set) var fields: [Field] = []
  /// Numbers of groups and fields that this run makes and that no call has used yet.
  package var unusedGroups: Set<Int32> = []
  package var unusedFields: Set<Int32> = []
  private var groupNumbers: [String: Int32] = [:]
  private var groupUUIDs = NameTable()
  private var fieldNumbers = NameTable()

  package init() {}

  /// What all spellings of a group's name have in common.
  private static func folded(_ name: String) -> String {
    var folded: [UInt8] = []
    var name = name
    name.withUTF8 {
      APIProfile.weni.foldGroupName(UnsafeRawBufferPointer($0), into: &folded)
    }
    return String(decoding: folded, as: UTF8.self)
  }

  /// The number of a group by its uuid or name, -1 if nobody ever named it.
  package func group(_ reference: String) -> Int32 {
    let named = groupUUIDs.find(reference.lowercased())
    return named >= 0 ? named : groupNumbers[Self.folded(reference)] ?? -1
  }

  /// The number of a field key, -1 if nobody ever named it.
  package func field(_ key: String) -> Int32 { fieldNumbers.find(key) }

  /// The number of a group, a new one if it has none.
  package mutating func number(ofGroup name: String, uuid: String?) -> Int32 {
    if let uuid {
      let known = groupUUIDs.find(uuid)
      if known >= 0 { return known }
    }
    if let known = groupNumbers[Self.folded(name)], uuid == nil || groups[Int(known)].uuid == nil {
      if let uuid {
        groups[Int(known)].uuid = uuid
        groupUUIDs.set(uuid, to: known)
      }
      return known
    }
    let number = Int32(groups.count)
    groups.append(Group(name: name, uuid: uuid, isSmart: false, exists: false))
    groupNumbers[Self.folded(name)] = number
    if let uuid { groupUUIDs.set(uuid, to: number) }
    return number
  }

  /// The number of the group with a uuid, -1 if nobody ever named it.
  func group(withUUID uuid: UnsafeRawBufferPointer) -> Int32 { groupUUIDs.find(uuid) }

  /// The place of a key among all that were ever listed, behind the one that stood before it.
  mutating func place(ofField key: UnsafeRawBufferPointer, after previous: Int32) -> Int32 {
    fieldNumbers.place(of: key, after: previous)
  }

  /// The number of the field whose key has a place, a new one if it has none.
  mutating func number(
    ofField key: UnsafeRawBufferPointer, at place: Int32
  ) -> Int32 {
    let known = fieldNumbers.number(at: place)
    return known >= 0 ? known : number(ofField: key)
  }

  func isSmart(_ number: Int32) -> Bool { groups[Int(number)].isSmart }

  /// The number of a field key, a new one if it has none.
  package mutating func number(ofField key: UnsafeRawBufferPointer) -> Int32 {
    let known = fieldNumbers.find(key)
    if known >= 0 { return known }
    let number = Int32(fields.count)
    fields.append(Field(key: String(decoding: key, as: UTF8.self), type: nil, exists: false))
    fieldNumbers.set(key, to: number)
    return number
  }

  private mutating func number(ofField key: String) -> Int32 {
    var key = key
    return key.withUTF8 { number(ofField: UnsafeRawBufferPointer($0)) }
  }

  /// Notes a group that exists.
  package mutating func addGroup(name: String, uuid: String?, isSmart: Bool) {
    let number = Int(number(ofGroup: name, uuid: uuid))
    groups[number].name = name
    groups[number].isSmart = isSmart
    groups[number].exists = true
  }

  /// Notes a field that exists.
  package mutating func addField(key: String, type: String?) {
    let number = Int(number(ofField: key))
    fields[number].type = type
    fields[number].exists = true
  }

  /// Gives a group another name.
  package mutating func renameGroup(_ number: Int32, to name: String) {
    groupNumbers[Self.folded(groups[Int(number)].name)] = nil
    groups[Int(number)].name = name
    groupNumbers[Self.folded(name)] = number
  }

  /// Notes that nobody can say any more which group has a name.
  package mutating func forget(_ name: String) { groupNumbers[Self.folded(name)] = nil }

  /// Notes that a group is gone.
  package mutating func removeGroup(_ number: Int32) {
    groupNumbers[Self.folded(groups[Int(number)].name)] = nil
    if let uuid = groups[Int(number)].uuid { groupUUIDs.set(uuid, to: -1) }
    groups[Int(number)].exists = false
  }

  /// Whether an inventory has a group, or this run makes it.
  package func exists(_ number: Int32) -> Bool { groups[Int(number)].exists }

  /// Whether a group's members are known to be there by hand: never where nothing says so.
  package func isStatic(_ number: Int32) -> Bool {
    isKnown && groups[Int(number)].exists && !groups[Int(number)].isSmart
  }
}
