import Contacts
import Engine
import Knowledge

/// Contacts that surely do not exist: one POST makes them with all that they get.
///
/// It names no URN in its query. If somebody made the contact meanwhile the server refuses it, so
/// that no list of groups of a contact that nobody looked at is ever replaced.
extension PlanBuilder {
  /// Whether a step makes a contact of which it is known that nobody has its URN, or one that the
  /// step gives it.
  mutating func isMaking(_ step: Int, _ part: Batch.Part) -> Bool {
    guard knowsAll, part.creates, !part.isUUID,
      steps[step].effects.contains(.creating), !steps[step].effects.contains(.deletes)
    else { return false }
    guard isFree(part.key) else { return false }
    for index in writeRange(step) where writes[index].kind.isAboutURNs && writes[index].target >= 0
    {
      guard isFree(batch.targets[Int(writes[index].target)]) else { return false }
    }
    return true
  }

  private mutating func isFree(_ urn: TextRange) -> Bool {
    let bytes = batch.bytes
    return bytes.withUnsafeBytes {
      let text = $0.text(urn)
      return !snapshot.isUncertain(text) && snapshot.row(ofURN: text) < 0
    }
  }

  /// Settles a step that makes its contact, whose row is new.
  ///
  /// - Returns: whether it can be made so: its key must be the first of its URNs, as the sender
  ///   looks for it by the first should somebody have made it.
  mutating func settleMade(_ step: Int, _ part: Batch.Part, _ row: Int32) -> Bool {
    let first = settledURNs.count
    let key = bytes(of: part.key)
    var urns: [Int32] = []
    if steps[step].effects.contains(.urns) {
      edit.read(writeRange(step), of: writes, part, in: batch)
      urns = editedURNs(step, row).map { urn in
        switch urn {
        case .known: batch.appendTarget(key)
        case .target(let target): target
        }
      }
    } else {
      urns = [batch.appendTarget(key)]
    }
    guard let leading = urns.first, bytes(of: batch.targets[Int(leading)]) == key,
      urns.count <= profile.itemLimit
    else { return false }
    settledURNs += urns
    var settlement = Settlement(row: row)
    settlement.isMade = true
    settlement.firstURN = Int32(first)
    settlement.urnCount = Int32(urns.count)
    steps[step].settlement = Int32(settlements.count)
    settlements.append(settlement)
    keepAll(step)
    snapshot.noteMaking(row)
    settleData(step, row)
    settleGroups(step, row)
    keepReason(step)
    dropWrites(step)
    steps[step].effects.formUnion([.creation, .creating, .urns])
    noteMoves(of: urns.map { .target($0) }, step, to: row)
    snapshot.setURNs(urns.map { keep(.target($0)) }, of: row)
    if steps[step].effects.contains(.blocks) {
      snapshot.setStatus(.blocked, of: row)
      snapshot.setGroups([], of: row)
    }
    return true
  }

  /// A contact whose every write is refused is made all the same, for its first write.
  private mutating func keepReason(_ step: Int) {
    for index in writeRange(step) where writes[index].kind == .createContact {
      drops[drop(index, of: step)] = false
    }
    guard !drops.isEmpty, drops.allSatisfy({ $0 }) else { return }
    drops[0] = false
    let first = Int(steps[step].first)
    writes[first].kind = .createContact
    writes[first].target = -1
  }

  private mutating func bytes(of text: TextRange) -> [UInt8] { Array(batch.text(text)) }

  /// The POST that makes the contact, and what must come behind it.
  mutating func postMade(_ step: Int, _ part: Batch.Part) {
    let first = postData(step, Addressee(address: .none), makes: true, list: -1)
    steps[step].isSure = true
    remember(part, answer: first, isSure: true)
  }
}
