/// One contact as the database keeps it; absent texts are empty.
struct Contact: Sendable {
  enum Status: String, Sendable, CaseIterable { case active, blocked, stopped, archived }

  var uuid: ServerUUID
  var name: [UInt8] = []
  var language = LanguageTag()
  var status = Status.active
  var isDeleted = false
  var createdOn: Timestamp
  var modifiedOn: Timestamp
  var lastSeenOn: Timestamp?
  /// Rows of the address book, the preferred one first.
  var addresses: [Int32] = []
  /// Rows of the group table, in the order of joining; smart groups too.
  var groups: [Int32] = []
  var values: [FieldValue] = []
  var notes: [Note] = []
  /// A row of the flows, where the contact waits in one.
  var flow: Int32?
}

/// Three letters as they were given, in four bytes; all zero where there is no language.
struct LanguageTag: Equatable, Sendable {
  private var letters: UInt32 = 0

  init() {}

  init(_ text: [UInt8]) {
    for byte in text.prefix(3) { letters = letters << 8 | UInt32(byte) }
  }

  var isEmpty: Bool { letters == 0 }

  var text: [UInt8]? {
    if isEmpty { return nil }
    return [16, 8, 0].map { UInt8(truncatingIfNeeded: letters >> $0) }.filter { $0 != 0 }
  }
}

/// A remark about a contact; the newer API alone has them.
struct Note: Sendable {
  var text: [UInt8]
  var createdOn: Timestamp
  /// A row of the users.
  var user: Int32
}
