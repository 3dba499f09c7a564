/// Cuts a list that is sorted by a time into pages, with the links of Django REST framework.
struct Pager {
  struct Page {
    var rows: [Int] = []
    var next: PageCursor?
    var previous: PageCursor?
  }

  var cursor: PageCursor?
  /// How the list is sorted when it is read forwards.
  var direction: OrderedIndex.Direction
  var size: Int

  /// Collects one page of what `walk` visits in a direction, from behind a time on.
  func page(
    _ walk: (OrderedIndex.Direction, Int64?, (OrderedIndex.Key) -> Bool) -> Void
  ) -> Page {
    let isReverse = cursor?.isReverse ?? false
    var skipped = 0
    let offset = cursor?.offset ?? 0
    var keys: [OrderedIndex.Key] = []
    walk(isReverse ? direction.opposite : direction, cursor?.position?.microseconds) { key in
      if skipped < offset {
        skipped += 1
        return true
      }
      keys.append(key)
      return keys.count <= size
    }
    let following = keys.count > size ? keys[size].time : nil
    if following != nil { keys.removeLast() }
    if isReverse { keys.reverse() }
    return links(keys, following: following, isReverse: isReverse)
  }

  private func links(
    _ keys: [OrderedIndex.Key], following: Int64?, isReverse: Bool
  ) -> Page {
    let position = cursor?.position?.microseconds
    let isInside = position != nil || (cursor?.offset ?? 0) > 0
    let hasNext = isReverse ? isInside : following != nil
    let hasPrevious = isReverse ? following != nil : isInside
    let next = isReverse ? position : following
    let previous = isReverse ? following : position
    var page = Page(rows: keys.map { Int($0.row) })
    if hasNext {
      page.next = link(
        .next, keys.reversed().map(\.time), towards: hasNext ? next : nil,
        other: hasPrevious ? previous : nil, isAtEnd: !hasPrevious)
    }
    if hasPrevious {
      page.previous = link(
        .previous, keys.map(\.time), towards: hasPrevious ? previous : nil,
        other: hasNext ? next : nil, isAtEnd: !hasNext)
    }
    return page
  }

  private enum Link { case next, previous }

  /// A cursor that leads on from a page.
  ///
  /// A position marks a place only where its neighbour has another; rows of equal times are counted.
  ///
  /// The times begin at the end of the page that the link leads on from, `towards` is the position
  /// behind that end and `other` the one behind the other end, where nothing may lie.
  private func link(
    _ link: Link, _ times: [Int64], towards: Int64?, other: Int64?, isAtEnd: Bool
  ) -> PageCursor {
    let isReverse = link == .previous
    let turnsAround = cursor.map { $0.isReverse != isReverse } ?? false
    guard let first = times.first else {
      return cursor(offset: 0, isReverse, towards)
    }
    var compared = turnsAround && cursor?.offset != 0 ? first : towards
    var offset = 0
    for time in times {
      if time != compared { return cursor(offset: offset, isReverse, time) }
      compared = time
      offset += 1
    }
    if isAtEnd { return cursor(offset: size, isReverse, nil) }
    if turnsAround { return cursor(offset: 0, isReverse, other) }
    return cursor(offset: (cursor?.offset ?? 0) + size, isReverse, other)
  }

  private func cursor(offset: Int, _ isReverse: Bool, _ position: Int64?) -> PageCursor {
    PageCursor(
      offset: offset, isReverse: isReverse, position: position.map(Timestamp.init(microseconds:)))
  }
}

extension OrderedIndex.Direction {
  var opposite: OrderedIndex.Direction {
    switch self {
    case .ascending: .descending
    case .descending: .ascending
    }
  }
}

extension Pager.Page {
  /// Writes the page with its links as the answer to a call.
  func written(for call: Call, _ write: (Int, inout JSONWriter) -> Void) -> Outcome {
    .written { writer in
      writer.beginObject()
      writer.member("next", next.map { address(of: $0, for: call) })
      writer.member("previous", previous.map { address(of: $0, for: call) })
      writer.key("results")
      writer.beginList()
      for row in rows { write(row, &writer) }
      writer.endList()
      writer.endObject()
    }
  }

  /// The call's own address with another cursor, its parameters sorted.
  private func address(of cursor: PageCursor, for call: Call) -> [UInt8] {
    var values = call.query.pairs.filter { $0.key != Array("cursor".utf8) }
    values.append((Array("cursor".utf8), cursor.text))
    let sorted = values.enumerated().sorted { left, right in
      left.element.key == right.element.key
        ? left.offset < right.offset
        : left.element.key.lexicographicallyPrecedes(right.element.key)
    }
    let query = sorted.map { pair in
      QueryValues.encoded(pair.element.key) + [UInt8(ascii: "=")]
        + QueryValues.encoded(pair.element.value)
    }
    return Array("\(call.origin)\(call.route.path)?".utf8)
      + query.joined(separator: [UInt8(ascii: "&")])
  }
}
