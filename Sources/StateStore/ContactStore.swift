private import Foundation
internal import GRDB
private import Synchronization

/// What is known of a workspace, kept in a state directory: contacts, groups, fields.
///
/// One process at a time may write. Others may read meanwhile: each reading sees the store as it
/// was when the reading began.
package final class ContactStore: Sendable {
  /// Where `--state` leads without being given.
  package static let defaultPath = ".regra"

  /// The directory, as it was given.
  package let path: String
  let queue: DatabaseQueue
  /// Held as long as the store may write.
  private let lock: StateLock?
  /// Whether a power cut may take what was stored.
  private let isUnsynced = Mutex(false)

  package enum Access: Sendable { case reading, writing }

  /// Opens the store in a directory; a writer makes what is missing.
  package convenience init(_ path: String, for access: Access) throws(StoreFailure) {
    try self.init(path, for: access, format: .current)
  }

  init(_ path: String, for access: Access, format: StoreFormat) throws(StoreFailure) {
    self.path = path
    switch access {
    case .writing:
      try StateDirectory(path).prepare()
      lock = try StateLock(directory: path)
      queue = try Self.openForWriting(path, format)
      try StateDirectory(path).syncNames()
    case .reading:
      lock = nil
      queue = try Self.openForReading(path, format)
    }
  }

  /// The process that is writing to a directory, if one is.
  package static func writer(in path: String) -> Int? { StateLock.holder(in: path) }

  private static func file(in path: String) -> String { "\(path)/contacts.sqlite" }

  /// Whether a directory has a store; one may be there for other things that are kept in it.
  package static func isThere(in path: String) -> Bool { access(file(in: path), F_OK) == 0 }

  private static func openForWriting(
    _ path: String, _ format: StoreFormat
  ) throws(StoreFailure) -> DatabaseQueue {
    let file = file(in: path)
    try StateDirectory.makePrivateFile(file)
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // What is deleted is overwritten: it may be a person who asked to be forgotten. Larger pages,
      // which only a new database takes, are an eighth of the time of reading all contacts.
      try database.execute(
        sql: """
          PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
          PRAGMA secure_delete = ON; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 2000
          """)
    }
    do {
      let queue = try DatabaseQueue(path: file, configuration: configuration)
      try queue.write { try format.migrate($0, path: path) }
      return queue
    } catch {
      throw StoreFailure(error, path: path)
    }
  }

  private static func openForReading(
    _ path: String, _ format: StoreFormat
  ) throws(StoreFailure) -> DatabaseQueue {
    let file = file(in: path)
    guard FileManager.default.fileExists(atPath: file) else { throw .missing(path: path) }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    do {
      let queue = try DatabaseQueue(path: file, configuration: configuration)
      try queue.read { try format.verify($0, path: path) }
      return queue
    } catch {
      throw StoreFailure(error, path: path)
    }
  }

  func read<Result>(_ body: (Database) throws -> Result) throws(StoreFailure) -> Result {
    do { return try queue.read(body) } catch { throw StoreFailure(error, path: path) }
  }

  /// Changes the store as a whole or not at all.
  ///
  /// Until ``sync()`` a power cut may take changes, the last ones first.
  func write<Result>(_ body: (Database) throws -> Result) throws(StoreFailure) -> Result {
    do {
      let result = try queue.write(body)
      isUnsynced.withLock { $0 = true }
      return result
    } catch {
      throw StoreFailure(error, path: path)
    }
  }

  /// Brings all that was stored to the disk.
  ///
  /// Whoever comes while that is done waits for it, so that many share one sync.
  package func sync() throws(StoreFailure) {
    try isUnsynced.withLock { (isUnsynced) throws(StoreFailure) in
      guard isUnsynced else { return }
      try StateDirectory.sync("\(Self.file(in: path))-wal")
      isUnsynced = false
    }
  }
}
