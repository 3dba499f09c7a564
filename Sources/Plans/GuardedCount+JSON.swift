package import CEL
package import Planning

/// Guards as the first line of a plan tells them.
extension GuardedCount {
  package var literal: Literal {
    var entries: [(key: Literal, value: Literal)] = [(.string("guard"), .string(name))]
    if case .group(let name) = subject { entries.append((.string("group"), .string(name))) }
    if case .never(let name) = subject { entries.append((.string("group"), .string(name))) }
    entries.append((.string("count"), .int(Int64(count))))
    if let limit { entries.append((.string("limit"), .int(Int64(limit)))) }
    if let share {
      entries.append((.string("percent"), .double(share.percent)))
      if let count = share.contactCount {
        entries.append((.string("contacts"), .int(Int64(count))))
      }
    }
    return .map(entries)
  }

  /// Reads what ``literal`` gives.
  init?(_ literal: Literal) {
    guard case .map(let entries) = literal else { return nil }
    func value(_ key: String) -> Literal? {
      entries.first { entry in
        if case .string(key) = entry.key { true } else { false }
      }?.value
    }
    func number(_ key: String) -> Int? {
      guard case .int(let number)? = value(key) else { return nil }
      return Int(number)
    }
    guard case .string(let name)? = value("guard"), let count = number("count") else { return nil }
    var group = ""
    if case .string(let text)? = value("group") { group = text }
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
    switch value("percent") {
    case .double(let percent): share = Share(percent: percent, contactCount: number("contacts"))
    case .int(let percent):
      share = Share(percent: Double(percent), contactCount: number("contacts"))
    default: break
    }
    self.init(subject, count, limit: number("limit"), share: share)
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
