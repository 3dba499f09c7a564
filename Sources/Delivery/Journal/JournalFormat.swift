internal import GRDB
import StateStore

/// The tables of a delivery's journal.
enum JournalFormat {
  /// `RgrD`: tells a journal from other databases.
  private static let applicationId: Int64 = 0x5267_7244
  private static let version = 1

  private static let tables = """
    CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE batch (id INTEGER PRIMARY KEY AUTOINCREMENT, call_count INTEGER NOT NULL);
    CREATE TABLE call (
      id INTEGER PRIMARY KEY,
      state INTEGER NOT NULL DEFAULT 0, round INTEGER NOT NULL, lane INTEGER NOT NULL,
      contacts BLOB NOT NULL, after BLOB NOT NULL, hash INTEGER NOT NULL, line BLOB, answer TEXT);
    CREATE TABLE set_aside (id INTEGER PRIMARY KEY, call INTEGER NOT NULL, line TEXT NOT NULL);
    CREATE TABLE send (id INTEGER PRIMARY KEY, scope INTEGER NOT NULL, at INTEGER NOT NULL);
    CREATE TABLE acknowledged (hash INTEGER PRIMARY KEY, at INTEGER NOT NULL);
    CREATE TABLE source (
      path TEXT PRIMARY KEY, identity TEXT NOT NULL, byte_offset INTEGER NOT NULL,
      line INTEGER NOT NULL, is_by_line INTEGER NOT NULL, record_count INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE repeats (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, marks BLOB NOT NULL);
    """

  /// Makes the tables where there are none; refuses a database of another kind or version.
  static func prepare(_ database: Database, path: String) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let application = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    if version == 0, application == 0, count == 0 {
      try database.execute(sql: tables)
      try database.execute(
        sql: "PRAGMA user_version = \(Self.version); PRAGMA application_id = \(applicationId)")
      return
    }
    guard application == applicationId else { throw StoreFailure.foreign(path: path) }
    guard version == Self.version else {
      throw StoreFailure.newerFormat(path: path, found: version, readable: Self.version)
    }
  }
}
