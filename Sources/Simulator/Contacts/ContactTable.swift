/// All contacts ever made, those that are left in the order of their times.
struct ContactTable: Sendable {
  private(set) var rows: [Contact] = []
  private var byUUID: [ServerUUID: Int32] = [:]
  private(set) var modified = OrderedIndex()
  private(set) var created = OrderedIndex()
  /// Deleted contacts, by the time of their last change.
  private(set) var deleted = OrderedIndex()

  subscript(row: Int) -> Contact {
    _read { yield rows[row] }
    _modify { yield &rows[row] }
  }

  func row(of uuid: ServerUUID) -> Int? { byUUID[uuid].map(Int.init) }

  mutating func append(_ contact: Contact) -> Int {
    let row = Int32(rows.count)
    byUUID[contact.uuid] = row
    let change = OrderedIndex.Key(time: contact.modifiedOn.microseconds, row: row)
    if contact.isDeleted {
      deleted.insert(change)
    } else {
      modified.insert(change)
      created.insert(OrderedIndex.Key(time: contact.createdOn.microseconds, row: row))
    }
    rows.append(contact)
    return Int(row)
  }

  /// Moves a contact to where a change at this time belongs.
  mutating func touch(_ row: Int, at now: Timestamp) {
    let old = OrderedIndex.Key(time: rows[row].modifiedOn.microseconds, row: Int32(row))
    let new = OrderedIndex.Key(time: now.microseconds, row: Int32(row))
    if rows[row].isDeleted {
      deleted.remove(old)
      deleted.insert(new)
    } else {
      modified.remove(old)
      modified.insert(new)
    }
    rows[row].modifiedOn = now
  }

  /// Moves a contact among the deleted ones.
  mutating func bury(_ row: Int) {
    guard !rows[row].isDeleted else { return }
    let key = OrderedIndex.Key(time: rows[row].modifiedOn.microseconds, row: Int32(row))
    modified.remove(key)
    created.remove(OrderedIndex.Key(time: rows[row].createdOn.microseconds, row: Int32(row)))
    deleted.insert(key)
    rows[row].isDeleted = true
  }
}
