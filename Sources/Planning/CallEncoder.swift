package import Engine

/// Prints calls in the form of `docs/calls.md`, one line each.
package struct CallEncoder: Sendable {
  /// The `"rule":…,"at":…` of all rules, one behind the other, and where each begins.
  private let provenance: [UInt8]
  private let provenanceStarts: [Int]

  package init(program: Program) { self.init(provenance: program.provenance) }

  /// An encoder for rules whose `"rule":…,"at":…` is given.
  package init(provenance texts: [[UInt8]]) {
    var starts = [0]
    for text in texts { starts.append(starts[starts.count - 1] + text.count) }
    provenance = Array(texts.joined())
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
    var writer = LineWriter()
    var reasons: [UInt64] = []
    batch.bytes.withUnsafeBytes { texts in
      provenance.withUnsafeBufferPointer { provenance in
        let starts = provenanceStarts
        var line = CallLine(
          table: table, batch: copy batch, texts: texts, provenance: provenance,
          provenanceStarts: starts)
        for row in rows {
          line.write(row, into: &writer, &reasons)
          if writer.count > flushLimit { writer.flush(into: &output) }
        }
      }
    }
    writer.flush(into: &output)
  }
}
