/// Turns libyaml's positions, which count Unicode scalars after a byte order mark, into byte offsets.
///
/// Positions come nearly in order, so the search goes on from where the last one ended.
struct ScalarOffsets {
  /// A scalar of several bytes: its number, and how many bytes more than scalars there are behind it.
  private struct Wide {
    var number: Int32
    var surplus: Int32
  }

  private let wide: [Wide]
  private let base: Int
  private let end: Int
  /// How far behind the start of the file the bytes begin.
  private let shift: Int
  /// How many of the wide scalars stand before the last position.
  private var place = 0

  init(_ bytes: [UInt8], shift: Int = 0) {
    self.shift = shift
    let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    base = start
    end = bytes.count
    wide = bytes.withUnsafeBufferPointer { Self.wide(in: $0, from: start) }
  }

  private static func wide(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [Wide] {
    var found: [Wide] = []
    var surplus = 0
    var offset = start - 1
    while true {
      offset = skipBlocks(of: bytes, from: offset + 1) { $0 & 0x80 }
      while offset < bytes.count, bytes[offset] & 0xC0 != 0x80 { offset += 1 }
      guard offset < bytes.count else { return found }
      // The first byte behind the leading one ends the number of scalars before.
      let number = Int32(offset - start - surplus - 1)
      surplus += 1
      if let last = found.last, last.number == number {
        found[found.count - 1].surplus = Int32(surplus)
      } else {
        found.append(Wide(number: number, surplus: Int32(surplus)))
      }
    }
  }

  mutating func offset(of scalar: Int) -> Int {
    while place < wide.count, wide[place].number < scalar { place += 1 }
    while place > 0, wide[place - 1].number >= scalar { place -= 1 }
    let surplus = place > 0 ? Int(wide[place - 1].surplus) : 0
    return min(base + scalar + surplus, end) + shift
  }
}

let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
