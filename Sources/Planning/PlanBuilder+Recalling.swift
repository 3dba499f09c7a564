import Contacts
import Engine
import Knowledge

/// What earlier windows wrote to contacts of which no fresh row tells.
///
/// A contact that a call has surely made, or that is there, keeps what is written to it; a write of
/// the same again goes. Whatever may have changed it otherwise (a deletion, a URN that moved, a new
/// group or field) makes a place forgotten.
extension PlanBuilder {
  /// What stands for data without a target.
  private enum Place {
    static let name: UInt64 = 11
    static let language: UInt64 = 13
  }

  /// What a step to come will ask for.
  struct Foresight: BitwiseCopyable {
    /// The row and the place of its contact.
    var row: Int32 = -1
    var place: UInt64 = 0
  }

  /// So many steps are foreseen at a time.
  static var foresightLength: Int { 48 }

  /// Has what some steps will ask for brought into the cache: everything hangs on the contact's place,
  /// and all places are met cold.
  mutating func foresee(_ steps: Range<Int>) {
    foresights.removeAll()
    guard recalls, batch.workspace.isEmpty else { return }
    for step in steps {
      let part = batch.parts[Int(self.steps[step].part)]
      let row = row(of: part)
      var hash: UInt64 = 0
      let isByKey = row < 0 || self.steps[step].effects.contains(.urns)
      if isByKey { hash = textHash(part.key) }
      let place = row < 0 ? WrittenValues.place(hash) : Self.place(ofRow: row)
      foresights.append(Foresight(row: row, place: place))
      snapshot.written.prefetch(place)
      if self.steps[step].effects.contains(.urns) {
        snapshot.prefetchURN(hash)
        foreseeURNs(step)
      }
    }
    for foresight in foresights.elements { snapshot.written.prefetchContact(foresight.place) }
    for foresight in foresights.elements { snapshot.written.prefetchValues(foresight.place) }
  }

  /// What was foreseen of the step at an index of those; nothing where nobody will ask.
  mutating func foresight(_ index: Int) -> Foresight {
    foresights.isEmpty ? Foresight() : foresights[index]
  }

  private mutating func textHash(_ text: TextRange) -> UInt64 {
    batch.bytes.withUnsafeBytes { WrittenValues.textHash($0.text(text)) }
  }

  private mutating func foreseeURNs(_ step: Int) {
    for index in writeRange(step) where writes[index].kind.isAboutURNs && writes[index].target >= 0
    {
      let urn = batch.targets[Int(writes[index].target)]
      let hash = textHash(urn)
      snapshot.written.prefetch(WrittenValues.place(hash))
      snapshot.prefetchURN(hash)
      let previous = writes[index].previous
      if previous >= 0 {
        writes.withUnsafeBufferPointer { list in
          prefetch(list.baseAddress.map { UnsafeRawPointer($0 + Int(previous)) })
        }
      }
    }
  }

  /// Takes out of some steps what was written before, and notes what they write.
  mutating func recall(_ steps: Range<Int>) {
    var start = steps.lowerBound
    while start < steps.upperBound {
      let end = min(start + Self.foresightLength, steps.upperBound)
      foresee(start..<end)
      for step in start..<end { recall(step, foresight(step - start), movedURNs: false) }
      start = end
    }
  }

  /// Takes out of a step what was written before, and notes what it writes.
  ///
  /// - Parameters:
  ///   - step: the step.
  ///   - foresight: what was foreseen of it.
  ///   - movedURNs: whether the URNs that it gives and takes are forgotten already.
  mutating func recall(_ step: Int, _ foresight: Foresight, movedURNs: Bool) {
    guard recalls, batch.workspace.isEmpty, steps[step].count > 0 else { return }
    let part = batch.parts[Int(steps[step].part)]
    let effects = steps[step].effects
    let row = row(of: part)
    let contact = row == foresight.row ? foresight.place : place(of: part)
    let movesURNs = effects.contains(.urns)
    if movesURNs, !movedURNs { forgetURNs(step, part) }
    // Of a contact with a row the URNs are known; its data stays what it was.
    guard !isShaken(part), !effects.contains(.deletes), !movesURNs || row >= 0
    else { return snapshot.written.forget(contact) }
    var written = snapshot.written.contact(contact)
    let isSure = part.missing == .create && effects.contains(.creating) && !part.isUUID
    let isThere = written.isThere || row >= 0 && snapshot.status(of: row) != .deleted
    guard isSure || isThere else { return }
    // A status decides which groups the server lets a contact join.
    let recallsGroups = effects.isDisjoint(with: [.blocks, .unblocks, .groupsReplaced])
    if !recallsGroups { snapshot.written.forgetValues(&written) }
    recallWrites(step, &written, isThere: isThere, recallsGroups: recallsGroups)
    if steps[step].count > 0 { snapshot.written.keep(&written) }
  }

  private mutating func row(of part: Batch.Part) -> Int32 {
    batch.rows.isEmpty ? -1 : batch.rows[Int(part.contact)]
  }

  private static func place(ofRow row: Int32) -> UInt64 { WrittenValues.combine(UInt64(row), 7) }

  /// What stands for a contact: its row, or the URN or uuid that names it.
  private mutating func place(of part: Batch.Part) -> UInt64 {
    let row = row(of: part)
    guard row < 0 else { return Self.place(ofRow: row) }
    return batch.bytes.withUnsafeBytes { WrittenValues.hash($0.text(part.key)) }
  }

  /// Whether others may be the contact of a part.
  mutating func isUncertain(_ part: Batch.Part) -> Bool {
    !batch.isUncertain.isEmpty && batch.isUncertain[Int(part.contact)]
  }

  /// Whether somebody else may be meant by the key than before.
  private mutating func isShaken(_ part: Batch.Part) -> Bool {
    if isUncertain(part) { return true }
    guard row(of: part) < 0, profile.verifiesNinthDigit, !part.isUUID else { return false }
    // The other spelling may name the same contact: what it was given is no longer sure.
    spelling.removeAll(keepingCapacity: true)
    let hasOther = batch.bytes.withUnsafeBytes {
      NinthDigit.appendOtherSpelling(of: $0.text(part.key), to: &spelling)
    }
    guard hasOther else { return false }
    let place = spelling.withUnsafeBytes { WrittenValues.hash($0) }
    guard snapshot.written.isThere(place) else { return false }
    snapshot.written.forget(place)
    return true
  }

  /// URNs that a step gives or takes may have named others.
  mutating func forgetURNs(_ step: Int, _ part: Batch.Part) {
    forgetURN(part.key)
    for index in writeRange(step) where writes[index].kind.isAboutURNs && writes[index].target >= 0
    {
      forgetURN(batch.targets[Int(writes[index].target)])
    }
  }

  private mutating func forgetURN(_ urn: TextRange) {
    snapshot.written.forget(batch.bytes.withUnsafeBytes { WrittenValues.hash($0.text(urn)) })
  }

  private mutating func recallWrites(
    _ step: Int, _ written: inout WrittenValues.Contact, isThere: Bool, recallsGroups: Bool
  ) {
    var hasDropped = false
    for index in writeRange(step) {
      let write = writes[index]
      var isDropped = false
      switch write.kind {
      case .createContact: isDropped = isThere
      case .addToGroup, .removeFromGroup:
        guard recallsGroups else { continue }
        fallthrough
      default:
        guard let place = place(of: write) else { continue }
        isDropped = snapshot.written.holds(&written, place, value(of: write))
      }
      guard isDropped else { continue }
      if !hasDropped { keepAll(step) }
      drops[drop(index, of: step)] = true
      hasDropped = true
    }
    if hasDropped { dropWrites(step) }
  }

  /// Where a write goes; absent for what is not recalled.
  private mutating func place(of write: Batch.Write) -> UInt64? {
    switch write.kind {
    case .setName, .clearName: Place.name
    case .setLanguage, .clearLanguage: Place.language
    case .setField, .clearField: targetHash(write.target, isGroup: false)
    case .addToGroup, .removeFromGroup: targetHash(write.target, isGroup: true)
    default: nil
    }
  }

  /// What a write makes of its place.
  private mutating func value(of write: Batch.Write) -> UInt64 {
    switch write.kind {
    case .addToGroup: return 2
    case .removeFromGroup: return 3
    case .clearName, .clearLanguage, .clearField: return 5
    default:
      guard write.value.length > 0 else { return 5 }
      return batch.bytes.withUnsafeBytes { WrittenValues.hash($0.text(write.value)) }
    }
  }

  private mutating func targetHash(_ target: Int32, isGroup: Bool) -> UInt64 {
    if Int(target) < targetHashes.count, targetHashes[Int(target)] != 0 {
      return targetHashes[Int(target)]
    }
    while targetHashes.count < batch.targets.count { targetHashes.append(0) }
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
