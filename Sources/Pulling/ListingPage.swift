package import CEL

/// One page of a listing.
///
/// It leads to the next by a cursor alone: the address that the server gives is not followed, as
/// the token belongs to the server that was named.
package struct ListingPage<Item> {
  package var items: [Item]
  /// Where the next page begins; absent on the last.
  package var cursor: String?

  /// Reads a page; nothing where the document is none, or an item of it is not what it should be.
  package init?(_ document: Document, item: (Value) -> Item?) {
    let root = document.root
    guard let results = document.member("results", of: root), results.tag == .list,
      let next = document.member("next", of: root)
    else { return nil }
    switch next.tag {
    case .null: cursor = nil
    case .text:
      guard let cursor = Self.cursor(in: String(decoding: next.bytes, as: UTF8.self)) else {
        return nil
      }
      self.cursor = cursor
    case .missing, .bool, .int, .uint, .double, .bytes, .list, .map, .timestamp, .duration, .type,
      .optional, .unknown:
      return nil
    }
    items = []
    items.reserveCapacity(Int(results.length))
    for value in document.elements(of: results) {
      guard let item = item(value) else { return nil }
      items.append(item)
    }
  }

  /// The cursor of an address, still percent-encoded.
  private static func cursor(in address: String) -> String? {
    guard let query = address.split(separator: "?", maxSplits: 1).dropFirst().first else {
      return nil
    }
    for pair in query.split(separator: "&") where pair.hasPrefix("cursor=") {
      let cursor = pair.dropFirst("cursor=".count)
      let isPlain = cursor.utf8.allSatisfy {
        $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "\"")
      }
      return cursor.isEmpty || !isPlain ? nil : String(cursor)
    }
    return nil
  }
}
