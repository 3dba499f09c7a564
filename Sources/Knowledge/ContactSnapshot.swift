package import Contacts

/// What is known of a workspace's contacts, and of its groups and fields: flat tables of one owner.
///
/// It begins as what the API said (``SnapshotReader``) and is carried forward with the planned
/// effects of each window, so that the next one starts from the state the calls will have reached.
/// Without any contact it knows nothing, and every question is answered so.
package struct ContactSnapshot: Sendable {
  /// What a contact's status allows.
  package enum Status: UInt8, BitwiseCopyable, Sendable {
    case active, blocked, stopped, archived
    /// Not there any more.
    case deleted
  }

  /// A text in ``bytes``.
  package struct Text: BitwiseCopyable, Sendable, Hashable {
    package var offset: UInt32
    package var length: UInt32

    package static let none = Text(offset: 0, length: 0)

    /// Its bytes among all.
    @inline(__always)
    func bytes(in texts: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(rebasing: texts[Int(offset)..<Int(offset) + Int(length)])
    }
  }

  /// Some entries of one of the lists.
  struct Span: BitwiseCopyable, Sendable {
    var first: UInt32 = 0
    var count: UInt32 = 0

    var range: Range<Int> { Int(first)..<Int(first) + Int(count) }
  }

  /// A custom field's value, by the number of its key.
  package struct FieldValue: BitwiseCopyable, Sendable {
    package var key: Int32
    package var value: Text
  }

  /// One contact: what is known of each, URNs first of all.
  struct Row: BitwiseCopyable, Sendable {
    var urns = Span()
    /// In ``ContactSnapshot/details``; -1 for a contact of which only URNs are known.
    var details: Int32 = -1
    var status: Status
    /// `weni` does not tell active contacts from archived ones.
    var isStatusKnown = false
    /// Whether a write of this run, or an answer, contradicts what stands here.
    var isDoubtful = false
    /// Whether it joined groups while it may have been archived, so that the server may have refused.
    var hasUnsureGroups = false
    /// Whether it became active behind that, or left groups while it was not active: nobody knows
    /// its groups any more.
    var areGroupsUnknown = false
  }

  /// The rest of what is known of a contact: a run that makes many contacts knows no more than URNs of most.
  struct Details: BitwiseCopyable, Sendable {
    var uuid: UUIDNumber?
    var name = Text.none
    var language = Text.none
    /// Numbers in ``Inventory/groups``, static ones only where those are known.
    var groups = Span()
    /// Numbers of smart groups, where an inventory tells them: as they were read, for rules to see.
    var smartGroups = Span()
    var fields = Span()
    /// Seconds since 1970; the least number where nothing but URNs is known.
    var readAt = Int64.min
  }

  /// Groups and fields; numbers of both are used in rows, known by an inventory or not.
  package var inventory = Inventory()
  /// The second at which every contact of the workspace had been read, if ever.
  package var completeAt: Int64?
  /// Contacts read before this second are known by their identifiers alone.
  package var freshSince = Int64.min
  /// The second of what the open window plans.
  package var now = Int64.max
  /// What the run wrote to contacts of which no row tells.
  package var written = WrittenValues()
  /// Whether the server finds a Brazilian WhatsApp number by its other spelling.
  let verifiesNinthDigit: Bool
  var bytes: [UInt8] = []
  var rows: [Row] = []
  var details: [Details] = []
  var urns: [Text] = []
  var groups: [Int32] = []
  var fields: [FieldValue] = []
  var urnTable = RowTable()
  var uuidTable = RowTable()
  /// Bytes that no row points to any more.
  var leftByteCount = 0
  var variant: [UInt8] = []
  /// Identifiers of which nobody can say whom they name: a contact that may not exist may have
  /// taken them.
  var uncertain = UncertainIdentifiers()

  package init(_ profile: APIProfile) { verifiesNinthDigit = profile.verifiesNinthDigit }

  /// Whether all contacts are known: who is not here does not exist.
  package var isComplete: Bool { completeAt.map { $0 >= freshSince } ?? false }

  /// How many contacts there are, deleted ones included.
  package var rowCount: Int { rows.count }

  /// How many contacts exist.
  package private(set) var contactCount = 0

  /// Whether nothing at all is known.
  package var isEmpty: Bool { rows.isEmpty && uncertain.isEmpty && !isComplete }

  /// The second of the oldest reading of any contact; absent without contacts.
  package var oldestReading: Int64? {
    rows.indices.lazy.map { self.details(of: Int32($0)).readAt }.min()
  }

  mutating func count(_ change: Int) { contactCount += change }
}

extension ContactSnapshot {
  /// The contact that a uuid names, or -1; also one that was deleted since.
  package func row(ofUUID text: UnsafeRawBufferPointer) -> Int32 {
    guard !rows.isEmpty, let uuid = UUIDNumber(text) else { return -1 }
    return row(of: uuid)
  }

  func row(of uuid: UUIDNumber) -> Int32 {
    var place = uuidTable.start(uuid.hash)
    while true {
      let row = uuidTable.next(uuid.hash, &place)
      if row < 0 || details(of: row).uuid == uuid { return row }
    }
  }

  /// The contact that a uuid or exactly this URN names, or -1, and whether nobody can say whom it names.
  ///
  /// Mutating so that the snapshot is not copied for the call; `hash` is that of the text.
  package mutating func whom(
    _ text: UnsafeRawBufferPointer, _ hash: UInt64, isUUID: Bool
  ) -> (row: Int32, isUncertain: Bool) {
    let row = isUUID ? row(ofUUID: text) : row(ofExactURN: text, hash)
    return (row, !uncertain.isEmpty && uncertain.contains(text))
  }

  /// The contact that the server finds by a URN, or -1.
  ///
  /// In a workspace that verifies ninth digits a Brazilian WhatsApp number that nobody has is
  /// looked for in its other spelling, as the server's writes do.
  package mutating func row(ofURN urn: UnsafeRawBufferPointer) -> Int32 {
    guard !rows.isEmpty else { return -1 }
    let exact = row(ofExactURN: urn)
    guard exact < 0, verifiesNinthDigit else { return exact }
    variant.removeAll(keepingCapacity: true)
    guard NinthDigit.appendOtherSpelling(of: urn, to: &variant) else { return -1 }
    return variant.withUnsafeBytes { row(ofExactURN: $0) }
  }

  /// The contact that has exactly this URN, or -1.
  package func row(ofExactURN urn: UnsafeRawBufferPointer) -> Int32 {
    row(ofExactURN: urn, RowTable.hash(urn))
  }

  func row(ofExactURN urn: UnsafeRawBufferPointer, _ hash: UInt64) -> Int32 {
    var place = urnTable.start(hash)
    while true {
      let row = urnTable.next(hash, &place)
      if row < 0 || owns(row, urn) { return row }
    }
  }

  /// Whether a contact that is there has exactly this URN.
  package func owns(_ row: Int32, _ urn: UnsafeRawBufferPointer) -> Bool {
    guard rows[Int(row)].status != .deleted else { return false }
    for index in rows[Int(row)].urns.range where names(urns[index], urn) { return true }
    return false
  }

  /// Whether a URN as the API shows it, perhaps with a display part, is this one.
  package func names(_ shown: Text, _ urn: UnsafeRawBufferPointer) -> Bool {
    guard Int(shown.length) >= urn.count else { return false }
    return withBytes(of: shown) { shown in
      (shown.count == urn.count || shown[urn.count] == UInt8(ascii: "#"))
        && areEqual(UnsafeRawBufferPointer(rebasing: shown[..<urn.count]), urn)
    }
  }

  /// Whether a text has these bytes.
  package func isSame(_ text: Text, _ other: UnsafeRawBufferPointer) -> Bool {
    guard Int(text.length) == other.count else { return false }
    return withBytes(of: text) { areEqual($0, other) }
  }

  /// Lends the bytes of a text.
  package func withBytes<Result>(
    of text: Text, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try bytes.withUnsafeBytes { try body(text.bytes(in: $0)) }
  }

  /// A text as a string.
  package func string(_ text: Text) -> String {
    withBytes(of: text) { String(decoding: $0, as: UTF8.self) }
  }
}

/// What a row says.
extension ContactSnapshot {
  /// What is known of a contact besides its URNs.
  @inline(__always)
  func details(of row: Int32) -> Details {
    let place = rows[Int(row)].details
    return place < 0 ? Details() : details[Int(place)]
  }

  /// Whether everything in the row may be relied on: read recently enough, nothing against it.
  package func isFresh(_ row: Int32) -> Bool {
    row >= 0 && !rows[Int(row)].isDoubtful && details(of: row).readAt >= freshSince
      && details(of: row).readAt > .min
  }

  package func status(of row: Int32) -> Status { rows[Int(row)].status }

  /// Whether the contact is surely active.
  package func isSurelyActive(_ row: Int32) -> Bool {
    rows[Int(row)].status == .active && rows[Int(row)].isStatusKnown
  }

  /// Whether nobody can say which groups the contact is in.
  package func areGroupsUnknown(_ row: Int32) -> Bool { rows[Int(row)].areGroupsUnknown }

  /// Whether nothing in a row may be relied on, not even whose it is.
  package func isDoubtful(_ row: Int32) -> Bool { rows[Int(row)].isDoubtful }

  /// Whether nobody can say whom an identifier names.
  package func isUncertain(_ identifier: UnsafeRawBufferPointer) -> Bool {
    uncertain.contains(identifier)
  }

  /// Whether calls can name the contact by its uuid.
  package func hasUUID(_ row: Int32) -> Bool { details(of: row).uuid != nil }

  /// Empty where there is none.
  package func name(of row: Int32) -> Text { details(of: row).name }

  /// Empty where there is none.
  package func language(of row: Int32) -> Text { details(of: row).language }

  /// In the order of preference.
  package func urns(of row: Int32) -> ArraySlice<Text> { urns[rows[Int(row)].urns.range] }

  /// The same as an array of its own; mutating so that the snapshot is not copied for the call.
  package mutating func listURNs(of row: Int32) -> [Text] { Array(urns[rows[Int(row)].urns.range]) }

  /// Numbers of groups; smart ones too where no inventory tells them apart.
  package func groups(of row: Int32) -> ArraySlice<Int32> { groups[details(of: row).groups.range] }

  /// Smart groups, where an inventory tells them apart, as they were when the contact was read.
  package func smartGroups(of row: Int32) -> ArraySlice<Int32> {
    groups[details(of: row).smartGroups.range]
  }

  /// Fields that have a value.
  package func fields(of row: Int32) -> ArraySlice<FieldValue> {
    fields[details(of: row).fields.range]
  }

  /// The value of a field, by the number of its key; empty where there is none.
  package func value(of key: Int32, in row: Int32) -> Text {
    for index in details(of: row).fields.range where fields[index].key == key {
      return fields[index].value
    }
    return .none
  }

  /// The uuid, or of a contact that this run makes its first URN.
  package func identifier(of row: Int32) -> String {
    var uuid: [UInt8] = []
    appendUUID(of: row, to: &uuid)
    return uuid.isEmpty
      ? urns(of: row).first.map { string($0) } ?? "" : String(decoding: uuid, as: UTF8.self)
  }

  /// Appends a contact's uuid, 36 bytes.
  package func appendUUID(of row: Int32, to output: inout [UInt8]) {
    details(of: row).uuid?.append(to: &output)
  }
}
