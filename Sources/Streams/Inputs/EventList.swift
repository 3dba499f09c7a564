package import Engine

/// All events of one file, whatever its form, read as a whole.
package struct EventList: Sendable {
  package struct Event: Sendable {
    /// The line its first byte stands in, from one.
    package var line: UInt64
    package var text: [UInt8]
  }

  package private(set) var events: [Event] = []
  /// What could not be made an event.
  package private(set) var problems: [InputProblem] = []

  /// Reads a file; `byteLimit` is the longest event.
  package init(readingFrom path: String, byteLimit: Int = 16 << 20) throws(FileFailure) {
    let input = Input(.file(path), path: path, byteCount: nil)
    var events: [Event] = []
    var problems: [InputProblem] = []
    var reader = InputReader(
      limits: .files, byteLimit: byteLimit, clock: .fixed(0), stop: StopSignal(),
      pool: BlockPool(byteCount: 1 << 20),
      deliver: { chunk in
        let bytes = chunk.block.bytes(chunk.block.capacity)
        events += chunk.records.map { record in
          let start = Int(record.offset)
          return Event(
            line: record.line, text: Array(bytes[start..<start + Int(record.length)]))
        }
        problems += chunk.problems
      })
    let ending = reader.read([input])
    if case .failed(let failure) = ending { throw failure }
    self.events = events
    self.problems = problems
  }
}
