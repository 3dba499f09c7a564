private import Contacts

extension ServerProfile {
  /// What is wrong with a group's name, before its length; only the first is said.
  func complaints(ofGroupName name: [UInt8]) -> [String] {
    switch dialect {
    case .weni: return []
    case .rapidpro:
      if WideText.length(name) > api.groupNameLimit {
        return ["Cannot be longer than \(api.groupNameLimit) characters."]
      }
      for (mark, character) in [(UInt8(0x22), "\""), (0x5C, "\\")] where name.contains(mark) {
        return ["Cannot contain the character: \(character)"]
      }
      return name.contains(0) ? ["Cannot contain null characters."] : []
    }
  }

  /// Whether a name passes once nothing else is wrong with it.
  func allowsGroupName(_ name: [UInt8]) -> Bool {
    switch dialect {
    case .weni: name.withUnsafeBytes { UTF8Text.beginsWord($0) }
    case .rapidpro: true
    }
  }

  /// Why a group cannot be deleted that these depend on.
  func refusal(ofDeleting dependents: [Dependent]) -> Rejection? {
    switch dialect {
    case .weni:
      // A flow counts even when it is archived.
      for (kind, word) in [
        (Dependent.Kind.trigger, "triggers"), (.flow, "flows"), (.campaign, "campaigns"),
      ] {
        let ids = dependents.filter { $0.kind == kind && (!$0.isArchived || kind == .flow) }
          .map(\.id)
        if ids.isEmpty { continue }
        return .detail(
          400,
          "Group is being used by the following \(word) which must be archived first: "
            + ids.joined(separator: ", "))
      }
      return nil
    case .rapidpro:
      for (kind, word) in [(Dependent.Kind.trigger, "triggers"), (.campaign, "campaigns")]
      where dependents.contains(where: { $0.kind == kind && !$0.isArchived }) {
        return .detail(400, "Group is being used by \(word) which must be archived first.")
      }
      // An archived campaign is not looked for, and trips an assertion.
      return dependents.contains { $0.kind == .campaign } ? .failure : nil
    }
  }
}
