import Contacts

/// What the writes of a part do, as far as planning tells them apart.
struct Effects: OptionSet, BitwiseCopyable, Hashable {
  var rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  static let names = Effects(rawValue: 1)
  static let fields = Effects(rawValue: 1 << 1)
  static let groupsReplaced = Effects(rawValue: 1 << 2)
  static let adds = Effects(rawValue: 1 << 3)
  static let removes = Effects(rawValue: 1 << 4)
  static let urns = Effects(rawValue: 1 << 5)
  static let creation = Effects(rawValue: 1 << 6)
  static let unblocks = Effects(rawValue: 1 << 7)
  static let interrupts = Effects(rawValue: 1 << 8)
  static let archives = Effects(rawValue: 1 << 9)
  static let blocks = Effects(rawValue: 1 << 10)
  static let deletes = Effects(rawValue: 1 << 11)
  /// Some write makes a contact that does not exist, where its policy says so.
  static let creating = Effects(rawValue: 1 << 12)

  /// Changes of groups that ride in a POST with the whole list.
  static let groupsFolded = Effects(rawValue: 1 << 13)

  /// What the body of a POST carries besides URNs.
  static let data: Effects = [.names, .fields, .groupsReplaced, .groupsFolded]
  /// What `contact_actions` does.
  static let bulk: Effects = [
    .adds, .removes, .unblocks, .interrupts, .archives, .blocks, .deletes,
  ]
  /// What `contact_actions` does to contacts without a group.
  static let statuses: [Effects] = [.unblocks, .interrupts, .archives, .blocks, .deletes]
  /// What may make an earlier answer about some contact untrue.
  static let disturbing: Effects = [.urns, .deletes]

  init(_ kind: MutationKind) {
    self =
      switch kind {
      case .setName, .clearName, .setLanguage, .clearLanguage: [.names, .creating]
      case .setField, .clearField: [.fields, .creating]
      case .addToGroup: [.adds, .creating]
      case .removeFromGroup: .removes
      case .replaceGroups: [.groupsReplaced, .creating]
      case .addURN, .preferURN, .replaceURNs: [.urns, .creating]
      case .removeURN: .urns
      case .createContact: [.creation, .creating]
      case .deleteContact: .deletes
      case .blockContact: .blocks
      case .unblockContact: .unblocks
      case .interruptContact: .interrupts
      case .archiveMessages: .archives
      case .createField, .createGroup, .renameGroup, .deleteGroup, .note: []
      }
  }
}
