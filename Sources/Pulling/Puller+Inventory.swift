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
    let groups = try await readAll("groups") { document, value in
      InventoryAnswer.group(value, in: document)
    }
    let fields = try await readAll("fields") { document, value in
      InventoryAnswer.field(value, in: document)
    }
    let evidence = groups.first?.dialect ?? fields.lazy.compactMap(\.dialect).first
    if let evidence { try expect(evidence) }
    largestGroup = groups.map(\.contactCount).max() ?? 0
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
      InventoryAnswer.workspace(document, at: host, dialect)
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
}
