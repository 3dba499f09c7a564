package import Engine

/// A piece of one source, cut between records: what a worker evaluates at a time.
package struct Chunk: Sendable {
  package var block: Block
  package var records: [Record]
  /// How far its source was read.
  package var position: SourcePosition
  /// The rules in force in this window; absent where there are none.
  var edition: LiveProgram.Edition?
  /// The run's clock for this window, nanoseconds since 1970.
  package var now: Int64
  /// Whether the window ends behind these records.
  package var endsWindow: Bool
  /// Whether nothing comes behind it.
  package var endsInput: Bool
  /// What could not be made a record, in order of lines.
  package var problems: [InputProblem]
  /// Bytes of the sources read so far, before decompression.
  package var bytesRead: Int

  /// Index in the run's list of inputs.
  package var source: Int32 { position.source }
}
