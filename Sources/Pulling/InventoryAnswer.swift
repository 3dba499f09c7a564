package import CEL
package import Contacts
package import StateStore

/// Workspace, groups and fields as answers show them; nothing where they show something else.
package enum InventoryAnswer {
  package struct Group: Sendable {
    package var row: InventoryRows.Group
    package var name: String
    /// Whether the server made it for itself.
    package var isSystem: Bool
    package var contactCount: Int
    /// Whose shape the answer has.
    package var dialect: Dialect
  }

  package struct Field: Sendable {
    package var row: InventoryRows.Field
    package var label: String
    /// Absent where it is none that is known.
    package var type: FieldType?
    /// Whose shape the answer has, where it shows.
    package var dialect: Dialect?
  }

  /// The workspace that a document is about, and the document on one line.
  package static func workspace(
    _ document: Document, at host: String, _ dialect: Dialect
  ) -> (identity: WorkspaceIdentity, body: String)? {
    guard let uuid = document.member("uuid", of: document.root)?.ownedText, !uuid.isEmpty
    else { return nil }
    let identity = WorkspaceIdentity(uuid: uuid, host: host, dialect: dialect)
    return (identity, JSONText.line(document.root, in: document))
  }

  package static func group(_ value: Value, in document: Document) -> Group? {
    guard let uuid = document.member("uuid", of: value)?.ownedText else { return nil }
    let query = document.member("query", of: value)
    let system = document.member("system", of: value)
    let hasQuery = query.map { $0.tag != .null } ?? false
    let isSystem = system.map { $0.tag == .bool && $0.bits == 1 } ?? false
    let count = document.member("count", of: value).flatMap { $0.tag == .int ? Int($0.int) : nil }
    return Group(
      row: InventoryRows.Group(
        uuid: uuid, isSmart: hasQuery || isSystem, body: JSONText.line(value, in: document)),
      name: document.member("name", of: value)?.ownedText ?? "", isSystem: isSystem,
      contactCount: count ?? 0, dialect: system == nil ? .weni : .rapidpro)
  }

  package static func field(_ value: Value, in document: Document) -> Field? {
    guard let key = document.member("key", of: value)?.ownedText else { return nil }
    let name = document.member("name", of: value)
    let type = document.member("value_type", of: value) ?? document.member("type", of: value)
    let isOlder = document.member("pinned", of: value) != nil
    return Field(
      row: InventoryRows.Field(key: key, body: JSONText.line(value, in: document)),
      label: (document.member("label", of: value) ?? name)?.ownedText ?? "",
      type: type?.ownedText.flatMap { FieldType(word: $0) },
      dialect: name != nil ? .rapidpro : isOlder ? .weni : nil)
  }
}
