internal import Contacts

/// A contact as the API shows it, in values of its own.
package struct ContactRecord: Sendable, Hashable {
  package struct Field: Sendable, Hashable {
    package var key: String
    package var value: String
  }

  package var uuid: String
  package var name: String?
  package var language: String?
  /// `active`, `blocked`, `stopped` or `archived`.
  package var status: String
  /// The preferred one first.
  package var urns: [String]
  /// Names, in the order of joining; smart groups too.
  package var groups: [String]
  /// Those that have a value that shows, in the order of the workspace's fields.
  package var fields: [Field]
}

/// What became of a contact.
package struct ContactRecordChange: Sendable, Hashable {
  package var uuid: String
  /// Absent where it was deleted.
  package var record: ContactRecord?
}

extension Workspace {
  /// Every contact that is there, in the order of their making.
  package var contactRecords: [ContactRecord] {
    contacts.rows.indices.filter { !contacts[$0].isDeleted }.map { record(of: $0) }
  }

  /// Contacts that were made, changed or deleted at a time or later, in the order of their last change.
  package func contactChanges(since time: Timestamp) -> [ContactRecordChange] {
    var keys: [OrderedIndex.Key] = []
    for index in [contacts.modified, contacts.deleted] {
      index.walk(.ascending, behind: time.microseconds - 1) { key in
        keys.append(key)
        return true
      }
    }
    return keys.sorted().map { key in
      let contact = contacts[Int(key.row)]
      return ContactRecordChange(
        uuid: contact.uuid.string, record: contact.isDeleted ? nil : record(of: Int(key.row)))
    }
  }

  private func record(of row: Int) -> ContactRecord {
    let contact = contacts[row]
    let values = contact.values.sorted { $0.field < $1.field }
    return ContactRecord(
      uuid: contact.uuid.string,
      name: contact.name.isEmpty ? nil : String(decoding: contact.name, as: UTF8.self),
      language: contact.language.text.map { String(decoding: $0, as: UTF8.self) },
      status: contact.status.rawValue,
      urns: contact.addresses.map { String(decoding: addresses.text(of: $0), as: UTF8.self) },
      groups: contact.groups.filter { isMember(contact, of: $0) && !groups[Int($0)].isDeleted }
        .map { String(decoding: groups[Int($0)].name, as: UTF8.self) },
      fields: values.compactMap { value in
        let field = fields[Int(value.field)]
        return value.text(as: field.type).map {
          ContactRecord.Field(
            key: String(decoding: field.key, as: UTF8.self),
            value: String(decoding: $0, as: UTF8.self))
        }
      })
  }
}

extension ServerUUID {
  fileprivate var string: String { String(decoding: text, as: UTF8.self) }
}
