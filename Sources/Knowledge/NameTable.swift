/// Numbers by names, found by the bytes of the name without making a text of it.
struct NameTable: Sendable {
  private struct Entry: BitwiseCopyable {
    var start: Int
    var count: Int
    /// -1 where the name has none, or none any more.
    var number: Int32
    /// The name that came behind this one last time.
    var next: Int32 = -1
  }

  private var table = RowTable()
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// The name that came first last time.
  private var first: Int32 = -1

  /// The number of a name, or -1.
  func find(_ name: UnsafeRawBufferPointer) -> Int32 {
    let entry = entry(of: name, RowTable.hash(name))
    return entry < 0 ? -1 : entries[Int(entry)].number
  }

  private func entry(of name: UnsafeRawBufferPointer, _ hash: UInt64) -> Int32 {
    var place = table.start(hash)
    while true {
      let entry = table.next(hash, &place)
      if entry < 0 || isName(name, at: entry) { return entry }
    }
  }

  private func isName(_ name: UnsafeRawBufferPointer, at entry: Int32) -> Bool {
    let entry = entries[Int(entry)]
    return bytes.withUnsafeBytes {
      areEqual(
        UnsafeRawBufferPointer(rebasing: $0[entry.start..<entry.start + entry.count]), name)
    }
  }

  /// The place of a name that comes behind another one, or first with -1; a new name gets one.
  ///
  /// Objects of one kind list their names in one order, so that the one which came there last time is
  /// tried first.
  mutating func place(of name: UnsafeRawBufferPointer, after previous: Int32) -> Int32 {
    let guess = previous < 0 ? first : entries[Int(previous)].next
    if guess >= 0, isName(name, at: guess) { return guess }
    let hash = RowTable.hash(name)
    let known = entry(of: name, hash)
    let place = known >= 0 ? known : add(name, hash, -1)
    if previous < 0 { first = place } else { entries[Int(previous)].next = place }
    return place
  }

  /// The number of the name at a place, or -1.
  func number(at place: Int32) -> Int32 { entries[Int(place)].number }

  /// Gives a name its number, or takes it out with -1.
  mutating func set(_ name: UnsafeRawBufferPointer, to number: Int32) {
    let hash = RowTable.hash(name)
    let known = entry(of: name, hash)
    if known >= 0 { return entries[Int(known)].number = number }
    guard number >= 0 else { return }
    _ = add(name, hash, number)
  }

  private mutating func add(
    _ name: UnsafeRawBufferPointer, _ hash: UInt64, _ number: Int32
  ) -> Int32 {
    entries.append(Entry(start: bytes.count, count: name.count, number: number))
    bytes.append(contentsOf: name)
    table.insert(hash, Int32(entries.count - 1))
    return Int32(entries.count - 1)
  }

  func find(_ name: String) -> Int32 {
    var name = name
    return name.withUTF8 { find(UnsafeRawBufferPointer($0)) }
  }

  mutating func set(_ name: String, to number: Int32) {
    var name = name
    name.withUTF8 { set(UnsafeRawBufferPointer($0), to: number) }
  }
}
