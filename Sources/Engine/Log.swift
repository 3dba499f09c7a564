
/// Where one event stands in a chunk of input.
package struct Record: BitwiseCopyable, Sendable {
  /// Byte offset in the chunk.
  package var offset: UInt32
  package var length: UInt32
  /// The line its first byte stands in, from one.
  package var line: UInt64

  package init(offset: UInt32, length: UInt32, line: UInt64) {
    self.offset = offset
    self.length = length
    self.line = line
  }
}

/// A piece of input that cannot be used, and why: reported, counted, set aside.
package struct InputProblem: Sendable, Hashable {
  /// Index of the source in the run's list of inputs.
  package var source: Int32
  package var line: UInt64
  /// A sentence without a full stop, such as `no JSON: the text ends inside an object`.
  package var cause: String

  package init(source: Int32, line: UInt64, cause: String) {
    self.source = source
    self.line = line
    self.cause = cause
  }
}
