/// Reads events on a thread of its own for somebody who takes them one piece after the other, in their
/// order, and may wait for other things in between.
package final class OrderedReading {
  private let ring: Ring<Chunk>
  private let pool: BlockPool
  private let outcome = Monitor<RecordReading.Report?>(nil)
  private var last: Chunk?

  package init(
    over inputs: [Input], options: RunOptions, stop: StopSignal = StopSignal(),
    progress: (any ProgressView)? = nil
  ) {
    let pool = BlockPool(byteCount: options.blockByteCount)
    let ring = Ring<Chunk>(capacity: 4)
    (self.pool, self.ring) = (pool, ring)
    // Only the thread that reads shows how far it is, until there is nothing left to read.
    nonisolated(unsafe) let progress = progress
    let outcome = outcome
    onOwnThread {
      let report = RecordReading.read(
        inputs, options: options, stop: stop, progress: progress, pool: pool, into: ring)
      outcome.update { $0 = report }
    }
  }

  /// The next piece, which is valid until the one behind it is asked for; nothing behind the last.
  package func next() async -> RecordReading.Piece? {
    if var chunk = last.take() { pool.recycle(&chunk) }
    let ring = ring
    last = await onThread { ring.take()?.element }
    return last.map { RecordReading.Piece($0) }
  }

  /// How reading ended; waits for its end.
  package var report: RecordReading.Report {
    outcome.update(when: { $0 != nil }) { $0 } ?? RecordReading.Report()
  }
}
