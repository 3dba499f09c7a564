private import Contacts
internal import GRDB
private import GRDBSQLite

/// What a store holds at one moment, whoever writes meanwhile.
package struct StoreReading {
  let database: Database

  /// The workspace that the store belongs to; absent before the first pull.
  package var workspace: WorkspaceIdentity? {
    get throws {
      try Row.fetchOne(database, sql: "SELECT uuid, host, dialect FROM workspace")
        .flatMap(WorkspaceIdentity.init)
    }
  }

  package var contactCount: Int {
    get throws { try Int.fetchOne(database, sql: "SELECT count(*) FROM contact") ?? 0 }
  }

  /// At least as many as there are contacts, found without counting them.
  package var contactCountLimit: Int {
    get throws { try Int.fetchOne(database, sql: "SELECT max(number) FROM contact") ?? 0 }
  }

  /// How far what is known reaches.
  package var pullState: PullState {
    get throws {
      try Row.fetchOne(database, sql: "SELECT * FROM pull").map(PullState.init) ?? PullState()
    }
  }

  /// When all contacts were known that there are; absent where a call may have made others since.
  package var completeAt: PointInTime? {
    get throws {
      try Int64.fetchOne(database, sql: "SELECT completed_at FROM pull WHERE NOT is_incomplete")
        .map(PointInTime.init(microseconds:))
    }
  }

  /// Groups, fields and workspace as one JSON object of the API's objects,
  /// `{"groups": […], "fields": […], "workspace": {…}}`; absent before the first pull.
  package var inventory: [UInt8]? {
    get throws {
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

  /// uuids of the groups whose members a query or the server itself decides.
  package var smartGroups: [String] {
    get throws {
      try String.fetchAll(
        database, sql: "SELECT uuid FROM contact_group WHERE is_smart ORDER BY number")
    }
  }

  /// One contact of a visit; its bytes are valid until the visit returns.
  package struct Contact {
    /// The API's object as JSON; nothing need be readable behind it.
    package var body: UnsafeRawBufferPointer
    /// When it was known to be so; absent where a call may have changed it that nobody answered.
    package var knownAt: PointInTime?
    /// Whether it is known as it was behind ``PullState/knownThrough``.
    package var isAhead: Bool
  }

  /// Goes over all contacts, in the order of their first reading.
  ///
  /// A contact was known to be so when it was read or, if later, when the last whole pull began, as
  /// that would have shown a change. Nothing is allocated for each.
  package func forEachContact(_ visit: (Contact) throws -> Void) throws {
    let state = try pullState
    let sql = """
      SELECT max(read_at, \(state.completedAt?.microseconds ?? 0)), is_doubtful,
        touched_at IS NOT NULL OR modified_on > \(state.knownThrough?.microseconds ?? 0), body
      FROM contact ORDER BY number
      """
    // Safety: the statement ends before the connection, and a column's bytes stay until the
    // next step.
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(database.sqliteConnection, sql, -1, &statement, nil))
    defer { sqlite3_finalize(statement) }
    while true {
      let status = sqlite3_step(statement)
      if status == SQLITE_DONE { return }
      guard status == SQLITE_ROW else { return try check(status) }
      let isDoubtful = sqlite3_column_int(statement, 1) != 0
      try visit(
        Contact(
          body: UnsafeRawBufferPointer(
            start: sqlite3_column_blob(statement, 3),
            count: Int(sqlite3_column_bytes(statement, 3))),
          knownAt: isDoubtful
            ? nil : PointInTime(microseconds: sqlite3_column_int64(statement, 0)),
          isAhead: !isDoubtful && sqlite3_column_int(statement, 2) != 0))
    }
  }

  private func check(_ status: Int32) throws {
    guard status != SQLITE_OK else { return }
    throw DatabaseError(
      resultCode: ResultCode(rawValue: status),
      message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
  }
}

extension ContactStore {
  /// Reads several things as they were at one moment.
  package func reading<Result>(_ body: (StoreReading) throws -> Result) throws -> Result {
    do {
      return try queue.read { try body(StoreReading(database: $0)) }
    } catch let error as DatabaseError {
      throw StoreFailure(error, path: path)
    }
  }

  package var workspace: WorkspaceIdentity? {
    get throws(StoreFailure) { try read { try StoreReading(database: $0).workspace } }
  }

  package var contactCount: Int {
    get throws(StoreFailure) { try read { try StoreReading(database: $0).contactCount } }
  }

  package var pullState: PullState {
    get throws(StoreFailure) { try read { try StoreReading(database: $0).pullState } }
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
