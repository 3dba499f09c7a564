internal import Engine
internal import Glibc

/// Reads sources one after the other and cuts them into chunks.
struct InputReader: ~Copyable {
  /// Why reading ended.
  enum Ending: Equatable {
    case complete
    /// The run was told to stop.
    case stopped
    case failed(FileFailure)
  }

  private var feed: Feed
  private let pool: BlockPool
  private let byteLimit: Int
  private let records: RecordKind
  private let stop: StopSignal
  /// Sources without any record, by index.
  private(set) var emptySources: [Int] = []

  init(
    limits: WindowLimits, byteLimit: Int, records: RecordKind = .objects, clock: RunClock,
    rules: LiveProgram? = nil, stop: StopSignal, pool: BlockPool,
    deliver: @escaping (Chunk) -> Void
  ) {
    self.byteLimit = byteLimit
    self.records = records
    self.stop = stop
    self.pool = pool
    let cutter = ChunkCutter(
      limits: limits, clock: clock, rules: rules, block: pool.take(), deliver: deliver)
    feed = Feed(cutter: cutter, source: NothingSource(), pool: pool)
  }

  /// Reads all sources; the open window ends with them.
  ///
  /// Sources that an earlier run has read are read on where it left them.
  mutating func read(
    _ inputs: [Input], from positions: [SourcePosition] = [], spool: Spool? = nil
  ) -> Ending {
    for (index, input) in inputs.enumerated() {
      let position =
        positions.first { $0.source == index } ?? SourcePosition(source: Int32(index))
      let source: any ByteSource
      switch input.place {
      case .standardInput:
        let live = DescriptorSource(descriptor: STDIN_FILENO, stop: stop)
        source = spool.map { SpooledSource(live, in: $0, from: position.byteOffset) } ?? live
      case .file(let path):
        do throws(SystemFailure) {
          source = try DescriptorSource(path: path, stop: stop, from: position.byteOffset)
        } catch {
          feed.finish()
          return .failed(FileFailure(path: input.path, error))
        }
      }
      switch split(source, at: position) {
      case .complete: continue
      case .stopped: return end(.stopped)
      case .failed(let failure):
        return end(.failed(FileFailure(path: input.path, cause: failure.cause)))
      }
    }
    return end(.complete)
  }

  /// Splits one source; a path in a failure is not known here.
  mutating func split(_ source: any ByteSource, at position: SourcePosition) -> Ending {
    feed.begin(source, at: position)
    let lastLine = splitContent(at: position)
    switch feed.ending {
    case .stopped?: return .stopped
    case .failed(let code)?: return .failed(FileFailure(path: "", SystemFailure(code: code)))
    case .damaged(let cause)?:
      feed.cutter.report(line: lastLine, cause)
      return .complete
    case .end?, .bytes?, .paused?, nil: return .complete
    }
  }

  /// Splits by content; the line that the source ends in.
  private mutating func splitContent(at position: SourcePosition) -> UInt64 {
    // Only JSON can be read on from a place within.
    let content: Content =
      position.byteOffset > 0
      ? .json(line: position.line) : Content.recognise(&feed, records: records)
    switch content {
    case .json(let line):
      var splitter = JSONSplitter(byteLimit: byteLimit, line: line, records: records)
      // How the source writes its records was seen at the first one.
      if position.byteOffset > 0 { splitter.layout = position.isByLine ? .lines : .values }
      splitter.split(&feed)
      return splitter.line
    case .csv(let line):
      var splitter = CSVSplitter(byteLimit: byteLimit, line: line, pool: pool)
      splitter.split(&feed)
      return splitter.line
    case .empty:
      if feed.ending == .end { emptySources.append(Int(position.source)) }
      return 1
    case .refused(let reason):
      feed.cutter.report(line: 1, reason)
      return 1
    }
  }

  private mutating func end(_ ending: Ending) -> Ending {
    feed.finish()
    return ending
  }
}

/// The source before the first one.
private final class NothingSource: ByteSource {
  var bytesRead: Int { 0 }

  func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Int64?) -> ReadOutcome {
    .end
  }
}
