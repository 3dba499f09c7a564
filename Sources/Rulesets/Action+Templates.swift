extension Action {
  /// The values it carries.
  package var templates: [Template] {
    switch kind {
    case .setName(let value), .setLanguage(let value), .setField(_, let value),
      .addToGroup(let value), .removeFromGroup(let value), .addURN(let value, _),
      .removeURN(let value), .createField(let value, _), .createGroup(let value),
      .deleteGroup(let value), .note(let value):
      [value]
    case .setGroups(let values), .setURNs(let values), .createContact(let values): values
    case .renameGroup(let from, let to): [from, to]
    case .clearName, .clearLanguage, .clearField, .deleteContact, .blockContact,
      .unblockContact, .interruptContact, .archiveMessages:
      []
    }
  }
}
