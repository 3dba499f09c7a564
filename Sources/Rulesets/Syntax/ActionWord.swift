/// The words that may stand under `do`.
enum ActionWord: String, CaseIterable, Sendable {
  case setName = "set_name"
  case clearName = "clear_name"
  case setLanguage = "set_language"
  case clearLanguage = "clear_language"
  case setFields = "set_fields"
  case clearFields = "clear_fields"
  case addToGroup = "add_to_group"
  case removeFromGroup = "remove_from_group"
  case setGroups = "set_groups"
  case addURN = "add_urn"
  case removeURN = "remove_urn"
  case setURNs = "set_urns"
  case createContact = "create_contact"
  case deleteContact = "delete_contact"
  case blockContact = "block_contact"
  case unblockContact = "unblock_contact"
  case interruptContact = "interrupt_contact"
  case archiveMessages = "archive_messages"
  case createField = "create_field"
  case createGroup = "create_group"
  case renameGroup = "rename_group"
  case deleteGroup = "delete_group"
  case note

  /// Whether it does something to a contact, so that the rule must say to whom.
  var needsContact: Bool {
    switch self {
    case .setName, .clearName, .setLanguage, .clearLanguage, .setFields, .clearFields,
      .addToGroup, .removeFromGroup, .setGroups, .addURN, .removeURN, .setURNs, .createContact,
      .deleteContact, .blockContact, .unblockContact, .interruptContact, .archiveMessages:
      true
    case .createField, .createGroup, .renameGroup, .deleteGroup, .note:
      false
    }
  }
}
