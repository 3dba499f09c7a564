package import Contacts
package import Engine
package import Knowledge
package import Rulesets

/// Counts what guards limit: in one window before its calls are written, or in all windows of a plan.
///
/// A contact that several windows change counts once.
package struct GuardLedger: Sendable {
  private let guards: Guards
  private let profile: APIProfile
  /// The size of the snapshot; absent without one.
  private let contactCount: Int?
  private let guardedNames: [[UInt8]]
  private let forbiddenNames: [[UInt8]]
  private var contacts = ContactNumbering()
  private var changed: Set<Int> = []
  private var created: Set<Int> = []
  private var deleted: Set<Int> = []
  /// Of each guarded group and each that must not change the contacts that go in or out.
  private var guarded: [Set<Int>]
  private var forbidden: [Set<Int>]
  /// Of each that must not change how often it would be renamed or deleted itself.
  private var reshaped: [Int]
  /// Whether a contact may leave a group unseen.
  private var hasUnseenDepartures = false

  package init(_ guards: Guards, profile: APIProfile, contactCount: Int?) {
    self.guards = guards
    self.profile = profile
    self.contactCount = contactCount
    func folded(_ name: String) -> [UInt8] {
      var folded: [UInt8] = []
      Array(name.utf8).withUnsafeBytes { profile.foldGroupName($0, into: &folded) }
      return folded
    }
    guardedNames = guards.groups.map { folded($0.name) }
    forbiddenNames = guards.never.map(folded)
    guarded = Array(repeating: [], count: guards.groups.count)
    forbidden = Array(repeating: [], count: guards.never.count)
    reshaped = Array(repeating: 0, count: guards.never.count)
  }

  /// Takes the changes of a window; without guards nothing is counted.
  package mutating func add(
    _ table: CallTable, of batch: Batch, knowing inventory: Inventory = Inventory()
  ) {
    guard !guards.isEmpty else { return }
    if table.unseenDepartureCount > 0 { hasUnseenDepartures = true }
    contacts.open(batch)
    let guardedTargets = match(guardedNames, batch, inventory)
    let forbiddenTargets = match(forbiddenNames, batch, inventory)
    for change in table.changes + table.departures {
      let contact = contacts.number(of: change, in: batch)
      changed.insert(contact)
      // Who exists is known with a snapshot alone.
      if change.creates, contactCount != nil { created.insert(contact) }
      if change.kind == .deleteContact { deleted.insert(contact) }
      guard change.kind == .addToGroup || change.kind == .removeFromGroup, change.target >= 0
      else { continue }
      for group in guardedTargets[change.target] ?? [] { guarded[group].insert(contact) }
      for group in forbiddenTargets[change.target] ?? [] { forbidden[group].insert(contact) }
    }
    for write in batch.workspace where write.kind == .renameGroup || write.kind == .deleteGroup {
      let name = folded(batch.text(write.subject))
      for index in forbiddenNames.indices where forbiddenNames[index] == name {
        reshaped[index] += 1
      }
    }
  }

  /// The targets of a batch that are these groups, by name whatever the case or by uuid, and which of
  /// them they are.
  private func match(
    _ names: [[UInt8]], _ batch: Batch, _ inventory: Inventory
  ) -> [Int32: [Int]] {
    var matches: [Int32: [Int]] = [:]
    guard !names.isEmpty else { return matches }
    for (target, range) in batch.targets.enumerated() {
      let text = batch.text(range)
      var known = [folded(text)]
      let number = inventory.group(batch.string(range))
      if number >= 0 { known.append(folded(Array(inventory.groups[Int(number)].name.utf8)[...])) }
      let places = names.indices.filter { known.contains(names[$0]) }
      if !places.isEmpty { matches[Int32(target)] = places }
    }
    return matches
  }

  private func folded(_ name: ArraySlice<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    name.withUnsafeBytes { profile.foldGroupName($0, into: &folded) }
    return folded
  }

  package var deleteCount: Int { deleted.count }

  /// What each guard limits beside what is asked for; those of `never` only where it is.
  ///
  /// `deletesBefore` counts what the run deleted before what this ledger holds.
  package func counts(deletesBefore: Int = 0) -> [GuardedCount] {
    var counts: [GuardedCount] = []
    for (index, name) in guards.never.enumerated() {
      let count = forbidden[index].count + reshaped[index]
      if count > 0 || hasUnseenDepartures {
        counts.append(
          GuardedCount(.never(name), count, limit: 0, hidesMore: hasUnseenDepartures))
      }
    }
    if let limit = guards.maxDeletes {
      counts.append(limit.beside(.deletes, deletesBefore + deleted.count, of: contactCount))
    }
    if let limit = guards.maxChanged {
      let count = changed.subtracting(created).count
      counts.append(limit.beside(.changed, count, of: contactCount))
    }
    for (index, group) in guards.groups.enumerated() {
      var count = group.limit.beside(.group(group.name), guarded[index].count, of: contactCount)
      count.hidesMore = hasUnseenDepartures
      counts.append(count)
    }
    if let limit = guards.maxCreated {
      counts.append(limit.beside(.created, created.count, of: contactCount))
    }
    return counts
  }
}

extension Guards.Limit {
  /// The limit beside what is asked for; who is made is known with a snapshot alone.
  fileprivate func beside(
    _ subject: GuardedCount.Subject, _ count: Int, of contactCount: Int?
  ) -> GuardedCount {
    switch self {
    case .count(let most):
      let isKnown = subject != .created || contactCount != nil
      return GuardedCount(subject, count, limit: isKnown ? most : nil)
    case .percent(let percent):
      return GuardedCount(
        subject, count, limit: contactCount.map { Int(Double($0) * percent / 100) },
        share: .init(percent: percent, contactCount: contactCount))
    }
  }
}
