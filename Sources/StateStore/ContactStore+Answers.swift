internal import GRDB

/// What the answers to one call say of a workspace.
package struct AnswerChange: Sendable {
  package var at: PointInTime
  /// Contacts as the server showed them.
  package var shown: [ContactRow] = []
  /// Contacts as the call has made them, though no answer shows them: uuids and bodies.
  package var edited: [(uuid: String, body: String)] = []
  /// uuids of contacts of which nobody knows any more how they are.
  package var doubtful: [String] = []
  /// What is no longer in doubt.
  package var settled = ContactStore.Doubted()
  package var deleted: [String] = []
  package var groups: [InventoryRows.Group] = []
  package var fields: [InventoryRows.Field] = []
  /// uuids of groups that are gone.
  package var deletedGroups: [String] = []

  package init(at time: PointInTime) { at = time }

  package var isEmpty: Bool {
    shown.isEmpty && edited.isEmpty && doubtful.isEmpty && settled == .init() && deleted.isEmpty
      && groups.isEmpty && fields.isEmpty && deletedGroups.isEmpty
  }
}

/// What calls change, so that later plans begin with it.
extension ContactStore {
  /// The API's object of a contact, as JSON.
  package func body(of uuid: String) throws(StoreFailure) -> String? {
    try read { database in
      try String.fetchOne(
        database.cachedStatement(sql: "SELECT body FROM contact WHERE uuid = ?"), arguments: [uuid])
    }
  }

  /// A call that is about to be sent.
  package struct Beginning: Sendable {
    /// uuids of the contacts that it may change.
    package var contacts: [String] = []
    /// The uuid of the group that it deletes.
    package var group: String?
    /// Whether it may make contacts that nobody knows.
    package var makesContacts = false
    /// Whether it was under way before, and perhaps did what it should.
    package var isRepeated = false
    package var at: PointInTime

    package init(at time: PointInTime) { at = time }
  }

  /// What is in doubt for one call alone: once its answer is known, it is so no longer.
  package struct Doubted: Sendable, Equatable {
    package var contacts: [String] = []
    /// Whether all contacts were known before it.
    package var makesContacts = false

    package init() {}
  }

  /// Doubts what a call may change.
  package func doubt(_ call: Beginning) throws(StoreFailure) -> Doubted {
    try write { database in
      let most = call.isRepeated ? Doubt.underWay : .none
      var doubted = Doubted()
      for uuid in call.contacts {
        let sql = """
          UPDATE contact SET is_doubtful = \(Doubt.underWay.rawValue), touched_at = ?
          WHERE uuid = ? AND is_doubtful <= ? RETURNING uuid
          """
        doubted.contacts += try String.fetchAll(
          database.cachedStatement(sql: sql),
          arguments: [call.at.microseconds, uuid, most.rawValue])
      }
      if let group = call.group {
        try database.execute(
          sql: Self.doubtSQL + "instr(body, ?) > 0", arguments: [call.at.microseconds, group])
      }
      if call.makesContacts {
        let sql = "UPDATE pull SET is_incomplete = 1 WHERE is_incomplete <= ? RETURNING 1"
        doubted.makesContacts =
          try Int.fetchOne(
            database.cachedStatement(sql: sql), arguments: [call.isRepeated ? 1 : 0]) != nil
      }
      return doubted
    }
  }

  /// Stands under `is_doubtful`.
  private enum Doubt: Int {
    case none
    /// Until the call that is under way is answered.
    case underWay
    /// Until the server shows the contact.
    case lasting
  }

  private static let doubtSQL =
    "UPDATE contact SET is_doubtful = \(Doubt.lasting.rawValue), touched_at = ? WHERE "

  /// Stores what answers say: all of it or nothing.
  package func store(_ change: AnswerChange) throws(StoreFailure) {
    try write { database in
      for row in change.shown {
        try upsert(row, from: .answer, readAt: change.at, database)
      }
      for (uuid, body) in change.edited {
        try database.cachedStatement(
          sql: "UPDATE contact SET body = ?, touched_at = ? WHERE uuid = ?"
        ).execute(arguments: [body, change.at.microseconds, uuid])
      }
      if change.settled.makesContacts {
        try database.execute(sql: "UPDATE pull SET is_incomplete = 0")
      }
      for uuid in change.settled.contacts {
        try database.cachedStatement(
          sql: "UPDATE contact SET is_doubtful = 0 WHERE uuid = ? AND is_doubtful = ?"
        ).execute(arguments: [uuid, Doubt.underWay.rawValue])
      }
      for uuid in change.doubtful {
        try database.cachedStatement(sql: Self.doubtSQL + "uuid = ?")
          .execute(arguments: [change.at.microseconds, uuid])
      }
      for uuid in change.deleted { try remove(uuid, seenAt: change.at, database) }
      try storeInventory(change, database)
    }
  }

  private func storeInventory(_ change: AnswerChange, _ database: Database) throws {
    for group in change.groups {
      try database.execute(
        sql: """
          INSERT INTO contact_group (uuid, is_smart, body) VALUES (?, ?, ?)
          ON CONFLICT (uuid) DO UPDATE SET is_smart = excluded.is_smart, body = excluded.body
          """, arguments: [group.uuid, group.isSmart, group.body])
    }
    for field in change.fields {
      try database.execute(
        sql: """
          INSERT INTO field (key, body) VALUES (?, ?)
          ON CONFLICT (key) DO UPDATE SET body = excluded.body
          """, arguments: [field.key, field.body])
    }
    for uuid in change.deletedGroups {
      try database.execute(sql: "DELETE FROM contact_group WHERE uuid = ?", arguments: [uuid])
    }
  }
}
