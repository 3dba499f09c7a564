private import Foundation
package import Execution
package import Planning
import Sending
package import StateStore
internal import GRDB

/// Batches: from their planning until all their calls are acknowledged.
extension DeliveryJournal {
  /// How far a source was read when a batch was planned.
  package struct Source: Sendable, Equatable {
    package var path: String
    /// Tells the file from another one in its place.
    package var identity: String
    /// Where reading goes on, and in which line that is.
    package var byteOffset: Int
    package var line: Int
    package var isByLine: Bool
    /// Records behind that place that were read.
    package var recordCount: Int

    package init(
      path: String, identity: String, byteOffset: Int, line: Int, isByLine: Bool,
      recordCount: Int
    ) {
      self.isByLine = isByLine
      self.path = path
      self.identity = identity
      self.byteOffset = byteOffset
      self.line = line
      self.recordCount = recordCount
    }
  }

  /// What is planned at once: the calls of a window, and what makes them not be planned again.
  package struct Planned: Sendable {
    /// One line for each call, without their ends.
    package var lines: [ArraySlice<UInt8>] = []
    /// One for each line.
    package var order: [CallOrder] = []
    /// The numbers that the lines themselves have; empty where they count from one.
    package var numbers: [Int] = []
    package var sources: [Source] = []
    package var facts: [String: String] = [:]
    package var repeats: [UInt8] = []
    package var at: PointInTime

    package init(at time: PointInTime) { at = time }
  }

  /// Writes down what a window comes to, as a whole or not at all; gives the batch's number if there are
  /// calls.
  @discardableResult
  package func plan(_ planned: Planned) throws(StoreFailure) -> Int? {
    try write { database in
      for source in planned.sources {
        try database.cachedStatement(
          sql: "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
          source.path, source.identity, source.byteOffset, source.line, source.isByLine,
          source.recordCount,
        ])
      }
      for (name, value) in planned.facts {
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO fact VALUES (?, ?)")
          .execute(arguments: [name, value])
      }
      if !planned.repeats.isEmpty {
        try database.cachedStatement(sql: "INSERT INTO repeats (at, marks) VALUES (?, ?)")
          .execute(arguments: [planned.at.microseconds, Data(planned.repeats)])
      }
      guard !planned.lines.isEmpty else { return nil }
      try database.execute(
        sql: "INSERT INTO batch (call_count) VALUES (?)", arguments: [planned.lines.count])
      let batch = Int(database.lastInsertedRowID)
      let insert = try database.cachedStatement(
        sql: """
          INSERT INTO call (id, round, lane, contacts, after, hash, line)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      for (index, line) in planned.lines.enumerated() {
        let order = planned.order[index]
        let number = planned.numbers.isEmpty ? index + 1 : planned.numbers[index]
        let place = CallPlace(batch: batch, number: number)
        try insert.execute(arguments: [
          Self.id(place), order.round, (order.isInURNLane ? 1 : 0) | (order.standsAlone ? 2 : 0),
          Numbers.data(order.contacts), Numbers.data(order.after.map(Int32.init)),
          LineHash.hash(line), Data(line),
        ])
      }
      return batch
    }
  }

  /// A call as the journal knows it.
  package struct PlannedCall: Sendable {
    /// Its own within its batch.
    package var number: Int
    package var order: CallOrder
    package var state: State
    package var answer: KeptAnswer?
  }

  package enum State: Int, Sendable {
    case planned = 0
    /// It was sent, or was about to be.
    case begun = 1
    case acknowledged = 2
    /// All was said of it, and parts were set aside: whoever sends its line again must be let.
    case refused = 3

    package var isDone: Bool { rawValue >= Self.acknowledged.rawValue }
  }

  /// The earliest batch that is not done, with its calls in order.
  package func nextBatch() throws(StoreFailure) -> (batch: Int, calls: [PlannedCall])? {
    try read { database in
      guard let batch = try Int.fetchOne(database, sql: "SELECT min(id) FROM batch") else {
        return nil
      }
      let first = Self.id(CallPlace(batch: batch, number: 0))
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT round, lane, contacts, after, state, answer, id FROM call
          WHERE id BETWEEN ? AND ? ORDER BY id
          """, arguments: [first, first + (1 << 24 - 1)])
      var calls: [PlannedCall] = []
      while let row = try rows.next() {
        let lane: Int = row[1]
        let order = CallOrder(
          round: row[0], contacts: Numbers.numbers(row[2]),
          after: Numbers.numbers(row[3]).map(Int.init), isInURNLane: lane & 1 != 0,
          standsAlone: lane & 2 != 0)
        let answer: String? = row[5]
        let id: Int64 = row[6]
        calls.append(
          PlannedCall(
            number: Int(id & (1 << 24 - 1)), order: order, state: State(rawValue: row[4]) ?? .begun,
            answer: answer.flatMap { AnswerText.answer($0) }))
      }
      return (batch, calls)
    }
  }

  /// How many batches, and how many calls of them, are not done.
  package func backlog() throws(StoreFailure) -> (batches: Int, calls: Int) {
    try read { database in
      (
        try Int.fetchOne(database, sql: "SELECT count(*) FROM batch") ?? 0,
        try Int.fetchOne(database, sql: "SELECT count(*) FROM call WHERE state < 2") ?? 0
      )
    }
  }

  /// The lines of a batch's calls that are not done, by number: from one on, at most so many, and no
  /// more once they have so many bytes.
  package func lines(
    of batch: Int, from number: Int, atMost count: Int, byteCount: Int = 1 << 18
  ) throws(StoreFailure) -> [(number: Int, line: [UInt8])] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT id, line FROM call WHERE id BETWEEN ? AND ? AND state < 2 ORDER BY id LIMIT ?
          """)
      let rows = try Row.fetchCursor(
        statement,
        arguments: [
          Self.id(CallPlace(batch: batch, number: number)),
          Self.id(CallPlace(batch: batch, number: 1 << 24 - 1)), count,
        ])
      var lines: [(number: Int, line: [UInt8])] = []
      var room = byteCount
      while room > 0, let row = try rows.next() {
        let id: Int64 = row[0]
        let line: Data? = row[1]
        room -= line?.count ?? 0
        lines.append((Int(id & (1 << 24 - 1)), line.map { Array($0) } ?? []))
      }
      return lines
    }
  }

  /// Forgets a batch, all of whose calls are done, but for which lines need not be sent again.
  package func close(_ batch: Int, at time: PointInTime) throws(StoreFailure) {
    try write { database in
      let first = Self.id(CallPlace(batch: batch, number: 0))
      let range: StatementArguments = [first, first + (1 << 24 - 1)]
      // In the order of their keys: each page is written once.
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO acknowledged (hash, at)
          SELECT hash, ? FROM call WHERE id BETWEEN ? AND ? AND state = 2 ORDER BY hash
          """, arguments: [time.microseconds] + range)
      try database.execute(
        sql: """
          DELETE FROM acknowledged WHERE hash IN (
            SELECT hash FROM call WHERE id BETWEEN ? AND ? AND state = 3)
          """, arguments: range)
      try database.execute(sql: "DELETE FROM call WHERE id BETWEEN ? AND ?", arguments: range)
      try database.execute(sql: "DELETE FROM batch WHERE id = ?", arguments: [batch])
    }
  }

  /// Whether a line of a closed batch was acknowledged; what lies longer back than a week is forgotten.
  package func isAcknowledged(_ line: ArraySlice<UInt8>) throws(StoreFailure) -> Bool {
    try read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT 1 FROM acknowledged WHERE hash = ?")
      return try Bool.fetchOne(statement, arguments: [LineHash.hash(line)]) ?? false
    }
  }

  /// What was set aside and not yet taken away, one line each, in order.
  package func setAsideLines() throws(StoreFailure) -> [String] {
    try read { database in
      try String.fetchAll(database, sql: "SELECT line FROM set_aside ORDER BY id")
    }
  }

  /// Forgets what was set aside, once it is somewhere else.
  package func forgetSetAside() throws(StoreFailure) {
    try write { try $0.execute(sql: "DELETE FROM set_aside") }
  }

  /// Forgets acknowledged lines and repeats from before a moment.
  package func forget(before time: PointInTime) throws(StoreFailure) {
    try write { database in
      for table in ["acknowledged", "repeats"] {
        try database.execute(
          sql: "DELETE FROM \(table) WHERE at < ?", arguments: [time.microseconds])
      }
    }
  }

  /// How far the sources were read.
  package func sources() throws(StoreFailure) -> [Source] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM source ORDER BY path").map { row in
        Source(
          path: row[0], identity: row[1], byteOffset: row[2], line: row[3], isByLine: row[4],
          recordCount: row[5])
      }
    }
  }

  package func fact(_ name: String) throws(StoreFailure) -> String? {
    try read { database in
      try String.fetchOne(database, sql: "SELECT value FROM fact WHERE name = ?", arguments: [name])
    }
  }

  package func setFact(_ name: String, to value: String?) throws(StoreFailure) {
    try write { database in
      guard let value else {
        return try database.execute(sql: "DELETE FROM fact WHERE name = ?", arguments: [name])
      }
      try database.execute(
        sql: "INSERT OR REPLACE INTO fact VALUES (?, ?)", arguments: [name, value])
    }
  }

  /// Forgets sources that were read to their end, or all.
  package func forgetSources() throws(StoreFailure) {
    try write { try $0.execute(sql: "DELETE FROM source") }
  }

  /// Marks of repeats, as they were given, the earliest first.
  package func repeats() throws(StoreFailure) -> [[UInt8]] {
    try read { database in
      try Data.fetchAll(database, sql: "SELECT marks FROM repeats ORDER BY id").map { Array($0) }
    }
  }
}
