/// The sets of texts that constant lists are made into.
struct SetTable: ~Copyable {
  /// One set.
  ///
  /// Not private: in a table of a noncopyable struct that makes Swift 6.3 write a broken module.
  struct Row: BitwiseCopyable {
    /// Its texts stand in a row.
    var firstText: Int32
    var textCount: Int32
    /// Where its hash table begins, and the size of that less one; -1 for a short set.
    var firstPlace: Int32
    var mask: Int32
  }

  /// Sets with fewer texts are searched from the front.
  private static let shortLimit = 9

  private var rows = FlatTable<Row>()
  private var texts = FlatTable<Value>()
  /// Numbers of texts within their set, -1 where free.
  private var places = FlatTable<Int32>()

  init() {}

  /// Adds a set of texts in the program's memory and returns its number.
  mutating func append(_ added: [Value]) -> Int {
    var row = Row(
      firstText: Int32(texts.count), textCount: Int32(added.count),
      firstPlace: Int32(places.count), mask: -1)
    for text in added { texts.append(text) }
    if added.count >= SetTable.shortLimit {
      var capacity = 16
      while capacity < added.count * 2 { capacity *= 2 }
      row.mask = Int32(capacity - 1)
      for place in SetTable.placed(added, capacity) { places.append(place) }
    }
    rows.append(row)
    return rows.count - 1
  }

  private static func placed(_ texts: [Value], _ capacity: Int) -> [Int32] {
    var places = [Int32](repeating: -1, count: capacity)
    for (index, text) in texts.enumerated() {
      var place = Int(truncatingIfNeeded: hash(of: text.bytes)) & (capacity - 1)
      while places[place] >= 0 { place = (place + 1) & (capacity - 1) }
      places[place] = Int32(index)
    }
    return places
  }

  mutating func append(contentsOf other: borrowing SetTable) {
    rows.append(contentsOf: other.rows)
    texts.append(contentsOf: other.texts)
    places.append(contentsOf: other.places)
  }

  /// Whether a text is in a set.
  func contains(_ text: Value, in number: Int) -> Bool {
    let row = rows.start[number]
    let members = texts.start + Int(row.firstText)
    guard row.mask >= 0 else {
      for index in 0..<Int(row.textCount) where areEqual(members[index].bytes, text.bytes) {
        return true
      }
      return false
    }
    let table = places.start + Int(row.firstPlace)
    let mask = Int(row.mask)
    var place = Int(truncatingIfNeeded: hash(of: text.bytes)) & mask
    while table[place] >= 0 {
      if areEqual(members[Int(table[place])].bytes, text.bytes) { return true }
      place = (place + 1) & mask
    }
    return false
  }
}
