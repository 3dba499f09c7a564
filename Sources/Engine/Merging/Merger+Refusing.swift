import Contacts
import Knowledge

/// Writes that cannot be merged.
extension Merger {
  /// Sets a write aside whose URN is that of the contact in a row of the snapshot.
  mutating func setAside(
    _ write: PendingWrite, _ event: UnsafePointer<Log.Event>, _ source: LogView,
    ownedBy row: Int32
  ) {
    let name = name(of: event, source)
    let key = builder.identifiers[write.identifier].text
    tally.setAside(
      rule: write.rule, event: name,
      Statistics.URNConflict(
        urn: String(decoding: builder.batch.text(write.value), as: UTF8.self),
        owner: snapshot.identifier(of: row),
        contact: String(decoding: builder.batch.text(key), as: UTF8.self),
        rule: Int(write.rule), event: name.text))
  }

  /// Whether a write makes a contact anew that was deleted in this window; nothing else finds it.
  mutating func startsOver(
    _ mutation: Log.Mutation, _ event: UnsafePointer<Log.Event>, _ source: LogView,
    _ identifier: Int32
  ) -> Bool {
    let isUUID = builder.identifiers[identifier].isUUID
    if mutation.kind.makesContact, mutation.missing == .create, !isUUID {
      tally.madeAgain += 1
      return true
    }
    // Somebody else may have the number in its other spelling: the server will say.
    if builder.mayHaveOtherSpelling(identifier) { return true }
    if mutation.kind.makesContact, isUUID || mutation.missing == .fail {
      tally.setAside(
        rule: mutation.rule, event: name(of: event, source),
        reason: "the contact was deleted earlier in this window")
    }
    return false
  }
}
