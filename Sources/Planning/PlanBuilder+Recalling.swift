import Contacts
import Engine
import Knowledge

/// What earlier windows wrote to contacts of which no fresh row tells.
///
/// A contact that a call has surely made, or that is there, keeps what is written to it; a write of
/// the same again goes. Whatever may have changed it otherwise (a deletion, a URN that moved, a new
/// group or field) makes a place forgotten.
extension PlanBuilder {
  private enum Life {
    /// Nobody knows whether the contact exists.
    static let unknown: UInt64 = 1
  }

  /// Takes out of a step what was written before, and notes what it writes.
  mutating func recall(_ step: Int) {
    guard recalls, batch.workspace.isEmpty, steps[step].count > 0 else { return }
    let part = batch.parts[Int(steps[step].part)]
    let effects = steps[step].effects
    let contact = place(of: part)
    let movesURNs = effects.contains(.urns)
    if movesURNs { forgetURNs(step, part) }
    // Of a contact with a row the URNs are known; its data stays what it was.
    guard !isShaken(part), !effects.contains(.deletes),
      !movesURNs || row(of: part) >= 0
    else { return snapshot.written.forget(contact) }
    let known = snapshot.written.value(at: contact)
    let isSure = part.missing == .create && effects.contains(.creating) && !part.isUUID
    let isThere = known > Life.unknown || hasLivingRow(part)
    guard isSure || isThere else { return }
    let life = known > Life.unknown ? known : snapshot.written.newLife(of: contact)
    // A status decides which groups the server lets a contact join.
    let recallsGroups = effects.isDisjoint(with: [.blocks, .unblocks, .groupsReplaced])
    let base = recallsGroups ? life : snapshot.written.newLife(of: contact)
    recallWrites(
      step, base, isNew: base != known, isThere: isThere, recallsGroups: recallsGroups)
    guard steps[step].count > 0 else { return }
    snapshot.written.set(contact, to: base)
  }

  private func row(of part: Batch.Part) -> Int32 {
    batch.rows.isEmpty ? -1 : batch.rows[Int(part.contact)]
  }

  private func hasLivingRow(_ part: Batch.Part) -> Bool {
    let row = row(of: part)
    return row >= 0 && snapshot.status(of: row) != .deleted
  }

  /// What stands for a contact: its row, or the URN or uuid that names it.
  private func place(of part: Batch.Part) -> UInt64 {
    let row = row(of: part)
    guard row < 0 else { return WrittenValues.combine(UInt64(row), 7) }
    return batch.bytes.withUnsafeBytes { WrittenValues.hash($0.text(part.key)) }
  }

  /// Whether somebody else may be meant by the key than before.
  private mutating func isShaken(_ part: Batch.Part) -> Bool {
    if !batch.isUncertain.isEmpty, batch.isUncertain[Int(part.contact)] { return true }
    guard row(of: part) < 0, profile.verifiesNinthDigit, !part.isUUID else { return false }
    // The other spelling may name the same contact: what it was given is no longer sure.
    spelling.removeAll(keepingCapacity: true)
    let bytes = batch.bytes
    let hasOther = bytes.withUnsafeBytes {
      NinthDigit.appendOtherSpelling(of: $0.text(part.key), to: &spelling)
    }
    guard hasOther else { return false }
    let place = spelling.withUnsafeBytes { WrittenValues.hash($0) }
    guard snapshot.written.value(at: place) > Life.unknown else { return false }
    snapshot.written.forget(place)
    return true
  }

  /// URNs that a step gives or takes may have named others.
  mutating func forgetURNs(_ step: Int, _ part: Batch.Part) {
    var urns = [part.key]
    for index in writeRange(step) where writes[index].kind.isAboutURNs && writes[index].target >= 0
    {
      urns.append(batch.targets[Int(writes[index].target)])
    }
    for urn in urns {
      let place = batch.bytes.withUnsafeBytes { WrittenValues.hash($0.text(urn)) }
      snapshot.written.forget(place)
    }
  }

  private mutating func recallWrites(
    _ step: Int, _ base: UInt64, isNew: Bool, isThere: Bool, recallsGroups: Bool
  ) {
    keepAll(step)
    var hasDropped = false
    for index in writeRange(step) {
      let write = writes[index]
      if write.kind == .createContact, isThere {
        drops[drop(index, of: step)] = true
        hasDropped = true
      }
      let isGroup = write.kind == .addToGroup || write.kind == .removeFromGroup
      guard let (place, value) = written(write), recallsGroups || !isGroup else { continue }
      let whole = WrittenValues.combine(base, place)
      if !isNew, snapshot.written.value(at: whole) == value {
        drops[drop(index, of: step)] = true
        hasDropped = true
      } else {
        snapshot.written.set(whole, to: value)
      }
    }
    if hasDropped { dropWrites(step) }
  }

  /// Where a write goes, and what it makes of it; absent for what is not recalled.
  private mutating func written(_ write: Batch.Write) -> (place: UInt64, value: UInt64)? {
    switch write.kind {
    case .setName, .clearName: (11, value(of: write))
    case .setLanguage, .clearLanguage: (13, value(of: write))
    case .setField, .clearField: (targetHash(write.target, isGroup: false), value(of: write))
    case .addToGroup: (targetHash(write.target, isGroup: true), 2)
    case .removeFromGroup: (targetHash(write.target, isGroup: true), 3)
    default: nil
    }
  }

  private func value(of write: Batch.Write) -> UInt64 {
    guard write.value.length > 0 else { return 5 }
    return batch.bytes.withUnsafeBytes { WrittenValues.hash($0.text(write.value)) }
  }

  private mutating func targetHash(_ target: Int32, isGroup: Bool) -> UInt64 {
    while targetHashes.count < batch.targets.count { targetHashes.append(0) }
    if targetHashes[Int(target)] != 0 { return targetHashes[Int(target)] }
    var hash: UInt64
    if isGroup, snapshot.inventory.isKnown {
      let number = groupNumbering.number(of: target, in: batch, &snapshot.inventory)
      hash = WrittenValues.combine(UInt64(number), 17)
    } else if isGroup {
      var folded: [UInt8] = []
      batch.bytes.withUnsafeBytes {
        profile.foldGroupName($0.text(batch.targets[Int(target)]), into: &folded)
      }
      hash = WrittenValues.combine(folded.withUnsafeBytes { WrittenValues.hash($0) }, 17)
    } else {
      let key = batch.targets[Int(target)]
      hash = batch.bytes.withUnsafeBytes { WrittenValues.hash($0.text(key)) }
    }
    targetHashes[Int(target)] = hash
    return hash
  }
}
