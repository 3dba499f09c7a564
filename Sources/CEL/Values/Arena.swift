/// Memory that is given out piece by piece and taken back all at once; addresses stay.
struct Arena: ~Copyable {
  private struct Chunk {
    var start: UnsafeMutableRawPointer
    var byteCount: Int
  }

  private static let chunkSize = 64 << 10
  /// What `reset` keeps for the next use.
  private static let keptLimit = 4 << 20

  private var chunks: [Chunk] = []
  private var current = 0
  private var offset = 0

  init() {}

  deinit { for chunk in chunks { chunk.start.deallocate() } }

  /// Room for some bytes, aligned for any value.
  @inline(__always)
  mutating func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    if current < chunks.count, offset + byteCount <= chunks[current].byteCount {
      let address = chunks[current].start + offset
      offset = (offset + byteCount + 15) & ~15
      return address
    }
    return allocateInNextChunk(byteCount)
  }

  @inline(never)
  private mutating func allocateInNextChunk(_ byteCount: Int) -> UnsafeMutableRawPointer {
    var next = chunks.isEmpty ? 0 : current + 1
    while next < chunks.count, chunks[next].byteCount < byteCount { next += 1 }
    if next == chunks.count {
      let size = max(byteCount, Arena.chunkSize)
      let start = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      chunks.append(Chunk(start: start, byteCount: size))
    }
    current = next
    offset = (byteCount + 15) & ~15
    return chunks[current].start
  }

  /// Gives back the unused end of the piece given out last.
  mutating func shrinkLast(from byteCount: Int, to used: Int) {
    let given = (byteCount + 15) & ~15
    guard offset >= given else { return }
    offset -= given - ((used + 15) & ~15)
  }

  mutating func reset() {
    current = 0
    offset = 0
    guard chunks.count > 1, chunks.reduce(0, { $0 + $1.byteCount }) > Arena.keptLimit else {
      return
    }
    for chunk in chunks.dropFirst() { chunk.start.deallocate() }
    chunks.removeLast(chunks.count - 1)
  }
}
