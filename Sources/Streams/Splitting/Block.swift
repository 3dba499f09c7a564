internal import Glibc

/// A buffer whose bytes are followed by readable padding, as the JSON parser demands.
package final class Block: Sendable {
  /// Bytes that may be read behind the last one.
  package static let padding = 64

  // Safety: one thread fills a block and hands it over; afterwards it is only read.
  nonisolated(unsafe) package let base: UnsafeMutablePointer<UInt8>
  package let capacity: Int

  package init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity + Block.padding)
    memset(base + capacity, 0, Block.padding)
  }

  deinit { base.deallocate() }

  /// Without any byte.
  static let empty = Block(capacity: 0)

  /// The first bytes of the block.
  package func bytes(_ count: Int) -> UnsafeRawBufferPointer {
    precondition(count <= capacity, "a block holds no more than its capacity")
    return UnsafeRawBufferPointer(start: base, count: count)
  }
}

/// Blocks of one size that are used again, so that reading takes no fresh pages.
final class BlockPool: Sendable {
  let byteCount: Int
  private let free = Monitor<[Block]>([])

  init(byteCount: Int) { self.byteCount = byteCount }

  /// A block of at least this size.
  func take(atLeast count: Int = 0) -> Block {
    guard count <= byteCount else { return Block(capacity: count) }
    return free.update { $0.popLast() } ?? Block(capacity: byteCount)
  }

  /// Keeps a block that nobody uses any more.
  func giveBack(_ block: Block) {
    guard block.capacity == byteCount else { return }
    free.update { $0.append(block) }
  }
}
