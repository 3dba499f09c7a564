import Testing

@testable import Knowledge

@Suite("Spreading a table that grew")
struct SpreadingTests {
  /// A table of hashes, 0 where a place is empty, filled by linear probing.
  private struct Table {
    var places: [UInt64]

    func place(of hash: UInt64) -> Int {
      let mask = places.count - 1
      var place = Int(truncatingIfNeeded: hash) & mask
      while places[place] != 0, places[place] != hash { place = (place + 1) & mask }
      return place
    }

    mutating func insert(_ hash: UInt64) { places[place(of: hash)] = hash }

    mutating func grow() {
      places += [UInt64](repeating: 0, count: places.count)
      places.withUnsafeMutableBufferPointer {
        spread($0, leaving: 0, isEmpty: { $0 == 0 }, home: { $0 })
      }
    }
  }

  @Test("every entry is found, and none twice", arguments: 1...400)
  func growth(seed: UInt64) {
    var table = Table(places: Array(repeating: 0, count: 8))
    var state = seed
    var hashes: [UInt64] = []
    for _ in 0..<(100 + seed % 60) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Few homes, many of them at the end, so that searches are long and go round it.
      let home: UInt64 = state >> 62 == 0 ? (state >> 40) & 0xFF : 0xFC + (state >> 40) & 3
      hashes.append(UInt64(hashes.count + 1) << 32 | home)
      table.insert(hashes[hashes.count - 1])
      if hashes.count * 3 >= table.places.count * 2 { table.grow() }
    }
    #expect(hashes.allSatisfy { table.places[table.place(of: $0)] == $0 })
    #expect(table.places.filter { $0 != 0 }.count == hashes.count)
  }
}
