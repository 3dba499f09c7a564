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
  package init(provenance texts: [[UInt8]]) {
    var starts = [0]
    var openings: [UInt8] = []
    for text in texts {
      openings.append(UInt8(ascii: "{"))
      openings += text
      openings += CallLine.eventKey
      starts.append(openings.count)
    }
    provenance = openings + [UInt8](repeating: 0, count: LineWriter.blockLength)
    provenanceStarts = starts
  }

  /// Appends every call of a batch; calls are numbered from one within it.
  package mutating func encode(
    _ table: CallTable, of batch: borrowing Batch, into output: inout [UInt8]
  ) {
    encode(0..<table.count, of: table, batch, into: &output)
  }

  /// Appends some calls of a batch: ranges may be printed side by side and joined in order.
  package func encode(
    _ rows: Range<Int>, of table: CallTable, _ batch: borrowing Batch,
    into output: inout [UInt8]
  ) {
    let flushLimit = 1 << 15
    let start = output.count
    var writer = LineWriter()
    var reasons: [UInt64] = []
    batch.bytes.withUnsafeBytes { texts in
      provenance.withUnsafeBufferPointer { provenance in
        let starts = provenanceStarts
        var line = CallLine(
          table: table, batch: copy batch, texts: texts, provenance: provenance,
          provenanceStarts: starts)
        for row in rows {
          line.prefetch(ahead: row, until: rows.upperBound)
          line.write(row, into: &writer, &reasons)
          guard writer.count > flushLimit else { continue }
          if output.count == start {
            // The rest is about as long, line by line, if these lines are like the others.
            let estimate = writer.count / (row + 1 - rows.lowerBound) * rows.count * 9 / 8
            output.reserveLarge(max(output.capacity, start + min(estimate, 64 << 20)))
          }
          writer.flush(into: &output)
        }
      }
    }
    writer.flush(into: &output)
  }
}
