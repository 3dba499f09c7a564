import Contacts
package import Engine
package import Knowledge
package import Planning

/// What a plan does to one contact.
package struct ContactDiff: Sendable {
  package enum Kind: Sendable { case delete, create, change }

  /// One line of it.
  package struct Line: Sendable {
    /// `name`, `language`, a field key, `groups`, `urns`, `status` or `contact`.
    package var subject: String
    /// What goes in or out of a list; absent for a value.
    package var sign: Sign?
    /// Absent where nobody knows it, or where there is none.
    package var old: String?
    package var isOldKnown: Bool
    /// Absent where it is cleared.
    package var new: String?
    /// Index in `Program.ruleIDs`.
    package var rule: Int
    package var event: String
    /// Values that an earlier rule or event gave, and that this one replaced, the newest first.
    package var overwritten: [Overwritten]
  }

  package enum Sign: String, Sendable { case plus = "+", minus = "−" }

  package struct Overwritten: Sendable {
    package var value: String
    package var rule: Int
    package var event: String
  }

  package var kind: Kind
  /// The URN or uuid that the calls name it by.
  package var key: String
  package var lines: [Line] = []
}

/// Keeps what each batch of a plan does, contact by contact.
package final class PlanRecorder {
  package private(set) var contacts: [ContactDiff] = []
  package private(set) var newFieldCount = 0
  package private(set) var newGroupCount = 0
  /// How the calls for group changes are proved to be few, batch by batch.
  package private(set) var proofs: [MembershipProof] = []

  /// The contacts of all batches, and where the newest entry of each is.
  private var numbering = ContactNumbering()
  private var places: [Int: Int] = [:]

  /// URNs that the plan takes from contacts that have them.
  package private(set) var moves: [Statistics.URNConflict] = []
  /// uuids of the contacts that are known already.
  package private(set) var knownContacts: Set<String> = []

  /// What the plan's calls name contacts by, once all batches are recorded.
  package private(set) lazy var keys = Set(contacts.map(\.key))

  package init() {}

  /// Takes the changes of a batch, before its calls are written.
  package func record(
    _ table: CallTable, of batch: Batch, knowing snapshot: borrowing ContactSnapshot
  ) {
    proofs += table.proofs
    newFieldCount += batch.workspace.count { $0.kind == .createField }
    newGroupCount += batch.workspace.count { $0.kind == .createGroup }
    moves += table.moves.map { move in
      let uuid = snapshot.identifier(of: move.owner)
      return Statistics.URNConflict(
        urn: batch.string(batch.targets[Int(move.urn)]), owner: uuid,
        contact: batch.string(batch.parts[Int(move.part)].key), rule: Int(move.rule),
        event: batch.string(batch.events[Int(move.event)].id))
    }
    numbering.open(batch)
    let firstPlace = contacts.count
    for change in table.changes {
      let number = numbering.number(of: change, in: batch)
      var place = places[number] ?? contacts.count
      // Who comes back behind a deletion in an earlier batch is somebody new.
      if place < firstPlace, contacts[place].kind == .delete { place = contacts.count }
      if place == contacts.count {
        places[number] = place
        let key = batch.string(batch.parts[Int(change.part)].key)
        contacts.append(ContactDiff(kind: .change, key: key))
        if change.row >= 0, snapshot.hasUUID(change.row) {
          knownContacts.insert(snapshot.identifier(of: change.row))
        }
      }
      if change.creates, snapshot.contactCount > 0 { contacts[place].kind = .create }
      if change.kind == .deleteContact { contacts[place].kind = .delete }
      if let line = line(change, batch, snapshot) { contacts[place].lines.append(line) }
    }
  }

  private func line(
    _ change: PlannedChange, _ batch: Batch, _ snapshot: borrowing ContactSnapshot
  ) -> ContactDiff.Line? {
    let target = change.target >= 0 ? batch.string(batch.targets[Int(change.target)]) : ""
    let value = batch.string(change.value)
    var line = ContactDiff.Line(
      subject: "", sign: nil, old: nil, isOldKnown: change.isOldKnown, new: nil,
      rule: Int(change.rule), event: batch.string(batch.events[Int(change.event)].id),
      overwritten: overwritten(by: change, batch))
    if change.old.length > 0 { line.old = snapshot.string(change.old) }
    switch change.kind {
    case .setName, .clearName: line.subject = "name"
    case .setLanguage, .clearLanguage: line.subject = "language"
    case .setField, .clearField: line.subject = target
    case .addToGroup, .removeFromGroup, .replaceGroups: line.subject = "groups"
    case .addURN, .preferURN, .removeURN, .replaceURNs: line.subject = "urns"
    case .blockContact, .unblockContact: line.subject = "status"
    case .createContact, .deleteContact, .interruptContact, .archiveMessages:
      line.subject = "contact"
    case .createField, .createGroup, .renameGroup, .deleteGroup, .note: return nil
    }
    switch change.kind {
    case .setName, .setLanguage, .setField: line.new = value
    case .addToGroup, .addURN, .preferURN: (line.sign, line.new) = (.plus, target)
    case .removeFromGroup, .removeURN: (line.sign, line.new) = (.minus, target)
    case .replaceGroups, .replaceURNs: line.new = "only these:"
    case .blockContact: line.new = "blocked"
    case .unblockContact: line.new = "active"
    case .createContact: line.new = "made if it is not there"
    case .deleteContact: line.new = "deleted"
    case .interruptContact: line.new = "interrupted"
    case .archiveMessages: line.new = "messages archived"
    case .clearName, .clearLanguage, .clearField, .createField, .createGroup, .renameGroup,
      .deleteGroup, .note:
      break
    }
    return line
  }

  /// At most so many of the writes that one replaced are kept.
  private static let overwrittenLimit = 20

  private func overwritten(by change: PlannedChange, _ batch: Batch) -> [ContactDiff.Overwritten] {
    var list: [ContactDiff.Overwritten] = []
    var next = change.previous
    while next >= 0, list.count < Self.overwrittenLimit {
      let write = batch.writes[Int(next)]
      next = write.previous
      if write.rule == change.rule, write.event == change.event { continue }
      list.append(
        ContactDiff.Overwritten(
          value: batch.string(write.value), rule: Int(write.rule),
          event: batch.string(batch.events[Int(write.event)].id)))
    }
    return list
  }
}

extension Batch {
  fileprivate func string(_ range: TextRange) -> String {
    String(decoding: text(range), as: UTF8.self)
  }
}
