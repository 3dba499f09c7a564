/// Evaluates events on one thread: the whole path from bytes to logged mutations.
package struct Evaluator: ~Copyable {
  /// An evaluator with a parser and memory of its own.
  ///
  /// - Parameter byteLimit: the longest event that is read.
  package init(_ program: Program, byteLimit: Int) {}

  /// Evaluates the records of one chunk and appends what they ask for to `log`.
  ///
  /// - Parameters:
  ///   - bytes: the chunk; 64 readable bytes must follow it.
  ///   - source: index in the run's list of inputs.
  ///   - now: the run's clock for this window, nanoseconds since 1970.
  package mutating func evaluate(
    _ bytes: UnsafeRawBufferPointer, _ records: [Record], source: Int32, now: Int64,
    into log: inout Log
  ) {}
}

/// What one chunk of events asks for, in order; merged when its turn comes.
package struct Log: ~Copyable {
  package init() {}

  /// Empties the log for the next chunk; keeps the memory.
  package mutating func reset() {}
}
