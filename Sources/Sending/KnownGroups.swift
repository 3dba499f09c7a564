import CEL
import Contacts
import StateStore

/// The groups of a workspace, by uuid and by name.
struct KnownGroups {
  struct Group {
    var uuid: String
    var name: String
  }

  private let profile: APIProfile
  private var byUUID: [String: Group] = [:]
  private var byName: [[UInt8]: Group] = [:]

  /// Reads an inventory as the state directory gives it.
  init(_ inventory: [UInt8]?, _ profile: APIProfile) {
    self.profile = profile
    var coder = JSONCoder()
    let object = inventory?.withUnsafeBytes { try? coder.value(of: $0) }
    for group in object?["groups"]?.items ?? [] { insert(group) }
  }

  subscript(name: String) -> Group? { byUUID[name.lowercased()] ?? byName[folded(name)] }

  private mutating func insert(_ object: Literal) {
    guard let uuid = object["uuid"]?.text, let name = object["name"]?.text else { return }
    remove(uuid)
    let group = Group(uuid: uuid, name: name)
    byUUID[uuid.lowercased()] = group
    byName[folded(name)] = group
  }

  mutating func remove(_ uuid: String) {
    guard let old = byUUID.removeValue(forKey: uuid.lowercased()) else { return }
    byName[folded(old.name)] = nil
  }

  /// Takes a group that was made or renamed, and gives it as the state directory keeps it.
  mutating func learn(_ object: Literal, _ coder: inout JSONCoder) -> InventoryRows.Group? {
    guard let uuid = object["uuid"]?.text else { return nil }
    insert(object)
    let isSystem = if case .bool(true)? = object["system"] { true } else { false }
    return InventoryRows.Group(
      uuid: uuid, isSmart: isSystem || object["query"]?.text?.isEmpty == false,
      body: String(decoding: coder.bytes(of: object), as: UTF8.self))
  }

  private func folded(_ name: String) -> [UInt8] {
    var folded: [UInt8] = []
    Array(name.utf8).withUnsafeBytes { profile.foldGroupName($0, into: &folded) }
    return folded
  }
}
