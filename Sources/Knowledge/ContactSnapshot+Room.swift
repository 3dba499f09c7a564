/// Tables that grow by doubling touch twice the memory that they need, and a fifth of the time of
/// loading was the kernel's for the pages of their copies. Whoever knows about how many contacts come
/// has room made for them; what turns out not to be needed is never touched.
extension ContactSnapshot {
  /// The most bytes that one table takes in advance, as an estimate may be wrong.
  private static let advanceLimit = 1 << 30

  /// Makes room for so many contacts in all that are like those that are here.
  mutating func makeRoom(forContacts count: Int) {
    guard !rows.isEmpty, count > rows.count else { return }
    let growth = 1.05 * Double(count) / Double(rows.count)
    Self.makeRoom(growth, in: &rows)
    Self.makeRoom(growth, in: &details)
    Self.makeRoom(growth, in: &urns)
    Self.makeRoom(growth, in: &groups)
    Self.makeRoom(growth, in: &fields)
    Self.makeRoom(growth, in: &bytes)
    let limit = Double(Self.advanceLimit / 32)
    uuidTable.makeRoom(for: Int(min(limit, growth * Double(uuidTable.count))))
    urnTable.makeRoom(for: Int(min(limit, growth * Double(urnTable.count))))
  }

  private static func makeRoom<Element: BitwiseCopyable>(
    _ growth: Double, in list: inout [Element]
  ) {
    let limit = Double(advanceLimit / MemoryLayout<Element>.stride)
    list.reserveCapacity(Int(min(limit, growth * Double(list.count))))
    preferLargePages(for: list)
  }
}
