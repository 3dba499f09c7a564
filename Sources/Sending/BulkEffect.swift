import CEL
import Contacts
import Execution

/// What a bulk call that the server accepted has made of a contact: its answer shows none.
struct BulkEffect {
  private let action: String
  private let group: KnownGroups.Group?
  private let profile: APIProfile

  init(_ action: String, group: KnownGroups.Group?, _ profile: APIProfile) {
    self.action = action
    self.group = group
    self.profile = profile
  }

  /// The contact after the call; nothing where nobody can say.
  func applied(to contact: Literal) -> Literal? {
    let groups = contact["groups"]?.items ?? []
    switch action {
    case "add":
      guard let group else { return nil }
      let isMember = groups.contains { $0["uuid"]?.text == group.uuid }
      let member = Literal.object([("uuid", .string(group.uuid)), ("name", .string(group.name))])
      return isMember ? contact : contact.setting("groups", to: .list(groups + [member]))
    case "remove":
      guard let group else { return nil }
      // A contact that is blocked or stopped stays as it is, and the server says nothing of it.
      if contact.isBlockedOrStopped { return contact }
      return contact.setting("groups", to: .list(groups.filter { $0["uuid"]?.text != group.uuid }))
    case "block":
      // The server's flaw leaves some of three or more.
      if profile.blockLeavesGroups, groups.count >= 3 { return nil }
      return contact.setting("groups", to: .list([])).settingStatus("blocked")
    case "unblock": return contact.settingStatus("active")
    case "interrupt", "archive_messages": return contact
    default: return nil
    }
  }
}

extension Literal {
  /// An object with another value where the key stands, or behind all others.
  fileprivate func setting(_ key: String, to value: Literal) -> Literal {
    guard var entries else { return self }
    if let place = entries.lastIndex(where: { $0.key == key }) {
      entries[place].value = value
    } else {
      entries.append((key, value))
    }
    return .object(entries)
  }

  fileprivate var isBlockedOrStopped: Bool {
    if let status = self["status"]?.text { return status == "blocked" || status == "stopped" }
    return ["blocked", "stopped"].contains { key in
      if case .bool(true)? = self[key] { true } else { false }
    }
  }

  /// `weni` says it with two flags, `rapidpro` with a word, too.
  fileprivate func settingStatus(_ status: String) -> Literal {
    let flagged = setting("blocked", to: .bool(status == "blocked"))
      .setting("stopped", to: .bool(false))
    return self["status"] == nil ? flagged : flagged.setting("status", to: .string(status))
  }

  /// A contact without a URN.
  func removing(urn identity: String) -> Literal {
    guard let urns = self["urns"]?.texts else { return self }
    return setting("urns", to: .texts(urns.filter { ContactNames.identity(of: $0) != identity }))
  }
}
