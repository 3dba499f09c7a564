/// Numbers by names, found by the bytes of the name without making a text of it.
struct NameTable: Sendable {
  private struct Entry: BitwiseCopyable {
    var start: Int
    var count: Int
    /// -1 once the name was taken out.
    var number: Int32
  }

  private var table = RowTable()
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []

  /// The number of a name, or -1.
  func find(_ name: UnsafeRawBufferPointer) -> Int32 {
    let entry = entry(of: name, RowTable.hash(name))
    return entry < 0 ? -1 : entries[Int(entry)].number
  }

  private func entry(of name: UnsafeRawBufferPointer, _ hash: UInt64) -> Int32 {
    table.find(hash) { isName(name, at: $0) }
  }

  private func isName(_ name: UnsafeRawBufferPointer, at entry: Int32) -> Bool {
    let entry = entries[Int(entry)]
    return bytes.withUnsafeBytes {
      areEqual(
        UnsafeRawBufferPointer(rebasing: $0[entry.start..<entry.start + entry.count]), name)
    }
  }

  /// Whether the name that was the `number`th to come has this number; a quick guess for names
  /// that are numbered as they come.
  func isName(_ name: UnsafeRawBufferPointer, of number: Int32) -> Bool {
    number < entries.count && entries[Int(number)].number == number && isName(name, at: number)
  }

  /// Gives a name its number, or takes it out with -1.
  mutating func set(_ name: UnsafeRawBufferPointer, to number: Int32) {
    let hash = RowTable.hash(name)
    let known = entry(of: name, hash)
    if known >= 0 { return entries[Int(known)].number = number }
    guard number >= 0 else { return }
    entries.append(Entry(start: bytes.count, count: name.count, number: number))
    bytes.append(contentsOf: name)
    table.insert(hash, Int32(entries.count - 1))
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
