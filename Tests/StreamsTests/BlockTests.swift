import Testing

@testable import Streams

@Suite("Blocks") struct BlockTests {
  @Test("every length is followed by readable padding", arguments: 0...70)
  func padding(length: Int) {
    let block = Block(capacity: length)
    var bytes = block.base
    for _ in 0..<length {
      bytes.pointee = 0xFF
      bytes += 1
    }
    let behind = UnsafeBufferPointer(start: block.base + length, count: Block.padding)
    #expect(behind.allSatisfy { $0 == 0 })
    #expect(block.bytes(length).count == length)
  }

  @Test("a pool gives its blocks again, and larger ones where asked")
  func pool() {
    let pool = BlockPool(byteCount: 64)
    let first = pool.take()
    pool.giveBack(first)
    #expect(pool.take() === first)
    #expect(pool.take(atLeast: 65).capacity == 65)
  }
}
