internal import Contacts

/// A custom field of contacts.
struct Field: Sendable {
  enum Access: String, Sendable, CaseIterable { case none, view, edit }

  var key: [UInt8]
  var label: [UInt8]
  var type: FieldType
  var isFeatured = false
  var priority = 0
  var agentAccess = Access.view
  var createdOn: Timestamp
}

/// All fields, which cannot be deleted by the API.
struct FieldTable: Sendable {
  private(set) var rows: [Field] = []
  private var byKey: [[UInt8]: Int] = [:]

  subscript(row: Int) -> Field {
    _read { yield rows[row] }
    _modify { yield &rows[row] }
  }

  func row(of key: [UInt8]) -> Int? { byKey[key] }

  mutating func append(_ field: Field) {
    byKey[field.key] = rows.count
    rows.append(field)
  }
}
