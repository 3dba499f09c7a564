import Contacts
import Engine

/// What the URN writes of one part come to: the edit that turns the old list into the new one.
///
/// The new list is `first`, then the old one without `removed` and `first`, then those of `added`
/// that it lacks.
struct URNEdit {
  struct Entry: BitwiseCopyable {
    /// In the part's writes.
    var index: Int
    var sequence: Int32
  }

  /// The latest preferred comes first.
  private(set) var first: [Entry] = []
  private(set) var added: [Entry] = []
  private(set) var removed: [Entry] = []
  /// Whether the list is replaced as a whole.
  private(set) var replaces = false
  /// The write that replaces it, in the part's writes.
  private(set) var opening: Int?
  private(set) var movingEvent: Int32 = -1
  private var keyIsGone = false
  private var removesVariant = false

  /// Reads a part's URN writes, a range of all.
  mutating func read(
    _ range: Range<Int>, of all: [Batch.Write], _ part: Batch.Part, in batch: Batch
  ) {
    reset(replaces: part.replacesURNs)
    let writes = all[range]
    if replaces {
      opening = writes.lastIndex { $0.kind == .replaceURNs }.map { $0 - writes.startIndex }
    }
    let floor = opening.map { writes[writes.startIndex + $0].sequence } ?? -1
    if let opening { movingEvent = writes[writes.startIndex + opening].event }
    for (index, write) in writes.enumerated() where write.sequence >= floor {
      read(write, at: index, floor: floor, among: all, of: part, in: batch)
    }
    if first.count > 1 { first.sort { $0.sequence > $1.sequence } }
    if added.count > 1 { added.sort { $0.sequence < $1.sequence } }
  }

  private mutating func reset(replaces: Bool) {
    if !first.isEmpty { first.removeAll(keepingCapacity: true) }
    if !added.isEmpty { added.removeAll(keepingCapacity: true) }
    if !removed.isEmpty { removed.removeAll(keepingCapacity: true) }
    self.replaces = replaces
    opening = nil
    movingEvent = -1
    keyIsGone = replaces
    removesVariant = false
  }

  private mutating func read(
    _ write: Batch.Write, at index: Int, floor: Int32, among all: [Batch.Write],
    of part: Batch.Part, in batch: Batch
  ) {
    guard write.target >= 0 else { return }
    let urn = batch.targets[Int(write.target)]
    switch write.kind {
    case .removeURN:
      removed.append(Entry(index: index, sequence: write.sequence))
      noteRemoval(of: urn, write, part, batch)
    case .preferURN:
      first.append(Entry(index: index, sequence: write.sequence))
      keep(urn, part, batch)
    case .addURN:
      let past = past(of: write, floor: floor, among: all)
      if past.isPreferred {
        first.append(Entry(index: index, sequence: past.sequence))
      } else {
        added.append(Entry(index: index, sequence: past.sequence))
        if past.comesAfterRemoval, !replaces {
          removed.append(Entry(index: index, sequence: past.sequence))
        }
      }
      keep(urn, part, batch)
    default: break
    }
  }

  /// What an added URN was before: adding again what is there already changes nothing, so the
  /// oldest of the last adds counts.
  private func past(
    of write: Batch.Write, floor: Int32, among all: [Batch.Write]
  ) -> (sequence: Int32, isPreferred: Bool, comesAfterRemoval: Bool) {
    var oldest = write
    while oldest.previous >= 0 {
      let before = all[Int(oldest.previous)]
      guard before.sequence > floor else { break }
      if before.kind == .preferURN { return (before.sequence, true, false) }
      if before.kind == .removeURN { return (oldest.sequence, false, true) }
      guard before.kind == .addURN else { break }
      oldest = before
    }
    return (oldest.sequence, false, write.comesAfterRemoval)
  }

  private mutating func noteRemoval(
    of urn: TextRange, _ write: Batch.Write, _ part: Batch.Part, _ batch: Batch
  ) {
    guard !part.isUUID, !replaces else { return }
    if batch.isSame(urn, part.key) {
      keyIsGone = true
      movingEvent = write.event
    } else if batch.isOtherSpelling(urn, of: part.key) {
      removesVariant = true
      movingEvent = Swift.max(movingEvent, write.event)
    }
  }

  private mutating func keep(_ urn: TextRange, _ part: Batch.Part, _ batch: Batch) {
    if replaces, batch.isSame(urn, part.key) { keyIsGone = false }
  }

  /// Whether the part's key may no longer name the contact once the edit is done.
  ///
  /// Where it also finds the other ninth-digit spelling, removing that one takes it away too.
  func movesKey(_ profile: APIProfile) -> Bool {
    keyIsGone || (removesVariant && profile.verifiesNinthDigit)
  }
}

extension Batch {
  /// Whether two texts are the same bytes.
  func isSame(_ one: TextRange, _ other: TextRange) -> Bool {
    one == other || (one.length == other.length && text(one).elementsEqual(text(other)))
  }

  /// Whether the server tries a URN where it finds nobody under `key`.
  fileprivate func isOtherSpelling(_ urn: TextRange, of key: TextRange) -> Bool {
    var other: [UInt8] = []
    return Array(text(key)).withUnsafeBytes { NinthDigit.appendOtherSpelling(of: $0, to: &other) }
      && text(urn).elementsEqual(other)
  }
}
