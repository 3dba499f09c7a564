private import Contacts

extension Workspace {
  /// Puts a contact into a group.
  ///
  /// - Returns: whether it was not there before.
  @discardableResult
  mutating func join(_ group: Int, _ row: Int) -> Bool {
    if contacts[row].groups.contains(Int32(group)) { return false }
    contacts[row].groups.append(Int32(group))
    if countsMember(row, of: group) { groups[group].count += 1 }
    return true
  }

  /// Takes a contact out of a group.
  ///
  /// - Returns: whether it was there.
  @discardableResult
  mutating func leave(_ group: Int, _ row: Int) -> Bool {
    guard let place = contacts[row].groups.firstIndex(of: Int32(group)) else { return false }
    if countsMember(row, of: group) { groups[group].count -= 1 }
    contacts[row].groups.remove(at: place)
    return true
  }

  /// Smart groups have no members but active ones.
  private func countsMember(_ row: Int, of group: Int) -> Bool {
    !groups[group].isSmart || contacts[row].status == .active
  }

  /// Makes these the only static groups of a contact.
  ///
  /// Nobody who is blocked or stopped leaves a group by this.
  mutating func replaceGroups(of row: Int, by wanted: [Int]) -> Bool {
    var hasChanged = false
    if profile.canLeaveGroups(contacts[row].status) {
      for group in staticGroups(of: row) where !wanted.contains(group) {
        hasChanged = leave(group, row) || hasChanged
      }
    }
    for group in wanted { hasChanged = join(group, row) || hasChanged }
    return hasChanged
  }

  private func staticGroups(of row: Int) -> [Int] {
    contacts[row].groups.map(Int.init).filter { !groups[$0].isSmart && !groups[$0].isDeleted }
  }

  /// Sets the status, if it is another one.
  mutating func setStatus(_ status: Contact.Status, of row: Int, at now: Timestamp) {
    guard contacts[row].status != status else {
      if settings.touchesUnchanged { contacts.touch(row, at: now) }
      return
    }
    setStatusAlone(status, of: row)
    finishChange(of: row, at: now)
  }

  /// Sets the status without what follows a change by the API.
  mutating func setStatusAlone(_ status: Contact.Status, of row: Int) {
    let smart = contacts[row].groups.map(Int.init).filter { groups[$0].isSmart }
    let wasActive = contacts[row].status == .active
    contacts[row].status = status
    // Smart groups keep in mind whom their query would take; only active contacts show.
    if wasActive != (status == .active) {
      for group in smart { groups[group].count += wasActive ? -1 : 1 }
    }
  }

  /// What follows every change: nobody but active contacts stays in static groups.
  mutating func finishChange(of row: Int, at now: Timestamp) {
    if contacts[row].status != .active {
      let all = staticGroups(of: row)
      for (index, group) in all.enumerated() where !survives(index, of: all.count) {
        leave(group, row)
      }
    }
    contacts.touch(row, at: now)
  }

  /// Whether the flawed loop passes over a membership: the 2nd of 3 or 4, the 4th too of 5 or 6.
  private func survives(_ index: Int, of count: Int) -> Bool {
    settings.keepsGroupsOnBlock && index % 2 == 1 && index < count - 1
  }
}

extension ServerProfile {
  /// Whether a contact of this status can be taken out of a group by name.
  func canLeaveGroups(_ status: Contact.Status) -> Bool {
    switch status {
    case .active, .archived: true
    case .blocked, .stopped: false
    }
  }
}
