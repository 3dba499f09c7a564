package import Engine
import Knowledge

/// Prints calls in the form of `docs/calls.md`, one line each.
package struct CallEncoder: Sendable {
  /// The opening of a reason up to its event, `{"rule":…,"at":…,"event":`, of all rules, one behind
  /// the other, with room for a copy in blocks behind the last; and where each begins.
  private let provenance: [UInt8]
  private let provenanceStarts: [Int]

  package init(program: Program) { self.init(provenance: program.provenance) }

  /// An encoder for rules whose `"rule":…,"at":…` is given.
  package init(provenance texts: TextList) {
    var starts = [0]
    var openings: [UInt8] = []
    for index in 0..<texts.count {
      openings.append(UInt8(ascii: "{"))
      openings += texts.utf8(index)
      openings += CallLine.eventKey
      starts.append(openings.count)
    }
    provenance = openings + [UInt8](repeating: 0, count: LineWriter.blockLength)
    provenanceStarts = starts
  }

  /// Appends every call of a batch; calls are numbered from one within it.
  package func encode(
    _ table: CallTable, of batch: borrowing Batch, into output: inout [UInt8]
  ) {
    encode(0..<table.count, of: table, batch, into: &output)
  }

  /// Appends some calls of a batch: ranges may be printed side by side and joined in order.
  package func encode(
    _ rows: Range<Int>, of table: CallTable, _ batch: borrowing Batch,
    into output: inout [UInt8]
  ) {
    encode(rows, of: table, batch) { piece in
      output.makeLargeRoom(for: piece.count)
      output.append(contentsOf: piece)
      return true
    }
  }

  /// Hands out the lines of some calls of a batch, in order and some at a time, as long as they are taken.
  ///
  /// - Parameters:
  ///   - rows: which calls.
  ///   - table: the calls of the batch.
  ///   - batch: what they are made of.
  ///   - take: gets whole lines, which stay where they are until it returns; whether it wants more.
  package func encode(
    _ rows: Range<Int>, of table: CallTable, _ batch: borrowing Batch,
    take: (UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    // What was just written is at hand when it is copied on.
    let flushLimit = 1 << 17
    var writer = LineWriter(capacity: flushLimit + flushLimit / 4)
    let isWanted = write(rows, of: table, batch, into: &writer) { writer in
      writer.count <= flushLimit || writer.flush(take)
    }
    if isWanted { _ = writer.flush(take) }
  }

  /// Prints some calls of a batch into memory that is used again, in the place of what stood there.
  package func encode(
    _ rows: Range<Int>, of table: CallTable, _ batch: borrowing Batch, into buffer: LineBuffer
  ) {
    buffer.writer.clear()
    _ = write(rows, of: table, batch, into: &buffer.writer) { _ in true }
  }

  /// Writes lines until one is the last that is wanted; whether it was none.
  @inline(__always)
  private func write(
    _ rows: Range<Int>, of table: CallTable, _ batch: borrowing Batch,
    into writer: inout LineWriter, wantsMore: (inout LineWriter) -> Bool
  ) -> Bool {
    var reasons: [UInt64] = []
    return batch.bytes.withUnsafeBytes { texts in
      provenance.withUnsafeBufferPointer { provenance in
        let starts = provenanceStarts
        var line = CallLine(
          table: table, batch: copy batch, texts: texts, provenance: provenance,
          provenanceStarts: starts)
        for row in rows {
          line.prefetch(ahead: row, until: rows.upperBound)
          line.write(row, into: &writer, &reasons)
          if !wantsMore(&writer) { return false }
        }
        return true
      }
    }
  }
}

/// Memory for the lines of some calls.
package final class LineBuffer {
  fileprivate var writer: LineWriter
  private let usualByteCount: Int

  /// Room for so many bytes, and half as many more.
  package init(byteCount: Int) {
    usualByteCount = byteCount + byteCount / 2
    writer = LineWriter(capacity: usualByteCount)
  }

  /// Bytes of the lines.
  package var byteCount: Int { writer.count }

  /// Whether lines took more room than they usually do, so that it is not worth keeping.
  package var isLarge: Bool { writer.capacity > usualByteCount }

  /// Lends the lines; they stay until others are printed.
  package func withLines<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    body(writer.lines)
  }
}

extension CallTable {
  /// The rows in pieces of about so many bytes of lines, or of one row.
  package func pieces(ofBytes limit: Int) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var first = 0
    var byteCount = 0
    for number in rows.indices {
      byteCount += 150 + 150 * Int(rows[number].count)
      guard byteCount >= limit else { continue }
      pieces.append(first..<number + 1)
      first = number + 1
      byteCount = 0
    }
    if first < rows.count { pieces.append(first..<rows.count) }
    return pieces
  }
}
