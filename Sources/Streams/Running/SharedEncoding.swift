internal import Engine
internal import Planning

/// Encodes the calls of windows, together with workers that have nothing else to do.
struct SharedEncoding: Sendable {
  let queue: Monitor<MergeQueue>
  let workerCount: Int
  let pieceByteCount: Int

  /// About as long as a piece takes.
  private static let lookCount = 200

  /// Hands out the lines of all calls of a batch, in order and some at a time, as long as they are taken.
  func encode(
    _ table: CallTable, of batch: borrowing Batch, by encoder: CallEncoder,
    take: (UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    let pieces = workerCount > 1 ? table.pieces(ofBytes: pieceByteCount) : []
    guard pieces.count > 2 else {
      return encoder.encode(0..<table.count, of: table, batch, take: take)
    }
    queue.update { [batch = copy batch] in
      $0.encoding.begin(
        EncodingQueue.Source(encoder, table, batch), pieces, ofBytes: pieceByteCount)
    }
    var written: LineBuffer?
    while true {
      let (lines, isWritten) = change({ $0.wantsHelp }) { encoding in
        if let written { encoding.giveBack(written) }
        return (encoding.takeLines(), encoding.isWritten)
      }
      written = lines
      if let lines {
        guard lines.withLines(take) else { break }
      } else if isWritten {
        break
      } else if !encodePiece() {
        queue.update(when: { $0.encoding.hasLines }, lookingAgain: Self.lookCount) { _ in }
      }
    }
    queue.update { $0.encoding.close() }
    queue.update(when: { $0.encoding.isIdle }, lookingAgain: Self.lookCount) { $0.encoding.end() }
  }

  /// Encodes pieces of a window that another thread closes, until all are taken.
  func help() {
    while queue.update(
      when: { $0.encoding.hasWork || $0.encoding.isTaken }, lookingAgain: Self.lookCount,
      waking: { _ in false }, { $0.encoding.hasWork })
    {
      encodePiece()
    }
  }

  /// Encodes a piece, if one may be taken.
  @discardableResult
  private func encodePiece() -> Bool {
    var piece = change({ $0.isTaken }) { $0.take() }
    guard piece != nil else { return false }
    piece?.encode()
    change({ $0.hasLines || $0.isIdle }) { $0.put(&piece) }
    return true
  }

  /// Changes what is encoded, and wakes the others where that is of interest to them.
  private func change<Result>(
    _ concerns: (borrowing EncodingQueue) -> Bool, _ change: (inout EncodingQueue) -> Result
  ) -> Result {
    queue.update(when: { _ in true }, waking: { concerns($0.encoding) }) { change(&$0.encoding) }
  }
}
