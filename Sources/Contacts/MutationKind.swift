/// What one change does to a contact or to the workspace.
package enum MutationKind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  case setName, clearName, setLanguage, clearLanguage
  case setField, clearField
  /// `replaceGroups` empties the static groups; the `addToGroup`s that follow it refill them.
  case addToGroup, removeFromGroup, replaceGroups
  /// `replaceURNs` empties the list; the `addURN`s that follow it refill it, in order.
  case addURN, preferURN, removeURN, replaceURNs
  case createContact, deleteContact
  case blockContact, unblockContact, interruptContact, archiveMessages
  case createField, createGroup, renameGroup, deleteGroup
  case note

  /// Other modules see through it, which they do not through the comparison of raw values.
  @inlinable
  package static func == (left: MutationKind, right: MutationKind) -> Bool {
    unsafeBitCast(left, to: UInt8.self) == unsafeBitCast(right, to: UInt8.self)
  }

  /// Whether a contact that does not exist is made for it, under `missing: create`.
  package var createsContact: Bool {
    switch self {
    case .setName, .clearName, .setLanguage, .clearLanguage, .setField, .clearField,
      .addToGroup, .replaceGroups, .addURN, .preferURN, .replaceURNs, .createContact:
      true
    case .removeFromGroup, .removeURN, .deleteContact, .blockContact, .unblockContact,
      .interruptContact, .archiveMessages, .createField, .createGroup, .renameGroup,
      .deleteGroup, .note:
      false
    }
  }
}

/// What happens when a contact is not there.
package enum MissingPolicy: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  case create, skip, fail

  /// Seen through by other modules, as of ``MutationKind``.
  @inlinable
  package static func == (left: MissingPolicy, right: MissingPolicy) -> Bool {
    unsafeBitCast(left, to: UInt8.self) == unsafeBitCast(right, to: UInt8.self)
  }

  package var word: String {
    switch self {
    case .create: "create"
    case .skip: "skip"
    case .fail: "fail"
    }
  }
}

/// The type of a custom field.
package enum FieldType: String, Sendable, CaseIterable {
  case text, number, datetime, state, district, ward

  /// Reads `numeric`, the API's older word, as `number`.
  package init?(word: String) {
    self.init(rawValue: word == "numeric" ? "number" : word)
  }
}
