internal import CEL
internal import Contacts
internal import StateStore

extension Puller {
  /// Reads workspace, groups and fields, and makes sure that the store belongs to the workspace.
  ///
  /// They are stored with the first page of contacts, whose shape may show another dialect.
  mutating func readInventory() async throws(Stop) {
    let (identity, body) = try await readWorkspace()
    try storing { store throws(StoreFailure) in try store.verify(identity) }
    let groups = try await readAll("groups") { document, value in Self.group(value, in: document) }
    let fields = try await readAll("fields") { document, value in Self.field(value, in: document) }
    let evidence = groups.first?.dialect ?? fields.lazy.compactMap(\.dialect).first
    if let evidence { try expect(evidence) }
    largestGroup = groups.map(\.count).max() ?? 0
    unstoredInventory = InventoryRows(
      workspace: identity, workspaceBody: body, groups: groups.map(\.row), fields: fields.map(\.row)
    )
  }

  /// Ends the pull where an answer shows another dialect than the one that was named.
  func expect(_ dialect: Dialect) throws(Stop) {
    guard dialect == options.dialect else { throw .failed(.otherDialect(found: dialect)) }
  }

  private mutating func readWorkspace() async throws(Stop) -> (WorkspaceIdentity, String) {
    let (host, dialect) = (options.host, options.dialect)
    return try await read(.other, { _ in "/api/v2/workspace.json" }) { document in
      guard let uuid = document.member("uuid", of: document.root)?.ownedText, !uuid.isEmpty
      else { return nil }
      let identity = WorkspaceIdentity(uuid: uuid, host: host, dialect: dialect)
      return (identity, JSONText.line(document.root, in: document))
    }
  }

  /// All items of a list that has few of them.
  private mutating func readAll<Item>(
    _ endpoint: String, _ item: (Document, Value) -> Item?
  ) async throws(Stop) -> [Item] {
    var items: [Item] = []
    var cursor: String?
    var seen: Set<String> = []
    repeat {
      let query = cursor.map { "?cursor=\($0)" } ?? ""
      let page = try await read(.other, { _ in "/api/v2/\(endpoint).json\(query)" }) { document in
        ListingPage(document) { item(document, $0) }
      }
      items += page.items
      cursor = page.cursor
      if let cursor, !seen.insert(cursor).inserted { throw .failed(.endlessPages) }
    } while cursor != nil
    return items
  }

  private static func group(
    _ value: Value, in document: Document
  ) -> (row: InventoryRows.Group, count: Int, dialect: Dialect)? {
    guard let uuid = document.member("uuid", of: value)?.ownedText else { return nil }
    let query = document.member("query", of: value)
    let system = document.member("system", of: value)
    let hasQuery = query.map { $0.tag != .null } ?? false
    let isSystem = system.map { $0.tag == .bool && $0.bits == 1 } ?? false
    let count = document.member("count", of: value).flatMap { $0.tag == .int ? Int($0.int) : nil }
    let row = InventoryRows.Group(
      uuid: uuid, isSmart: hasQuery || isSystem, body: JSONText.line(value, in: document))
    return (row, count ?? 0, system == nil ? .weni : .rapidpro)
  }

  private static func field(
    _ value: Value, in document: Document
  ) -> (row: InventoryRows.Field, dialect: Dialect?)? {
    guard let key = document.member("key", of: value)?.ownedText else { return nil }
    let row = InventoryRows.Field(key: key, body: JSONText.line(value, in: document))
    if document.member("name", of: value) != nil { return (row, .rapidpro) }
    return (row, document.member("pinned", of: value) == nil ? nil : .weni)
  }
}
