internal import CJSON

/// Tables of many contacts are met cold. Who goes through contacts in any order asks some contacts
/// ahead for what it will read: the row first, then the lists it points to, then their texts.
extension ContactSnapshot {
  /// Brings the row into the cache.
  package func prefetchRow(_ row: Int32) {
    guard row >= 0 else { return }
    Self.prefetch(rows, Int(row))
  }

  /// Brings the URNs and the details of a row that is in the cache there too.
  package func prefetchLists(_ row: Int32) {
    guard row >= 0 else { return }
    Self.prefetch(urns, Int(rows[Int(row)].urns.first))
    let place = Int(rows[Int(row)].details)
    guard place >= 0 else { return }
    Self.prefetch(details, place)
    // They may lie on two lines.
    Self.prefetch(details, place + 1)
  }

  /// Brings the texts of a row whose URNs and details are in the cache there too, which were read one behind
  /// the other, and the lists of its details.
  package func prefetchTexts(_ row: Int32) {
    guard row >= 0 else { return }
    let lists = details(of: row)
    Self.prefetch(groups, Int(lists.groups.first))
    Self.prefetch(fields, Int(lists.fields.first))
    // Twelve bytes each: the sixth is on the next line.
    Self.prefetch(fields, Int(lists.fields.first) + 5)
    guard let first = urns(of: row).first else { return }
    for line in 0..<4 { Self.prefetch(bytes, Int(first.offset) + 64 * line) }
  }

  /// Brings the place where the search for a URN begins into the cache.
  package mutating func prefetchURN(_ hash: UInt64) { urnTable.prefetch(hash) }

  /// Brings the row that a URN probably names into the cache, once ``prefetchURN(_:)`` has had its time.
  package mutating func prefetchOwner(_ hash: UInt64) {
    let row = urnTable.peek(hash)
    if row >= 0 { prefetchRow(row) }
  }

  /// Brings the URNs of that row into the cache, once ``prefetchOwner(_:)`` has had its time.
  package mutating func prefetchOwnerURNs(_ hash: UInt64) {
    let row = urnTable.peek(hash)
    if row >= 0 { Self.prefetch(urns, Int(rows[Int(row)].urns.first)) }
  }

  /// Brings the text of the first of them into the cache.
  package mutating func prefetchOwnerText(_ hash: UInt64) {
    let row = urnTable.peek(hash)
    guard row >= 0, rows[Int(row)].urns.count > 0 else { return }
    Self.prefetch(bytes, Int(urns[Int(rows[Int(row)].urns.first)].offset))
  }

  private static func prefetch<Element>(_ list: [Element], _ index: Int) {
    list.withUnsafeBufferPointer { cjson_prefetch($0.baseAddress.map { $0 + index }) }
  }
}
