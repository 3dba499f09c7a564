extension ActionWord: KeyWord {
  var meaning: String {
    switch self {
    case .setName: "Gives the contact this name."
    case .clearName: "Takes the contact's name away."
    case .setLanguage: "Sets the language: pt, pt-BR or por."
    case .clearLanguage: "Takes the contact's language away."
    case .setFields: "Sets custom fields by their keys; an empty hole writes nothing."
    case .clearFields: "Empties custom fields."
    case .addToGroup: "Adds the contact to groups, by name or uuid."
    case .removeFromGroup: "Takes the contact out of groups."
    case .setGroups: "Replaces all static groups of the contact."
    case .addURN: "Adds addresses."
    case .removeURN: "Takes addresses away."
    case .setURNs: "Replaces all addresses; their order is preference."
    case .createContact: "Makes sure that the contact exists."
    case .deleteContact: "Deletes the contact for good; must say confirmed."
    case .blockContact: "Blocks the contact."
    case .unblockContact: "Unblocks the contact."
    case .interruptContact: "Ends the flow that the contact is in."
    case .archiveMessages: "Archives the contact's messages."
    case .createField: "Makes a custom field."
    case .createGroup: "Makes a group."
    case .renameGroup: "Renames a group."
    case .deleteGroup: "Deletes a group; must say confirmed: true."
    case .note: "A line in the run's report; changes nothing."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .setName, .setLanguage, .createGroup, .note: .line
    case .clearName, .clearLanguage, .blockContact, .unblockContact, .interruptContact,
      .archiveMessages:
      Self.nothing
    case .setFields: .map(to: .line, atLeast: 1)
    case .clearFields, .addToGroup, .removeFromGroup, .removeURN: .oneOrMore(.line)
    case .setGroups, .setURNs: .any(.line, .list(of: .line, atLeast: 0))
    case .addURN:
      .oneOrMore(.any(.line, .mapping(of: AddedURNKey.self, requiring: [.urn])))
    case .createContact:
      .any(Self.nothing, .mapping(of: CreatedContactKey.self, requiring: [.urns]))
    case .deleteContact: .words(["confirmed"])
    case .createField: .mapping(of: FieldKey.self, requiring: FieldKey.allCases)
    case .renameGroup: .mapping(of: RenamedGroupKey.self, requiring: RenamedGroupKey.allCases)
    case .deleteGroup: .mapping(of: DeletedGroupKey.self, requiring: DeletedGroupKey.allCases)
    }
  }

  /// What may follow an action that says everything by its word.
  private static let nothing = JSONSchema.words([.flag(true), .text("true"), .null])

  /// Whether the word may stand alone.
  private var standsAlone: Bool {
    switch self {
    case .clearName, .clearLanguage, .blockContact, .unblockContact, .interruptContact,
      .archiveMessages, .createContact:
      true
    case .setName, .setLanguage, .setFields, .clearFields, .addToGroup, .removeFromGroup,
      .setGroups, .addURN, .removeURN, .setURNs, .deleteContact, .createField, .createGroup,
      .renameGroup, .deleteGroup, .note:
      false
    }
  }

  /// A list of actions, or one mapping of them.
  static let actions: JSONSchema = {
    let words = allCases.filter(\.standsAlone).map(\.rawValue)
    return .oneOrMore(.any(.words(words), .mapping(of: ActionWord.self, atLeast: 1)))
  }()
}

/// The keys of an item of `add_urn`.
enum AddedURNKey: String, KeyWord {
  case urn, prefer

  var meaning: String {
    switch self {
    case .urn: "The address."
    case .prefer: "Whether it comes first from now on."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .urn: .line
    case .prefer: .yesOrNo
    }
  }
}

/// The keys under `create_contact`.
enum CreatedContactKey: String, KeyWord {
  case urns

  var meaning: String { "Addresses that the contact has, too." }
  var schema: JSONSchema { .oneOrMore(.line) }
}

/// The keys under `rename_group`.
enum RenamedGroupKey: String, KeyWord {
  case from, to

  var meaning: String {
    switch self {
    case .from: "The group, by name or uuid."
    case .to: "Its new name."
    }
  }

  var schema: JSONSchema { .line }
}

/// The keys under `delete_group`.
enum DeletedGroupKey: String, KeyWord {
  case group, confirmed

  var meaning: String {
    switch self {
    case .group: "The group, by name or uuid."
    case .confirmed: "true: a deletion cannot be undone."
    }
  }

  var schema: JSONSchema {
    switch self {
    case .group: .line
    case .confirmed: .words([.flag(true), .text("true")])
    }
  }
}
