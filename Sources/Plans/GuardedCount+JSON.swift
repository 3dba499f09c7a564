package import CEL
package import Planning

/// Guards as the first line of a plan tells them.
extension GuardedCount {
  package var literal: Literal {
    var entries: [(key: String, value: Literal)] = [("guard", .string(name))]
    switch subject {
    case .group(let name), .never(let name): entries.append(("group", .string(name)))
    case .deletes, .created, .changed: break
    }
    entries.append(("count", .int(Int64(count))))
    if let limit { entries.append(("limit", .int(Int64(limit)))) }
    if let share {
      entries.append(("percent", .double(share.percent)))
      if let count = share.contactCount { entries.append(("contacts", .int(Int64(count)))) }
    }
    if hidesMore { entries.append(("unseen", .bool(true))) }
    return .object(entries)
  }

  /// Reads what ``literal`` gives.
  init?(_ literal: Literal) {
    func number(_ key: String) -> Int? {
      guard case .int(let number)? = literal[key] else { return nil }
      return Int(number)
    }
    guard let name = literal["guard"]?.text, let count = number("count") else { return nil }
    let group = literal["group"]?.text ?? ""
    let subject: Subject
    switch name {
    case "max_deletes": subject = .deletes
    case "max_created": subject = .created
    case "max_changed": subject = .changed
    case "groups": subject = .group(group)
    case "never": subject = .never(group)
    default: return nil
    }
    var share: Share?
    switch literal["percent"] {
    case .double(let percent): share = Share(percent: percent, contactCount: number("contacts"))
    case .int(let percent):
      share = Share(percent: Double(percent), contactCount: number("contacts"))
    default: break
    }
    var hidesMore = false
    if case .bool(true)? = literal["unseen"] { hidesMore = true }
    self.init(subject, count, limit: number("limit"), share: share, hidesMore: hidesMore)
  }
}

extension [GuardedCount] {
  /// Why a plan with these may not be sent, as sentences; none where it may.
  package var objections: [String] {
    compactMap { count in
      switch count.verdict {
      case .holds: nil
      case .exceeded(let sentence), .notJudged(let sentence): sentence
      }
    }
  }
}
