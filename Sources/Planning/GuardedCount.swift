/// How much of what a guard limits is asked for, in one window or in a whole plan.
package struct GuardedCount: Sendable, Equatable {
  package enum Subject: Sendable, Equatable {
    case deletes, created, changed
    /// Contacts added to the group or removed from it.
    case group(String)
    /// Changes of a group that must not change.
    case never(String)
  }

  package enum Verdict: Sendable, Equatable {
    case holds
    /// With a sentence for people.
    case exceeded(String)
    case notJudged(String)
  }

  package var subject: Subject
  package var count: Int
  /// The most that is allowed; absent where nobody can say.
  package var limit: Int?
  /// What the limit is a part of, in percent, and the contacts there are.
  package var share: Share?
  /// Whether lists that replace others may take contacts out of the group of which nobody knows.
  package var hidesMore = false

  package struct Share: Sendable, Equatable {
    package var percent: Double
    /// Absent without a snapshot.
    package var contactCount: Int?

    package init(percent: Double, contactCount: Int?) {
      self.percent = percent
      self.contactCount = contactCount
    }
  }

  package init(
    _ subject: Subject, _ count: Int, limit: Int?, share: Share? = nil, hidesMore: Bool = false
  ) {
    self.subject = subject
    self.count = count
    self.limit = limit
    self.share = share
    self.hidesMore = hidesMore
  }

  /// What a rule file calls it.
  package var name: String {
    switch subject {
    case .deletes: "max_deletes"
    case .created: "max_created"
    case .changed: "max_changed"
    case .group: "groups"
    case .never: "never"
    }
  }

  package var verdict: Verdict {
    guard let limit else {
      return .notJudged(
        "`\(name)` is not judged: "
          + (share == nil
            ? "no snapshot says who exists" : "a percentage needs a snapshot of the contacts"))
    }
    guard count > limit else {
      return hidesMore
        ? .notJudged(
          "`\(name)` is not judged for `set_groups`: of some contacts nobody knows the groups")
        : .holds
    }
    if case .never(let group) = subject {
      return .exceeded("`never`: the group `\(group)` would be changed")
    }
    let part = share.map { " (\($0.percent)% of \($0.contactCount ?? 0))" } ?? ""
    return .exceeded("`\(name)`: \(wish), the limit is \(limit)\(part)")
  }

  private var wish: String {
    let contacts = count == 1 ? "1 contact" : "\(count) contacts"
    return switch subject {
    case .deletes: "\(contacts) would be deleted"
    case .created: "\(contacts) would be made"
    case .changed: "\(contacts) would be changed"
    case .group(let name), .never(let name): "the group `\(name)` would change by \(contacts)"
    }
  }
}
