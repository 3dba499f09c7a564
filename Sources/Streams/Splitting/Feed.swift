internal import Glibc

/// The bytes of one source that are not split yet, in a block that is filled as needed.
struct Feed: ~Copyable {
  /// Whether the cutter's records are ranges of the feed's own block.
  enum Ownership { case records, text }

  var cutter: ChunkCutter
  /// Why there are no more bytes; absent while there may be.
  private(set) var ending: ReadOutcome?
  /// Bytes of the source that were passed over.
  private(set) var consumed = 0
  /// Where reading of the source began.
  private var firstOffset = 0
  private var isInflated = false
  private var source: any ByteSource
  private var block: Block
  private var ownership = Ownership.records
  private var start = 0
  private var end = 0
  private let pool: BlockPool
  /// Bytes of the sources before this one.
  private var earlierBytes = 0

  init(cutter: consuming ChunkCutter, source: any ByteSource, pool: BlockPool) {
    block = cutter.block
    self.cutter = cutter
    self.source = source
    self.pool = pool
  }

  /// Begins the next source, behind the records of the ones before.
  mutating func begin(_ source: any ByteSource, at position: SourcePosition) {
    cutter.flush()
    earlierBytes += self.source.bytesRead
    self.source = source
    cutter.begin(at: position)
    block = pool.take()
    cutter.block = block
    ownership = .records
    ending = nil
    consumed = 0
    firstOffset = position.byteOffset
    isInflated = false
    start = 0
    end = 0
  }

  /// Where the first byte at hand stands in the source; nothing where nobody could go there.
  var sourceOffset: Int? { isInflated ? nil : firstOffset + consumed }

  /// Bytes at hand.
  var available: Int { end - start }

  /// The first byte at hand.
  var bytes: UnsafePointer<UInt8> { UnsafePointer(block.base + start) }

  /// Where the first byte at hand stands in the block.
  var offset: Int { start }

  /// Passes over bytes at hand.
  mutating func advance(_ count: Int) {
    start += count
    consumed += count
  }

  /// Reads on, keeping the bytes at hand; `false` where nothing follows.
  mutating func more() -> Bool {
    guard ending == nil else { return false }
    if end == block.capacity { makeRoom() }
    let room = UnsafeMutableRawBufferPointer(
      start: block.base + end, count: block.capacity - end)
    while true {
      let outcome = source.read(into: room, until: cutter.deadline)
      switch outcome {
      case .bytes(let count):
        end += count
        cutter.bytesRead = earlierBytes + source.bytesRead
        return true
      case .paused: cutter.closeWindow()
      case .end, .stopped, .failed, .damaged:
        ending = outcome
        return false
      }
    }
  }

  /// Reads until there are so many bytes, if the source has them.
  mutating func ensure(_ count: Int) -> Bool {
    while available < count {
      guard more() else { return false }
    }
    return true
  }

  /// Takes the bytes at hand for the beginning of gzip data.
  mutating func inflate() {
    isInflated = true
    source = InflatedSource(source, behind: UnsafeRawBufferPointer(start: bytes, count: available))
    start = 0
    end = 0
    if case .end? = ending { ending = nil }
  }

  /// Lets the cutter collect records in a block of their own.
  mutating func separateRecords() {
    ownership = .text
    cutter.flush()
    cutter.block = pool.take()
  }

  private mutating func makeRoom() {
    let kept = available
    let room = kept * 2 > pool.byteCount ? kept * 2 + 64 : 0
    if ownership == .text, room <= block.capacity, start > 0 {
      memmove(block.base, block.base + start, kept)
    } else {
      if ownership == .records { cutter.flush() }
      let larger = pool.take(atLeast: room)
      memcpy(larger.base, block.base + start, kept)
      block = larger
      if ownership == .records { cutter.block = larger }
    }
    start = 0
    end = kept
  }

  /// Sends what is collected and ends the open window.
  mutating func finish() { cutter.closeWindow(endsInput: true) }
}
