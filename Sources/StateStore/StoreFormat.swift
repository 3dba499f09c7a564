internal import GRDB

/// The tables of a store, and how those of earlier versions become these.
struct StoreFormat: Sendable {
  /// Step n leads from version n to n + 1; `PRAGMA user_version` counts those that were taken.
  var steps: [String]

  /// `Rgra`: tells a store of regra from other databases.
  private static let applicationId: Int64 = 0x5267_7261

  static let current = StoreFormat(steps: [
    """
    CREATE TABLE workspace (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      uuid TEXT NOT NULL, host TEXT NOT NULL, dialect TEXT NOT NULL,
      read_at INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE contact (
      number INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE, modified_on INTEGER NOT NULL, read_at INTEGER NOT NULL,
      body TEXT NOT NULL);
    CREATE TABLE deletion (uuid TEXT PRIMARY KEY, seen_at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE contact_group (
      number INTEGER PRIMARY KEY,
      uuid TEXT NOT NULL UNIQUE, is_smart INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE field (
      number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
    CREATE TABLE pull (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      known_through INTEGER, completed_at INTEGER, started_at INTEGER, stage TEXT,
      contacts_since INTEGER, deletions_since INTEGER, cursor TEXT, newest INTEGER);
    INSERT INTO pull (id) VALUES (1);
    CREATE TABLE call (at INTEGER NOT NULL);
    """,
    // What our own calls did to a contact behind what the server last showed of it, and when.
    """
    ALTER TABLE contact ADD COLUMN touched_at INTEGER;
    ALTER TABLE contact ADD COLUMN is_doubtful INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE pull ADD COLUMN is_incomplete INTEGER NOT NULL DEFAULT 0;
    """,
  ])

  /// Brings a writable database to this version, as a whole or not at all.
  func migrate(_ database: Database, path: String) throws {
    let version = try self.version(of: database, path: path)
    guard version < steps.count else { return }
    for step in steps[version...] { try database.execute(sql: step) }
    try database.execute(
      sql: "PRAGMA user_version = \(steps.count); PRAGMA application_id = \(Self.applicationId)")
  }

  /// Refuses a database that these tables are not in.
  func verify(_ database: Database, path: String) throws {
    let version = try self.version(of: database, path: path)
    guard version < steps.count else { return }
    if version == 0 { throw StoreFailure.missing(path: path) }
    throw StoreFailure.olderFormat(path: path, found: version, readable: steps.count)
  }

  /// How many steps a database has taken; 0 where it is new.
  private func version(of database: Database, path: String) throws -> Int {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let application = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    let isNew = version == 0 && application == 0 && tables == 0
    guard isNew || (application == Self.applicationId && version > 0) else {
      throw StoreFailure.foreign(path: path)
    }
    guard version <= steps.count else {
      throw StoreFailure.newerFormat(path: path, found: version, readable: steps.count)
    }
    return version
  }
}
