import Simulator

/// Contacts that two servers have in the end, side by side.
///
/// Who was there before is the same by uuid. Who was made has a uuid that says nothing: two are the same
/// where they share a URN, or where nothing else tells them apart.
struct ContactPairs {
  struct Pair {
    var old: ContactRecord?
    var new: ContactRecord?

    /// What people know it by: a URN that both have, or its own.
    var name: String {
      let shared = (old?.urns ?? []).filter { new?.urns.contains($0) ?? false }
      return shared.min() ?? (old ?? new)?.urns.first ?? (old ?? new)?.uuid ?? ""
    }
  }

  private(set) var pairs: [Pair] = []

  init(old: [ContactRecord], new: [ContactRecord], start: [ContactRecord]) {
    let (before, after) = (Self.byUUID(old), Self.byUUID(new))
    for record in start {
      let pair = Pair(old: before[record.uuid], new: after[record.uuid])
      if pair.old != nil || pair.new != nil { pairs.append(pair) }
    }
    let known = Set(start.map(\.uuid))
    addMade(old.filter { !known.contains($0.uuid) }, new.filter { !known.contains($0.uuid) })
  }

  private static func byUUID(_ records: [ContactRecord]) -> [String: ContactRecord] {
    Dictionary(records.map { ($0.uuid, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func addMade(_ old: [ContactRecord], _ new: [ContactRecord]) {
    let (oldByURN, newByURN) = (Self.byURN(old), Self.byURN(new))
    var (oldLeft, newLeft) = (Set(old.indices), Set(new.indices))
    func take(_ left: Int, _ right: Int) {
      oldLeft.remove(left)
      newLeft.remove(right)
      pairs.append(Pair(old: old[left], new: new[right]))
    }
    for urn in oldByURN.keys.sorted() {
      guard let left = oldByURN[urn], let right = newByURN[urn], oldLeft.contains(left),
        newLeft.contains(right)
      else { continue }
      take(left, right)
    }
    var alike = Dictionary(grouping: newLeft.sorted()) { new[$0].bare }
    for left in oldLeft.sorted() {
      guard let right = alike[old[left].bare]?.popLast() else { continue }
      take(left, right)
    }
    pairs += oldLeft.sorted().map { Pair(old: old[$0], new: nil) }
    pairs += newLeft.sorted().map { Pair(old: nil, new: new[$0]) }
  }

  private static func byURN(_ records: [ContactRecord]) -> [String: Int] {
    Dictionary(
      records.enumerated().flatMap { index, record in record.urns.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
  }
}

extension ContactRecord {
  /// What it is, in an order that says nothing.
  fileprivate var bare: ContactRecord {
    var bare = self
    bare.uuid = ""
    bare.groups.sort()
    bare.fields.sort { $0.key < $1.key }
    return bare
  }
}
