private import Contacts
internal import GRDB
private import GRDBSQLite

extension ContactStore {
  /// The workspace that the store belongs to; absent before the first pull.
  package var workspace: WorkspaceIdentity? {
    get throws(StoreFailure) {
      try read { database in
        try Row.fetchOne(database, sql: "SELECT uuid, host, dialect FROM workspace")
          .flatMap(WorkspaceIdentity.init)
      }
    }
  }

  package var contactCount: Int {
    get throws(StoreFailure) {
      try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM contact") ?? 0 }
    }
  }

  /// How far what is known reaches.
  package var pullState: PullState {
    get throws(StoreFailure) {
      try read { database in
        try Row.fetchOne(database, sql: "SELECT * FROM pull").map(PullState.init) ?? PullState()
      }
    }
  }

  /// Groups, fields and workspace as one JSON object of the API's objects,
  /// `{"groups": […], "fields": […], "workspace": {…}}`; absent before the first pull.
  package var inventory: [UInt8]? {
    get throws(StoreFailure) {
      try read { database in
        guard let workspace = try String.fetchOne(database, sql: "SELECT body FROM workspace")
        else { return nil }
        func list(_ table: String) throws -> String {
          try String.fetchAll(database, sql: "SELECT body FROM \(table) ORDER BY number")
            .joined(separator: ",")
        }
        return Array(
          """
          {"groups":[\(try list("contact_group"))],"fields":[\(try list("field"))],\
          "workspace":\(workspace)}
          """.utf8)
      }
    }
  }

  /// uuids of the groups whose members a query or the server itself decides.
  package var smartGroups: [String] {
    get throws(StoreFailure) {
      try read { database in
        try String.fetchAll(
          database, sql: "SELECT uuid FROM contact_group WHERE is_smart ORDER BY number")
      }
    }
  }

  /// Calls of `contacts.json` that pulls made since a time.
  package func calls(since time: PointInTime) throws(StoreFailure) -> [PointInTime] {
    try read { database in
      try Int64.fetchAll(
        database, sql: "SELECT at FROM call WHERE at > ? ORDER BY at",
        arguments: [time.microseconds])
    }
    .map(PointInTime.init(microseconds:))
  }

  /// Goes over all contacts: the API's object as JSON, and the time at which it was known to be so.
  ///
  /// That time is when the contact was read or, if later, when the last whole pull began, as that
  /// would have shown a change. The bytes are valid until `visit` returns, and nothing need be
  /// readable behind them. The order is that of their first reading. A million contacts take about
  /// a second; nothing is allocated for each.
  package func forEachContact(
    _ visit: (_ body: UnsafeRawBufferPointer, _ knownAt: PointInTime) throws -> Void
  ) throws {
    do {
      try queue.read { database in
        let sql = "SELECT max(read_at, ifnull(completed_at, 0)), body FROM contact, pull"
        // Safety: the statement ends before the connection, and a column's bytes stay until the
        // next step.
        var statement: OpaquePointer?
        try check(
          sqlite3_prepare_v2(database.sqliteConnection, sql, -1, &statement, nil), database)
        defer { sqlite3_finalize(statement) }
        while true {
          let status = sqlite3_step(statement)
          if status == SQLITE_DONE { return }
          guard status == SQLITE_ROW else { return try check(status, database) }
          let body = UnsafeRawBufferPointer(
            start: sqlite3_column_text(statement, 1),
            count: Int(sqlite3_column_bytes(statement, 1)))
          try visit(body, PointInTime(microseconds: sqlite3_column_int64(statement, 0)))
        }
      }
    } catch let error as DatabaseError {
      throw StoreFailure(error, path: path)
    }
  }

  private func check(_ status: Int32, _ database: Database) throws {
    guard status != SQLITE_OK else { return }
    throw DatabaseError(
      resultCode: ResultCode(rawValue: status),
      message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
  }
}

extension WorkspaceIdentity {
  fileprivate init?(_ row: Row) {
    guard let dialect = Dialect(rawValue: row["dialect"]) else { return nil }
    self.init(uuid: row["uuid"], host: row["host"], dialect: dialect)
  }
}

extension PullState {
  fileprivate init(_ row: Row) {
    func time(_ column: String) -> PointInTime? {
      (row[column] as Int64?).map(PointInTime.init(microseconds:))
    }
    knownThrough = time("known_through")
    completedAt = time("completed_at")
    guard let startedAt = time("started_at"),
      let stage = (row["stage"] as String?).flatMap(Stage.init)
    else { return }
    var pass = Pass(
      startedAt: startedAt, contactsSince: time("contacts_since"),
      deletionsSince: time("deletions_since"))
    pass.stage = stage
    pass.cursor = row["cursor"]
    pass.newest = time("newest")
    self.pass = pass
  }
}
