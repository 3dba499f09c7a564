/// A few things made from texts, kept until others push them out in turn.
struct RecentlyUsed<Thing> {
  private struct Entry {
    var text: [UInt8]
    /// Absent where nothing can be made of the text.
    var thing: Thing?
  }

  private let limit: Int
  private var entries: [Entry] = []
  private var next = 0

  init(limit: Int) { self.limit = limit }

  /// The thing made from a text, now or before; absent if none can be made.
  mutating func thing(
    for text: UnsafeRawBufferPointer, make: (UnsafeRawBufferPointer) -> Thing?
  ) -> Thing? {
    for entry in entries where entry.text.count == text.count {
      if entry.text.withUnsafeBytes({ areEqual($0, text) }) { return entry.thing }
    }
    let entry = Entry(text: Array(text), thing: make(text))
    if entries.count < limit {
      entries.append(entry)
    } else {
      entries[next] = entry
      next = (next + 1) % limit
    }
    return entry.thing
  }
}
