internal import Rulesets

extension Action.Kind {
  /// What else an action might do, and the words for it.
  var changed: [(sentence: String, kind: Action.Kind)] {
    switch self {
    case .addToGroup(let group):
      [
        ("removes from it", .removeFromGroup(group)),
        ("adds to another group", .addToGroup(group.other)),
      ]
    case .removeFromGroup(let group):
      [
        ("adds to it", .addToGroup(group)),
        ("removes from another group", .removeFromGroup(group.other)),
      ]
    case .setGroups(let groups): [("has another group", .setGroups(groups.map(\.other)))]
    case .setField(let key, let value):
      [
        ("writes another value", .setField(key: key, value.other)),
        ("clears the field", .clearField(key: key)),
      ]
    case .setName(let name): [("writes another name", .setName(name.other))]
    case .setLanguage(let language):
      [("writes another language", .setLanguage(Template([.text("tlh")], line: language.line)))]
    case .blockContact: [("unblocks", .unblockContact)]
    case .unblockContact: [("blocks", .blockContact)]
    case .clearName, .clearLanguage, .clearField, .addURN, .removeURN, .setURNs, .createContact,
      .deleteContact, .interruptContact, .archiveMessages, .createField, .createGroup,
      .renameGroup, .deleteGroup, .note:
      []
    }
  }

  /// Whether it makes a contact that is not there.
  var makesContact: Bool {
    switch self {
    case .setName, .clearName, .setLanguage, .clearLanguage, .setField, .clearField, .addToGroup,
      .setGroups, .addURN, .setURNs, .createContact:
      true
    case .removeFromGroup, .removeURN, .deleteContact, .blockContact, .unblockContact,
      .interruptContact, .archiveMessages, .createField, .createGroup, .renameGroup,
      .deleteGroup, .note:
      false
    }
  }
}

extension Template {
  /// Another text than it would give, and another number.
  fileprivate var other: Template { Template([.text("1")] + parts, line: line) }
}
