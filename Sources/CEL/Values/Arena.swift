/// Memory that is given out piece by piece and taken back all at once; addresses stay.
///
/// It holds nothing but addresses and numbers: a noncopyable struct that has both a `deinit` and
/// counted references is destroyed wrongly by the optimiser of Swift 6.3.
struct Arena: ~Copyable {
  /// The head of a chunk; its bytes follow.
  // Safety: the arena alone owns its chunks and frees each once, in `reset` or `deinit`.
  private struct Chunk: BitwiseCopyable {
    var next: UnsafeMutablePointer<Chunk>?
    var byteCount: Int

    static func allocate(_ byteCount: Int) -> UnsafeMutablePointer<Chunk> {
      let chunk = UnsafeMutableRawPointer.allocate(
        byteCount: headSize + byteCount, alignment: 16
      ).bindMemory(to: Chunk.self, capacity: 1)
      chunk.initialize(to: Chunk(next: nil, byteCount: byteCount))
      return chunk
    }
  }

  /// A chunk's head, rounded up to the alignment of any value.
  private static let headSize = 16
  private static let chunkSize = 64 << 10
  /// What `reset` keeps for the next use.
  private static let keptLimit = 4 << 20

  private var first: UnsafeMutablePointer<Chunk>?
  private var current: UnsafeMutablePointer<Chunk>?
  private var offset = 0

  init() {}

  deinit { Arena.free(from: first) }

  /// Room for some bytes, aligned for any value.
  @inline(__always)
  mutating func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    if let current, offset + byteCount <= current.pointee.byteCount {
      let address = UnsafeMutableRawPointer(current) + Arena.headSize + offset
      offset = (offset + byteCount + 15) & ~15
      return address
    }
    return allocateInNextChunk(byteCount)
  }

  @inline(never)
  private mutating func allocateInNextChunk(_ byteCount: Int) -> UnsafeMutableRawPointer {
    var last = current
    var next = current.map { $0.pointee.next } ?? first
    while let chunk = next, chunk.pointee.byteCount < byteCount {
      last = chunk
      next = chunk.pointee.next
    }
    let chunk = next ?? Chunk.allocate(max(byteCount, Arena.chunkSize))
    if next == nil {
      if let last { last.pointee.next = chunk } else { first = chunk }
    }
    current = chunk
    offset = (byteCount + 15) & ~15
    return UnsafeMutableRawPointer(chunk) + Arena.headSize
  }

  /// Gives back the unused end of the piece given out last.
  mutating func shrinkLast(from byteCount: Int, to used: Int) {
    let given = (byteCount + 15) & ~15
    guard offset >= given else { return }
    offset -= given - ((used + 15) & ~15)
  }

  /// The size of all chunks.
  var heldByteCount: Int {
    var total = 0
    var next = first
    while let chunk = next {
      total += chunk.pointee.byteCount
      next = chunk.pointee.next
    }
    return total
  }

  /// Takes every piece back; keeps the memory if it is not large.
  mutating func reset() {
    current = first
    offset = 0
    guard let first, first.pointee.next != nil else { return }
    guard heldByteCount > Arena.keptLimit else { return }
    Arena.free(from: first.pointee.next)
    first.pointee.next = nil
  }

  private static func free(from first: UnsafeMutablePointer<Chunk>?) {
    var next = first
    while let chunk = next {
      next = chunk.pointee.next
      UnsafeMutableRawPointer(chunk).deallocate()
    }
  }
}
