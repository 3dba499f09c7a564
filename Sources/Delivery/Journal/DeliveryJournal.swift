package import Sending
package import StateStore
private import Foundation
internal import GRDB
import Synchronization

/// What a delivery has planned, sent, heard and set aside, and how far its sources were read.
///
/// It lies beside what is known of the workspace, in the state directory, whose one writer uses it.
/// What it was told is on the disk when the telling returns.
package final class DeliveryJournal: Sendable {
  /// The directory, as it was given.
  package let path: String
  let queue: DatabaseQueue
  /// Told how long each commit took, until it was on the disk.
  let observeSync: @Sendable (Duration) -> Void
  /// What waits to be written with the next commit.
  let waiting = Mutex(GroupCommit())

  /// Opens the journal of a state directory, or makes it.
  package init(
    _ path: String, observeSync: @escaping @Sendable (Duration) -> Void = { _ in }
  ) throws(StoreFailure) {
    self.path = path
    self.observeSync = observeSync
    try StateDirectory(path).prepare()
    let file = "\(path)/delivery.sqlite"
    try StateDirectory.makePrivateFile(file)
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // FULL: what is committed survives a power cut. What is deleted is overwritten.
      try database.execute(
        sql: """
          PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
          PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 2000
          """)
    }
    do {
      queue = try DatabaseQueue(path: file, configuration: configuration)
      try queue.write { try JournalFormat.prepare($0, path: path) }
    } catch {
      throw StoreFailure(error, path: path)
    }
    try StateDirectory(path).syncNames()
  }

  func read<Result>(_ body: (Database) throws -> Result) throws(StoreFailure) -> Result {
    do { return try queue.read(body) } catch { throw StoreFailure(error, path: path) }
  }

  func write<Result>(_ body: (Database) throws -> Result) throws(StoreFailure) -> Result {
    let start = ContinuousClock.now
    defer { observeSync(ContinuousClock.now - start) }
    do { return try queue.write(body) } catch { throw StoreFailure(error, path: path) }
  }
}

extension DeliveryJournal {
  /// What is told of a call.
  package enum Entry: Sendable {
    /// A request is about to be sent.
    case sending(QuotaScope, PointInTime, call: CallPlace?)
    /// All was said of a call; with what its answers are to later ones, and lines that can be sent again
    /// of what was not taken.
    case acknowledged(Acknowledgement, setAside: [String])
  }

  /// The number of a call in all batches.
  static func id(_ place: CallPlace) -> Int64 { Int64(place.batch) << 24 | Int64(place.number) }

  static func write(_ entry: Entry, to database: Database) throws {
    switch entry {
    case .sending(let scope, let time, let call):
      try database.cachedStatement(sql: "INSERT INTO send (scope, at) VALUES (?, ?)")
        .execute(arguments: [scope.rawValue, time.microseconds])
      guard let call else { return }
      try database.cachedStatement(sql: "UPDATE call SET state = 1 WHERE id = ? AND state = 0")
        .execute(arguments: [id(call)])
    case .acknowledged(let acknowledgement, let lines):
      let id = id(acknowledgement.place)
      // Those of earlier calls too, where they became others.
      for (number, answer) in acknowledgement.answers {
        let text = AnswerText.text(of: answer)
        try database.cachedStatement(sql: "UPDATE call SET answer = ? WHERE id = ?")
          .execute(arguments: [text, Self.id(acknowledgement.place.with(number))])
      }
      let state = lines.isEmpty ? State.acknowledged : .refused
      try database.cachedStatement(sql: "UPDATE call SET state = ?, line = NULL WHERE id = ?")
        .execute(arguments: [state.rawValue, id])
      for line in lines {
        try database.cachedStatement(sql: "INSERT INTO set_aside (call, line) VALUES (?, ?)")
          .execute(arguments: [id, line])
      }
    }
  }

  /// The times of requests since a moment, and forgets those before it.
  package func sends(since time: PointInTime) throws(StoreFailure) -> [(QuotaScope, PointInTime)] {
    try write { database in
      try database.execute(sql: "DELETE FROM send WHERE at < ?", arguments: [time.microseconds])
      return try Row.fetchAll(database, sql: "SELECT scope, at FROM send ORDER BY id").compactMap {
        row in
        QuotaScope(rawValue: row[0]).map { ($0, PointInTime(microseconds: row[1])) }
      }
    }
  }
}
