/// A group of contacts: static, or smart where it has a query.
struct Group: Sendable {
  enum Status: String, Sendable, CaseIterable { case initializing, evaluating, ready, invalid }

  var uuid: ServerUUID
  var name: [UInt8] { didSet { folded = WideText.uppercased(name) } }
  /// What all spellings of the name have in common.
  private(set) var folded: [UInt8]
  /// The server puts contacts in and out by itself; here membership is as the state says.
  var query: [UInt8]?
  var status = Status.ready
  var isSystem = false
  var isDeleted = false
  var createdOn: Timestamp
  /// Members that show: those of smart groups are active.
  var count = 0

  init(
    uuid: ServerUUID, name: [UInt8], query: [UInt8]? = nil, isSystem: Bool = false,
    createdOn: Timestamp
  ) {
    self.uuid = uuid
    self.name = name
    folded = WideText.uppercased(name)
    self.query = query
    self.isSystem = isSystem
    self.createdOn = createdOn
  }

  var isSmart: Bool { query != nil }
}

/// All groups ever made.
struct GroupTable: Sendable {
  private(set) var rows: [Group] = []

  subscript(row: Int) -> Group {
    _read { yield rows[row] }
    _modify { yield &rows[row] }
  }

  mutating func append(_ group: Group) { rows.append(group) }

  /// The first group that is left and fulfils this.
  func first(_ fulfils: (Group) -> Bool) -> Int? {
    rows.firstIndex { !$0.isDeleted && fulfils($0) }
  }

  /// What counts towards the limit.
  var userCount: Int { rows.count { !$0.isDeleted && !$0.isSystem } }
}
