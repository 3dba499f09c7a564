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
  private let observeSync: @Sendable (Duration) -> Void
  /// What waits to be written with the next commit.
  private let waiting = Mutex(Waiting())

  private struct Waiting {
    var entries: [(entry: Entry, done: CheckedContinuation<Void, any Error>)] = []
    var isScheduled = false
  }

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

  /// Writes an entry down, together with all that come while the disk is busy: one sync for all.
  package func append(_ entry: Entry) async throws {
    try await withCheckedThrowingContinuation { continuation in
      let schedules = waiting.withLock { waiting in
        waiting.entries.append((entry, continuation))
        defer { waiting.isScheduled = true }
        return !waiting.isScheduled
      }
      if schedules { commitWaiting() }
    }
  }

  private func commitWaiting() {
    queue.asyncWriteWithoutTransaction { [self] database in
      let entries = waiting.withLock { waiting in
        defer { waiting = Waiting() }
        return waiting.entries
      }
      do {
        let start = ContinuousClock.now
        try database.inTransaction {
          for entry in entries { try Self.write(entry.entry, to: database) }
          return .commit
        }
        observeSync(ContinuousClock.now - start)
        for entry in entries { entry.done.resume() }
      } catch {
        let failure = StoreFailure(error, path: path)
        for entry in entries { entry.done.resume(throwing: failure) }
      }
    }
  }
}

extension DeliveryJournal {
  /// What is told of a call.
  package enum Entry: Sendable {
    /// A request is about to be sent.
    case sending(QuotaScope, PointInTime, call: CallPlace?)
    /// All was said of a call; with what its answers are to later ones, and lines that can be sent again
    /// of what was not taken.
    case acknowledged(Acknowledgement, at: PointInTime, setAside: [String])
  }

  /// The number of a call in all batches.
  static func id(_ place: CallPlace) -> Int64 { Int64(place.batch) << 24 | Int64(place.number) }

  private static func write(_ entry: Entry, to database: Database) throws {
    switch entry {
    case .sending(let scope, let time, let call):
      try database.cachedStatement(sql: "INSERT INTO send (scope, at) VALUES (?, ?)")
        .execute(arguments: [scope.rawValue, time.microseconds])
      guard let call else { return }
      try database.cachedStatement(sql: "UPDATE call SET state = 1 WHERE id = ? AND state = 0")
        .execute(arguments: [id(call)])
    case .acknowledged(let acknowledgement, let time, let lines):
      let id = id(acknowledgement.place)
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO acknowledged (hash, at)
          SELECT hash, ? FROM call WHERE id = ? AND state < 2
          """
      ).execute(arguments: [time.microseconds, id])
      if !lines.isEmpty {
        // What was refused is not done: whoever sends it again must be let.
        try database.execute(
          sql: "DELETE FROM acknowledged WHERE hash = (SELECT hash FROM call WHERE id = ?)",
          arguments: [id])
      }
      // Those of earlier calls too, where they became others.
      for (number, answer) in acknowledgement.answers {
        let text = AnswerText.text(of: answer)
        try database.cachedStatement(sql: "UPDATE call SET answer = ? WHERE id = ?")
          .execute(arguments: [text, Self.id(acknowledgement.place.with(number))])
      }
      try database.cachedStatement(sql: "UPDATE call SET state = 2, line = NULL WHERE id = ?")
        .execute(arguments: [id])
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
