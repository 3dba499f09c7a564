package import Engine

/// Reads events for whoever wants to look at each, in no particular order, on several threads.
package enum RecordReading {
  /// How reading ended.
  package struct Report: Sendable {
    package var ending = RunEnding.complete
    /// Indices of inputs that hold nothing.
    package var emptyInputs: [Int] = []
  }

  /// A piece of the input: texts of events with readable padding behind, and what is none.
  package struct Piece {
    private let chunk: Chunk

    init(_ chunk: Chunk) { self.chunk = chunk }

    /// Index in the list of inputs.
    package var source: Int32 { chunk.source }
    /// The clock when it was read, nanoseconds since 1970.
    package var now: Int64 { chunk.now }
    package var problems: [InputProblem] { chunk.problems }
    /// Whether a window ends behind it.
    package var endsWindow: Bool { chunk.endsWindow }
    /// Whether nothing comes behind it.
    package var endsInput: Bool { chunk.endsInput }

    /// Calls `body` with all texts, and where each event stands in them.
    package func withRecords(_ body: (UnsafeRawBufferPointer, [Record]) -> Void) {
      body(chunk.block.bytes(chunk.block.capacity), chunk.records)
    }

    /// Calls `body` with each event and its line.
    package func forEach(_ body: (UnsafeRawBufferPointer, UInt64) -> Void) {
      let bytes = chunk.block.bytes(chunk.block.capacity)
      for record in chunk.records {
        let start = Int(record.offset)
        body(
          UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(record.length)]), record.line)
      }
    }
  }

  /// Reads all inputs; each thread runs `work`, which takes pieces until there are no more.
  package static func run(
    over inputs: [Input], options: RunOptions, stop: StopSignal = StopSignal(),
    progress: (any ProgressView)? = nil, work: @escaping @Sendable (() -> Piece?) -> Void
  ) -> Report {
    let workerCount = max(1, options.workerCount)
    let pool = BlockPool(byteCount: options.blockByteCount)
    let ring = Ring<Chunk>(capacity: 2 * workerCount + 2)
    let crew = Crew {
      var last: Chunk?
      work {
        if var chunk = last.take() { pool.recycle(&chunk) }
        last = ring.take()?.element
        return last.map { Piece($0) }
      }
    }
    crew.start(workerCount)
    let report = read(
      inputs, options: options, stop: stop, progress: progress, pool: pool, into: ring)
    crew.join()
    progress?.clear()
    return report
  }

  /// Reads all inputs into a ring, and closes it.
  static func read(
    _ inputs: [Input], options: RunOptions, stop: StopSignal, progress: (any ProgressView)?,
    pool: BlockPool, into ring: Ring<Chunk>
  ) -> Report {
    var eventCount = 0
    var reader = InputReader(
      limits: options.limits(for: inputs), byteLimit: options.byteLimit, clock: options.clock,
      stop: stop, pool: pool,
      deliver: { chunk in
        eventCount += chunk.records.count
        progress?.show(byteCount: chunk.bytesRead, eventCount: eventCount)
        ring.put(chunk)
      })
    let ending = reader.read(inputs)
    ring.close()
    var report = Report()
    report.emptyInputs = reader.emptySources
    switch ending {
    case .complete: break
    case .stopped: report.ending = .interrupted(stop.signal)
    case .failed(let failure): report.ending = .inputFailed(failure)
    }
    return report
  }
}
