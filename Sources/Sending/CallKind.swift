package import Planning

/// What a call does, in few words: what calls are counted by.
package enum CallKind: String, Sendable, CaseIterable {
  /// A contact is made or updated.
  case post
  case lookup
  /// Contacts are added to a group or removed from it.
  case group
  /// Contacts are blocked, unblocked or interrupted, or their messages archived.
  case status
  case delete
  /// Fields and groups are made or changed.
  case workspace

  package init(_ call: Call) {
    switch (call.method, call.body) {
    case (.get, _): self = .lookup
    case (_, .action(let action, _, _)): self = Self.kind(ofAction: action)
    case (_, .field), (_, .group): self = .workspace
    case (_, .contact), (_, nil):
      let isOfContacts = call.path.hasSuffix("/contacts.json")
      self = !isOfContacts ? .workspace : call.method == .delete ? .delete : .post
    }
  }

  private static func kind(ofAction action: String) -> CallKind {
    switch action {
    case "add", "remove": .group
    case "delete": .delete
    default: .status
    }
  }
}
