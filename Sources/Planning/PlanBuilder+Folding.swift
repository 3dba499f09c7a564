import Contacts
import Engine
import Knowledge

/// Groups of known contacts: what changes nothing goes, and the rest may ride in a POST.
extension PlanBuilder {
  mutating func settleGroups(_ step: Int, _ row: Int32) {
    let effects = steps[step].effects
    guard !effects.isDisjoint(with: [.adds, .removes, .groupsReplaced]) else { return }
    if batch.parts[Int(steps[step].part)].replacesGroups {
      settleReplacedGroups(step, row)
    } else {
      settleMemberships(step, row)
    }
  }

  private mutating func groupNumber(_ target: Int32) -> Int32 {
    groupNumbering.number(of: target, in: batch, &snapshot.inventory)
  }

  /// Why nobody can be put into a group; absent where nothing is known against it.
  private mutating func objection(to number: Int32) -> String? {
    let group = snapshot.inventory.groups[Int(number)]
    return group.isSmart ? "`\(group.name)` is a smart group: the server decides who is in it" : nil
  }

  /// Whether nothing says that the group exists: an inventory that has it, or a contact in it.
  private mutating func isUnknown(_ number: Int32) -> Bool {
    let group = snapshot.inventory.groups[Int(number)]
    return snapshot.inventory.isKnown ? !group.exists : group.uuid == nil
  }

  /// The groups of a contact that exist.
  private mutating func presentGroups(of row: Int32) -> [Int32] {
    let groups = Array(snapshot.groups(of: row))
    guard snapshot.inventory.isKnown,
      groups.contains(where: { !snapshot.inventory.exists($0) })
    else { return groups }
    return groups.filter { snapshot.inventory.exists($0) }
  }

  private mutating func settleMemberships(_ step: Int, _ row: Int32) {
    var groups = presentGroups(of: row)
    let areKnown = !snapshot.areGroupsUnknown(row)
    let knowsAll =
      areKnown && snapshot.inventory.isKnown
      && groups.allSatisfy { snapshot.inventory.isStatic($0) }
    let isActive = snapshot.status(of: row) == .active
    var canFold = knowsAll && isActive
    for index in writeRange(step) {
      let kind = writes[index].kind
      guard kind == .addToGroup || kind == .removeFromGroup else { continue }
      let number = groupNumber(writes[index].target)
      let place = groups.firstIndex(of: number)
      if let reason = objection(to: number) {
        refuse(index, of: step, reason)
      } else if kind == .addToGroup, !isActive {
        refuse(index, of: step, "the contact is \(snapshot.status(of: row)): it joins no group")
      } else if isUnknown(number) {
        // The server will say.
      } else if (kind == .addToGroup) == (place != nil) {
        drops[drop(index, of: step)] = areKnown
      } else if let place {
        groups.remove(at: place)
        if !isActive { snapshot.noteUnsureLeaving(row) }
      } else {
        groups.append(number)
      }
      if !snapshot.inventory.isStatic(number) { canFold = false }
      if kind == .addToGroup { snapshot.noteJoining(row) }
    }
    snapshot.setGroups(groups, of: row)
    // Without a uuid only a POST that may make the contact needs no look-up.
    let part = batch.parts[Int(steps[step].part)]
    let isAtHand =
      snapshot.hasUUID(row) || part.missing == .create && part.creates && !part.isUUID
    guard canFold, isAtHand, groups.count <= profile.itemLimit else { return }
    settlements[settlements.count - 1].canFold = true
    settlements[settlements.count - 1].firstGroup = Int32(settledGroups.count)
    settlements[settlements.count - 1].groupCount = Int32(groups.count)
    settledGroups.append(contentsOf: groups)
  }

  private mutating func settleReplacedGroups(_ step: Int, _ row: Int32) {
    let before = presentGroups(of: row)
    let knowsAll =
      snapshot.inventory.isKnown && !snapshot.areGroupsUnknown(row)
      && before.allSatisfy { snapshot.inventory.isStatic($0) }
    let range = writeRange(step)
    let floor = range.last { writes[$0].kind == .replaceGroups }.map { writes[$0].sequence } ?? -1
    var after: [Int32] = []
    for index in range where writes[index].kind == .addToGroup && writes[index].sequence > floor {
      let number = groupNumber(writes[index].target)
      if let reason = objection(to: number) {
        refuse(index, of: step, reason)
      } else {
        after.append(number)
      }
    }
    let isRefused = snapshot.status(of: row) != .active && !after.isEmpty
    if !after.isEmpty { snapshot.noteJoining(row) }
    guard isRefused || knowsAll && Set(before) == Set(after) else {
      noteDepartures(step, row, from: before, to: after)
      return snapshot.setGroups(after, of: row)
    }
    for index in range where writes[index].kind.isAboutMembership {
      guard isRefused, !drops[drop(index, of: step)] else {
        drops[drop(index, of: step)] = true
        continue
      }
      refuse(index, of: step, "the contact is \(snapshot.status(of: row)): it joins no group")
    }
    batch.parts[Int(steps[step].part)].replacesGroups = false
  }

  /// Notes for guards which groups a contact leaves because others replace them.
  private mutating func noteDepartures(
    _ step: Int, _ row: Int32, from before: [Int32], to after: [Int32]
  ) {
    guard recording == .changes else { return }
    guard !snapshot.areGroupsUnknown(row) else { return table.unseenDepartureCount += 1 }
    let range = writeRange(step)
    guard let opening = range.last(where: { writes[$0].kind == .replaceGroups }) else { return }
    for number in before where !after.contains(number) {
      var write = writes[opening]
      write.kind = .removeFromGroup
      write.target = groupNumbering.target(of: number, in: &batch, snapshot.inventory)
      table.departures.append(
        PlannedChange(
          of: write, part: steps[step].part, row: row, old: .none, isOldKnown: true, creates: false)
      )
    }
  }

  /// Lets the changes of groups ride along where a POST is made anyway.
  mutating func foldIfPosted(_ step: Int) {
    let effects = steps[step].effects
    guard !effects.isDisjoint(with: [.adds, .removes]),
      !effects.isDisjoint(with: [.names, .fields, .urns])
    else { return }
    fold(step)
  }

  /// Lets the changes of groups of a step ride in its POST, if the list is known.
  mutating func fold(_ step: Int) {
    guard steps[step].settlement >= 0, settlements[Int(steps[step].settlement)].canFold else {
      return
    }
    steps[step].effects.subtract([.adds, .removes])
    steps[step].effects.insert(.groupsFolded)
  }

  /// The whole list of groups, each for the write that adds it or, if it was there before, for the
  /// first that changes the list.
  mutating func appendFoldedGroups(_ step: Int) {
    let settlement = settlements[Int(steps[step].settlement)]
    let range = writeRange(step)
    let changing = range.first { writes[$0].kind.isAboutMembership } ?? range.lowerBound
    append(writes[changing], as: .groups)
    let first = Int(settlement.firstGroup)
    for number in settledGroups[first..<first + Int(settlement.groupCount)] {
      let adding = range.first {
        writes[$0].kind == .addToGroup && groupNumber(writes[$0].target) == number
      }
      if let adding {
        append(writes[adding], as: .group)
      } else {
        var kept = writes[changing]
        kept.target = groupNumbering.target(of: number, in: &batch, snapshot.inventory)
        append(kept, as: .group)
      }
    }
    for index in range where writes[index].kind == .removeFromGroup {
      append(writes[index], as: .reason)
    }
  }
}

extension MutationKind {
  /// Whether it changes static groups.
  fileprivate var isAboutMembership: Bool {
    self == .addToGroup || self == .removeFromGroup || self == .replaceGroups
  }
}
