/// Turns libyaml's positions, which count Unicode scalars after a byte order mark, into byte offsets.
struct ScalarOffsets {
  /// The byte offset of each scalar and of the end; empty where all are ASCII.
  private let starts: [Int32]
  private let base: Int
  private let end: Int

  init(_ bytes: [UInt8]) {
    base = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    end = bytes.count
    let rest = bytes[base...]
    if rest.allSatisfy({ $0 < 0x80 }) {
      starts = []
    } else {
      starts = rest.indices.filter { bytes[$0] & 0xC0 != 0x80 }.map { Int32($0) } + [Int32(end)]
    }
  }

  subscript(index: Int) -> Int {
    if starts.isEmpty { return min(base + index, end) }
    return index < starts.count ? Int(starts[index]) : end
  }
}

let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
