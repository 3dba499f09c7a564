import Contacts

/// Kinds of mutation, as a set.
struct KindSet: OptionSet {
  var rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }
  /// The raw value of a package's enumeration is a call in another module; its bits are not.
  @inline(__always)
  init(_ kind: MutationKind) { rawValue = 1 << UInt32(unsafeBitCast(kind, to: UInt8.self)) }

  static var addToGroup: KindSet { KindSet(MutationKind.addToGroup) }
  static var removeFromGroup: KindSet { KindSet(MutationKind.removeFromGroup) }
  static var replaceGroups: KindSet { KindSet(MutationKind.replaceGroups) }
  static var blockContact: KindSet { KindSet(MutationKind.blockContact) }
  /// Kinds that make a contact which does not exist, as `MutationKind.createsContact` has them.
  static var creating: KindSet {
    KindSet(.setName).union(KindSet(.clearName)).union(KindSet(.setLanguage))
      .union(KindSet(.clearLanguage)).union(KindSet(.setField)).union(KindSet(.clearField))
      .union(KindSet(.addToGroup)).union(KindSet(.replaceGroups)).union(KindSet(.addURN))
      .union(KindSet(.preferURN)).union(KindSet(.replaceURNs)).union(KindSet(.createContact))
  }
}

extension MutationKind {
  /// The same as `createsContact`, without a call into another module.
  @inline(__always)
  var makesContact: Bool { !KindSet(self).isDisjoint(with: .creating) }

  /// What stands in for a target where there is none: set and clear write to one place.
  var place: Int32 {
    switch self {
    case .setName, .clearName: -2
    case .setLanguage, .clearLanguage: -3
    case .blockContact, .unblockContact: -4
    case .replaceGroups: -5
    case .replaceURNs: -6
    case .createContact: -7
    case .deleteContact: -8
    case .interruptContact: -9
    case .archiveMessages: -10
    case .setField, .clearField, .addToGroup, .removeFromGroup, .addURN, .preferURN, .removeURN,
      .createField, .createGroup, .renameGroup, .deleteGroup, .note:
      -1
    }
  }
}

extension MissingPolicy {
  /// The same as `==`, without a call into another module.
  @inline(__always)
  func isSame(as other: MissingPolicy) -> Bool {
    unsafeBitCast(self, to: UInt8.self) == unsafeBitCast(other, to: UInt8.self)
  }
}
