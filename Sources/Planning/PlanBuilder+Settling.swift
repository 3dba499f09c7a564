import Contacts
import Engine
import Knowledge

/// What the snapshot makes of a step.
struct Settlement: BitwiseCopyable {
  var row: Int32
  /// Range in ``PlanBuilder/settledGroups``: the static groups after the step.
  var firstGroup: Int32 = 0
  var groupCount: Int32 = 0
  /// Range in ``PlanBuilder/settledURNs``: the URNs after the step, if it changes them.
  var firstURN: Int32 = 0
  var urnCount: Int32 = 0
  /// Whether the changes of groups may ride in a POST: all static groups are known, and few enough.
  var canFold = false
  /// Whether the contact surely does not exist: the step makes it.
  var isMade = false
}

/// Planning with what is known: writes that change nothing go, lists that need a read are known,
/// and the snapshot becomes what the calls will have made of the workspace.
extension PlanBuilder {
  /// Settles the steps of a round, in the order in which their calls will be made.
  mutating func settle(_ steps: Range<Int>) {
    guard mode == .window else { return }
    var start = steps.lowerBound
    while start < steps.upperBound {
      let end = min(start + Self.foresightLength, steps.upperBound)
      foresee(start..<end)
      for step in start..<end {
        prefetch(ahead: step, until: steps.upperBound)
        settle(step, foresight(step - start))
      }
      start = end
    }
    for step in steps { foldIfPosted(step) }
    coverMemberships(steps)
  }

  private mutating func prefetch(ahead step: Int, until end: Int) {
    let rows = (
      step + 24 < end ? row(ofStep: step + 24) : -1, step + 16 < end ? row(ofStep: step + 16) : -1,
      step + 8 < end ? row(ofStep: step + 8) : -1
    )
    if rows.0 >= 0 { snapshot.prefetchRow(rows.0) }
    if rows.1 >= 0 { snapshot.prefetchLists(rows.1) }
    if rows.2 >= 0 { snapshot.prefetchTexts(rows.2) }
  }

  private mutating func row(ofStep step: Int) -> Int32 {
    batch.rows[Int(batch.parts[Int(steps[step].part)].contact)]
  }

  private mutating func settle(_ step: Int, _ foresight: Foresight) {
    let part = batch.parts[Int(steps[step].part)]
    let row = batch.rows[Int(part.contact)]
    let movesURNs = steps[step].effects.contains(.urns)
    if recalls, movesURNs { forgetURNs(step, part) }
    // Somebody who may be this contact may have changed it, or may have lost its URN for it.
    let isCertain = !batch.isUncertain[Int(part.contact)]
    guard row >= 0, isCertain, snapshot.status(of: row) != .deleted else {
      settleUnknown(step, part)
      if steps[step].settlement < 0 { recall(step, foresight, movedURNs: movesURNs) }
      return
    }
    let isKeyExact = !part.isUUID && snapshot.owns(row, part.key, in: batch)
    guard snapshot.isFresh(row) else {
      forwardIdentity(step, part, row)
      recall(step, foresight, movedURNs: movesURNs)
      return address(step, row, isKeyExact: isKeyExact)
    }
    steps[step].settlement = Int32(settlements.count)
    settlements.append(Settlement(row: row))
    keepAll(step)
    settleData(step, row)
    settleGroups(step, row)
    settleURNs(step, row)
    settleEnd(step, row)
    dropWrites(step)
    address(step, row, isKeyExact: isKeyExact)
  }

  /// Names the contact by its uuid, unless its URN must make it should it be gone by then.
  ///
  /// Bulk calls know no other spellings, lists of URNs go with a uuid only, and a lookup is saved.
  private mutating func address(_ step: Int, _ row: Int32, isKeyExact: Bool) {
    let number = Int(steps[step].part)
    let part = batch.parts[number]
    guard !part.isUUID, snapshot.hasUUID(row) else { return }
    let canStay =
      part.missing == .create && part.creates && isKeyExact
      && !steps[step].effects.contains(.urns)
    guard !canStay else { return }
    var uuid: [UInt8] = []
    snapshot.appendUUID(of: row, to: &uuid)
    batch.parts[number].key = batch.appendText(uuid)
    batch.parts[number].isUUID = true
  }

  /// Begins to choose what goes of a step: nothing yet.
  mutating func keepAll(_ step: Int) {
    emptiesGroups = false
    let count = Int(steps[step].count)
    while drops.count < count { drops.append(false) }
    drops.removeLast(drops.count - count)
    for index in drops.indices { drops[index] = false }
  }

  /// Takes the dropped writes out of a step.
  mutating func dropWrites(_ step: Int) {
    let range = writeRange(step)
    var kept = range.lowerBound
    var effects: Effects = []
    for index in range where !drops[index - range.lowerBound] {
      writes[kept] = writes[index]
      if !olds.isEmpty { olds[kept] = olds[index] }
      effects.formUnion(Effects(writes[kept].kind))
      kept += 1
    }
    table.counts.unchanged += range.upperBound - kept
    steps[step].count = Int32(kept - range.lowerBound)
    let part = batch.parts[Int(steps[step].part)]
    if part.replacesGroups {
      effects.insert(.groupsReplaced)
      effects.subtract([.adds, .removes])
    } else {
      effects.remove(.groupsReplaced)
    }
    if part.replacesURNs { effects.insert(.urns) }
    if emptiesGroups, effects.contains(.blocks) { effects.insert(.groupsFolded) }
    steps[step].effects = effects
  }

  mutating func drop(_ index: Int, of step: Int) -> Int { index - Int(steps[step].first) }

  /// Sets a write aside that the API would refuse.
  mutating func refuse(_ index: Int, of step: Int, _ reason: String) {
    drops[drop(index, of: step)] = true
    // It is counted as set aside, not as a change of nothing.
    table.counts.unchanged -= 1
    let write = writes[index]
    table.refused.append(
      RefusedWrite(
        rule: write.rule, event: batch.string(batch.events[Int(write.event)].id), reason: reason))
  }

  /// A contact that the snapshot does not know may still take URNs from those it knows.
  ///
  /// If it surely does, it gets a row, so that later windows know the URNs for one contact's. If
  /// nobody can say, all who are concerned are in doubt from then on.
  private mutating func settleUnknown(_ step: Int, _ part: Batch.Part) {
    let contact = Int(part.contact)
    let isSure = part.creates && !batch.isUncertain[contact] && batch.rows[contact] < 0
    if isSure, isMaking(step, part) {
      let row = addRow(of: part)
      if !settleMade(step, part, row) { forwardIdentity(step, part, row) }
      return
    }
    guard steps[step].effects.contains(.urns) else { return }
    if isSure { return forwardIdentity(step, part, addRow(of: part)) }
    let bytes = batch.bytes
    bytes.withUnsafeBytes { all in
      snapshot.doubt(all.text(part.key))
      for index in writeRange(step) where writes[index].target >= 0 {
        let write = writes[index]
        if write.kind.isAboutURNs { snapshot.doubt(all.text(batch.targets[Int(write.target)])) }
      }
    }
  }

  /// A row for a contact that has nothing but its key so far.
  private mutating func addRow(of part: Batch.Part) -> Int32 {
    let row = batch.bytes.withUnsafeBytes { snapshot.addUnnamed($0.text(part.key)) }
    batch.rows[Int(part.contact)] = row
    return row
  }

  /// Of a contact whose row is old only the identity is carried forward.
  private mutating func forwardIdentity(_ step: Int, _ part: Batch.Part, _ row: Int32) {
    let effects = steps[step].effects
    if effects.contains(.urns), !addsOnlyURN(step, part, row) {
      edit.read(writeRange(step), of: writes, part, in: batch)
      let list = editedURNs(step, row)
      noteMoves(of: list, step, to: row)
      snapshot.setURNs(list.map { keep($0) }, of: row)
    }
    if effects.contains(.deletes) { snapshot.delete(row) }
  }

  /// Gives a contact the one URN that a step adds to its list, which is what most do with URNs.
  ///
  /// - Returns: whether the step does no more than that.
  private mutating func addsOnlyURN(_ step: Int, _ part: Batch.Part, _ row: Int32) -> Bool {
    guard recording == .nothing, !part.replacesURNs else { return false }
    var added: Int32 = -1
    for index in writeRange(step) where writes[index].kind.isAboutURNs {
      let write = writes[index]
      guard added < 0, write.kind == .addURN, write.previous < 0, !write.comesAfterRemoval else {
        return false
      }
      added = write.target
    }
    guard added >= 0 else { return false }
    let urn = batch.targets[Int(added)]
    return batch.bytes.withUnsafeBytes { snapshot.addURN($0.text(urn), to: row) }
  }
}

/// Data and status.
extension PlanBuilder {
  mutating func settleData(_ step: Int, _ row: Int32) {
    let bytes = batch.bytes
    bytes.withUnsafeBytes { all in
      for index in writeRange(step) {
        let write = writes[index]
        let value = all.text(write.value)
        let isUnchanged: Bool
        if !olds.isEmpty { olds[index] = old(write, row) }
        switch write.kind {
        case .setName:
          isUnchanged = snapshot.isSame(snapshot.name(of: row), value)
          if !isUnchanged { snapshot.setName(value, of: row) }
        case .clearName:
          isUnchanged = snapshot.name(of: row).length == 0
          snapshot.setName(.empty, of: row)
        case .setLanguage:
          isUnchanged = snapshot.isSame(snapshot.language(of: row), value)
          if !isUnchanged { snapshot.setLanguage(value, of: row) }
        case .clearLanguage:
          isUnchanged = snapshot.language(of: row).length == 0
          snapshot.setLanguage(.empty, of: row)
        case .setField:
          isUnchanged = setField(all.text(batch.targets[Int(write.target)]), to: value, of: row)
        case .clearField:
          isUnchanged = setField(all.text(batch.targets[Int(write.target)]), to: .empty, of: row)
        case .createContact: isUnchanged = true
        case .unblockContact:
          isUnchanged = snapshot.isSurelyActive(row)
          snapshot.setStatus(.active, of: row)
        default: continue
        }
        if isUnchanged { drops[drop(index, of: step)] = true }
      }
    }
  }

  /// What a write of data finds.
  private mutating func old(_ write: Batch.Write, _ row: Int32) -> ContactSnapshot.Text {
    switch write.kind {
    case .setName, .clearName: return snapshot.name(of: row)
    case .setLanguage, .clearLanguage: return snapshot.language(of: row)
    case .setField, .clearField:
      let key = batch.targets[Int(write.target)]
      let number = batch.bytes.withUnsafeBytes { snapshot.inventory.number(ofField: $0.text(key)) }
      return snapshot.value(of: number, in: row)
    default: return .none
    }
  }

  /// Whether a field has the value already; if not, it has it now.
  private mutating func setField(
    _ key: UnsafeRawBufferPointer, to value: UnsafeRawBufferPointer, of row: Int32
  ) -> Bool {
    let number = snapshot.inventory.number(ofField: key)
    let known = snapshot.value(of: number, in: row)
    if value.count == 0, known.length == 0 { return true }
    if snapshot.isSame(known, value) { return true }
    let isSameTime =
      snapshot.inventory.fields[Int(number)].type == "datetime"
      && snapshot.withBytes(of: known) { WrittenTime.areSameInstant($0, value) }
    if !isSameTime { snapshot.setField(number, to: value, of: row) }
    return isSameTime
  }

  private mutating func settleEnd(_ step: Int, _ row: Int32) {
    let effects = steps[step].effects
    guard !effects.isDisjoint(with: [.blocks, .deletes]) else { return }
    for index in writeRange(step) {
      switch writes[index].kind {
      case .blockContact:
        if snapshot.status(of: row) == .blocked {
          drops[drop(index, of: step)] = true
          continue
        }
        // The server's flaw leaves some of three or more: they are emptied before.
        emptiesGroups =
          profile.blockLeavesGroups && snapshot.groups(of: row).count >= 3
          && snapshot.knowsGroups(of: row)
        if emptiesGroups { settlements[settlements.count - 1].groupCount = 0 }
        snapshot.setStatus(.blocked, of: row)
        snapshot.setGroups([], of: row)
      case .deleteContact: snapshot.delete(row)
      default: break
      }
    }
  }
}

extension ContactSnapshot {
  /// Whether all of a contact's static groups are known, and nothing else is among them.
  func knowsGroups(of row: Int32) -> Bool {
    inventory.isKnown && !areGroupsUnknown(row)
      && groups(of: row).allSatisfy { inventory.isStatic($0) }
  }

  func row(ofExactURN text: TextRange, in batch: borrowing Batch) -> Int32 {
    batch.bytes.withUnsafeBytes { row(ofExactURN: $0.text(text)) }
  }

  func owns(_ row: Int32, _ text: TextRange, in batch: borrowing Batch) -> Bool {
    batch.bytes.withUnsafeBytes { owns(row, $0.text(text)) }
  }
}

extension UnsafeRawBufferPointer {
  static var empty: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

  /// A text of a batch.
  func text(_ range: TextRange) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      rebasing: self[Int(range.offset)..<Int(range.offset) + Int(range.length)])
  }
}
