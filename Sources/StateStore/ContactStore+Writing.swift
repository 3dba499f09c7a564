private import Contacts
internal import GRDB

/// What one page of a listing changes.
package struct PageChange: Sendable {
  package var contacts: [ContactRow] = []
  /// uuids of contacts that were deleted.
  package var deleted: [String] = []
  package var readAt: PointInTime
  /// Where the pull then stands.
  package var state: PullState
  /// Calls that were made for it, failed ones too.
  package var calls: [PointInTime] = []

  package init(readAt: PointInTime, state: PullState) {
    self.readAt = readAt
    self.state = state
  }
}

/// Groups, fields and workspace as they were read.
package struct InventoryRows: Sendable {
  package struct Group: Sendable {
    package var uuid: String
    /// Whether a query or the server decides its members.
    package var isSmart: Bool
    package var body: String

    package init(uuid: String, isSmart: Bool, body: String) {
      self.uuid = uuid
      self.isSmart = isSmart
      self.body = body
    }
  }

  package struct Field: Sendable {
    package var key: String
    package var body: String

    package init(key: String, body: String) {
      self.key = key
      self.body = body
    }
  }

  package var workspace: WorkspaceIdentity
  package var workspaceBody: String
  package var groups: [Group]
  package var fields: [Field]

  package init(
    workspace: WorkspaceIdentity, workspaceBody: String, groups: [Group], fields: [Field]
  ) {
    self.workspace = workspace
    self.workspaceBody = workspaceBody
    self.groups = groups
    self.fields = fields
  }
}

extension ContactStore {
  /// Refuses a workspace that the store does not belong to.
  package func verify(_ workspace: WorkspaceIdentity) throws(StoreFailure) {
    if let known = try self.workspace, known != workspace {
      throw .anotherWorkspace(path: path, known: known, given: workspace)
    }
  }

  /// Puts groups, fields and workspace in the place of those known; the first time, the store
  /// becomes this workspace's.
  package func store(_ inventory: InventoryRows, readAt: PointInTime) throws(StoreFailure) {
    try verify(inventory.workspace)
    try write { database in
      let workspace = inventory.workspace
      try database.execute(
        sql: "INSERT OR REPLACE INTO workspace VALUES (1, ?, ?, ?, ?, ?)",
        arguments: [
          workspace.uuid, workspace.host, workspace.dialect.rawValue, readAt.microseconds,
          inventory.workspaceBody,
        ])
      try database.execute(sql: "DELETE FROM contact_group; DELETE FROM field")
      for group in inventory.groups {
        try database.execute(
          sql: "INSERT OR REPLACE INTO contact_group (uuid, is_smart, body) VALUES (?, ?, ?)",
          arguments: [group.uuid, group.isSmart, group.body])
      }
      for field in inventory.fields {
        try database.execute(
          sql: "INSERT OR REPLACE INTO field (key, body) VALUES (?, ?)",
          arguments: [field.key, field.body])
      }
    }
  }

  /// Stores a page together with where the pull then stands: both or none.
  package func store(_ page: PageChange) throws(StoreFailure) {
    try write { database in
      for row in page.contacts { try upsert(row, from: .listing, readAt: page.readAt, database) }
      for uuid in page.deleted { try remove(uuid, seenAt: page.readAt, database) }
      try write(page.state, database)
      for call in page.calls {
        try database.execute(
          sql: "INSERT INTO call VALUES (?)", arguments: [call.microseconds])
      }
      try database.execute(
        sql: "DELETE FROM call WHERE at <= ?",
        arguments: [page.readAt.advanced(by: .seconds(-3_600)).microseconds])
    }
  }

  /// Where a contact was shown.
  enum Source {
    /// A page, perhaps of a copy that does not have yet what our own calls did.
    case listing
    /// What a call was answered.
    case answer

    /// How long a copy may lag behind.
    var lag: Duration { self == .listing ? .seconds(600) : .zero }
  }

  /// A server may answer from a copy that lags: older news changes nothing, and what was deleted
  /// does not come back.
  func upsert(
    _ row: ContactRow, from source: Source, readAt: PointInTime, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO contact (uuid, modified_on, read_at, body)
        SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM deletion WHERE uuid = ?1)
        ON CONFLICT (uuid) DO UPDATE
        SET modified_on = excluded.modified_on, read_at = excluded.read_at, body = excluded.body,
          touched_at = NULL, is_doubtful = 0
        WHERE excluded.modified_on > modified_on
          OR (excluded.modified_on = modified_on AND ifnull(touched_at, 0) <= ?5)
        """)
    let oldest = readAt.advanced(by: .zero - source.lag)
    try statement.execute(
      arguments: [
        row.uuid, row.modifiedOn.microseconds, readAt.microseconds, row.body, oldest.microseconds,
      ])
  }

  func remove(_ uuid: String, seenAt: PointInTime, _ database: Database) throws {
    try database.cachedStatement(sql: "DELETE FROM contact WHERE uuid = ?")
      .execute(arguments: [uuid])
    try database.cachedStatement(sql: "INSERT OR IGNORE INTO deletion VALUES (?, ?)")
      .execute(arguments: [uuid, seenAt.microseconds])
  }

  private func write(_ state: PullState, _ database: Database) throws {
    let pass = state.pass
    try database.execute(
      sql: """
        UPDATE pull SET is_incomplete = is_incomplete AND completed_at IS ?2, known_through = ?1,
          completed_at = ?2, started_at = ?3, stage = ?4, contacts_since = ?5, deletions_since = ?6,
          cursor = ?7, newest = ?8
        """,
      arguments: [
        state.knownThrough?.microseconds, state.completedAt?.microseconds,
        pass?.startedAt.microseconds, pass?.stage.rawValue, pass?.contactsSince?.microseconds,
        pass?.deletionsSince?.microseconds, pass?.cursor, pass?.newest?.microseconds,
      ])
  }
}
