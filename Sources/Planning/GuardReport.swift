package import Contacts
package import Engine
package import Rulesets

/// What one window would change, against the limits that guard it.
package struct GuardReport: Sendable {
  /// Contacts that are deleted, those made, and those changed in any other way.
  package var deletes = 0
  package var created = 0
  package var changed = 0
  /// Contacts added to or removed from each guarded group, in the order of the guards.
  package var groups: [(name: String, changed: Int)] = []
  /// The first limit that is exceeded, as a sentence for people; the run ends there.
  package var exceeded: String?
  /// Limits that cannot be judged, as sentences.
  package var notJudged: [String] = []

  package init() {}
}

extension Planner {
  /// Judges one window before its first call; without guards nothing is counted.
  ///
  /// `changes` are those of its plan; `deletesBefore` counts what the run deleted in earlier windows;
  /// `contactCount` is the size of the snapshot, absent without one.
  package static func judge(
    _ batch: Batch, _ changes: [PlannedChange], guards: Guards, deletesBefore: Int,
    contactCount: Int?, profile: APIProfile
  ) -> GuardReport {
    guard !guards.isEmpty else { return GuardReport() }
    var judge = GuardJudge(batch, guards: guards, profile: profile, contactCount: contactCount)
    judge.count(changes)
    judge.compare(deletesBefore: deletesBefore)
    return judge.report
  }
}

/// Counts what guards limit.
private struct GuardJudge {
  private let batch: Batch
  private let guards: Guards
  private let profile: APIProfile
  private let contactCount: Int?
  var report = GuardReport()
  /// Of each target the index of the guarded group it is, or -1; then the same for `never`.
  private var guarded: [Int32] = []
  private var forbidden: [Int32] = []
  private var touched: Int?

  init(_ batch: Batch, guards: Guards, profile: APIProfile, contactCount: Int?) {
    self.batch = batch
    self.guards = guards
    self.profile = profile
    self.contactCount = contactCount
    report.groups = guards.groups.map { ($0.name, 0) }
    guarded = match(guards.groups.map(\.name))
    forbidden = match(guards.never)
  }

  /// Of each target the index of the name it is, whatever the case; empty without names.
  private func match(_ names: [String]) -> [Int32] {
    guard !names.isEmpty else { return [] }
    let wanted = names.map { folded(Array($0.utf8)) }
    return batch.targets.map { target in
      let text = folded(Array(batch.text(target)))
      return wanted.firstIndex(of: text).map(Int32.init) ?? -1
    }
  }

  private func folded(_ name: [UInt8]) -> [UInt8] {
    var folded: [UInt8] = []
    name.withUnsafeBytes { profile.foldGroupName($0, into: &folded) }
    return folded
  }

  mutating func count(_ changes: [PlannedChange]) {
    var contactCount = 0
    for part in batch.parts { contactCount = max(contactCount, Int(part.contact) + 1) }
    var isChanged = Array(repeating: false, count: contactCount)
    var isDeleted = isChanged
    var isCreated = isChanged
    for change in changes {
      let contact = Int(batch.parts[Int(change.part)].contact)
      isChanged[contact] = true
      // Who exists is known with a snapshot alone.
      if change.creates, self.contactCount != nil { isCreated[contact] = true }
      if change.kind == .deleteContact { isDeleted[contact] = true }
      if change.kind == .addToGroup || change.kind == .removeFromGroup { count(change) }
    }
    for write in batch.workspace where write.kind == .renameGroup || write.kind == .deleteGroup {
      let name = folded(Array(batch.text(write.subject)))
      let index = guards.never.firstIndex { folded(Array($0.utf8)) == name }
      if touched == nil { touched = index }
    }
    report.created = isCreated.count { $0 }
    report.changed = zip(isChanged, isCreated).count { $0 && !$1 }
    report.deletes = isDeleted.count { $0 }
  }

  private mutating func count(_ write: PlannedChange) {
    guard write.target >= 0 else { return }
    if !guarded.isEmpty, guarded[Int(write.target)] >= 0 {
      report.groups[Int(guarded[Int(write.target)])].changed += 1
    }
    if !forbidden.isEmpty, forbidden[Int(write.target)] >= 0, touched == nil {
      touched = Int(forbidden[Int(write.target)])
    }
  }

  mutating func compare(deletesBefore: Int) {
    if let touched {
      exceed("`never`: the group `\(guards.never[touched])` would be changed")
    }
    if let limit = guards.maxDeletes {
      let before = deletesBefore > 0 ? " after \(deletesBefore) earlier in this run" : ""
      compare(
        deletesBefore + report.deletes, limit, "max_deletes",
        "\(report.deletes) contacts would be deleted\(before)")
    }
    if let limit = guards.maxChanged {
      compare(
        report.changed, limit, "max_changed", "\(report.changed) contacts would be changed")
    }
    for (group, guardian) in zip(report.groups, guards.groups) {
      compare(
        group.changed, guardian.limit, "groups",
        "the group `\(group.name)` would change by \(group.changed) contacts")
    }
    if let limit = guards.maxCreated {
      if contactCount == nil {
        report.notJudged.append("`max_created` is not judged: no snapshot says who exists")
      } else {
        compare(
          report.created, limit, "max_created", "\(report.created) contacts would be made")
      }
    }
  }

  private mutating func compare(
    _ count: Int, _ limit: Guards.Limit, _ name: String, _ sentence: String
  ) {
    switch limit {
    case .count(let most):
      if count > most { exceed("`\(name)`: \(sentence), the limit is \(most)") }
    case .percent(let share):
      guard let contactCount else {
        report.notJudged.append(
          "`\(name)` is not judged: a percentage needs a snapshot of the contacts")
        return
      }
      let most = Int(Double(contactCount) * share / 100)
      if count > most {
        exceed("`\(name)`: \(sentence), the limit is \(most) (\(share)% of \(contactCount))")
      }
    }
  }

  private mutating func exceed(_ sentence: String) {
    if report.exceeded == nil { report.exceeded = sentence }
  }
}
