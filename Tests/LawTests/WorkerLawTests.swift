import Contacts
import Diagnostics
import Engine
import Foundation
import Knowledge
import Planning
import RandomNumbers
import Rulesets
import Streams
import Testing

@Suite("The law of workers")
struct WorkerLawTests {
  @Test("calls, firings and counts are the same at any number of workers")
  func law() async throws {
    var sizes = StreamSizes()
    try await forEachScene(workerSeedCount) { scene, seed in
      let block = [256, 1_000, 4_096][Int(seed % 3)]
      let alone = try scene.outcome(workers: 1, blockByteCount: block)
      for workers in [1, 2, 3, 8] {
        let outcome = try scene.outcome(workers: workers, blockByteCount: block)
        #expect(outcome.differences(from: alone) == [], "seed \(seed), \(workers) workers")
      }
      let whole = try scene.outcome(workers: 2, blockByteCount: 1 << 20)
      let differences = whole.differences(from: alone).subtracting(alone.partsOfBlocks)
      #expect(differences == [], "seed \(seed), one block")
      sizes.add(alone.report)
    }
    #expect(sizes.areWorthwhile, "\(sizes)")
  }

  @Test("who goes away in the middle of a window ends the run with what was written")
  func closedOutput() async throws {
    var closedCount = 0
    try await forEachScene(20) { scene, seed in
      let whole = try scene.outcome(workers: 1, blockByteCount: 512)
      for workers in [1, 2, 3] {
        let sink = ClosingSink(taking: 2)
        let report = try scene.report(workers: workers, blockByteCount: 512, into: sink)
        #expect(whole.calls.starts(with: sink.calls), "seed \(seed), \(workers) workers")
        if sink.isClosed {
          #expect(report.ending == .outputClosed, "seed \(seed), \(workers) workers")
          if workers > 1, sink.isWithinBatch { closedCount += 1 }
        } else {
          #expect(sink.calls == whole.calls, "seed \(seed), \(workers) workers")
        }
      }
    }
    #expect(closedCount > 10, "\(closedCount) of 40")
  }

  /// Makes streams in a folder that is gone afterwards.
  private func forEachScene(_ count: Int, _ body: (WorkerScene, UInt64) throws -> Void) async throws
  {
    let run = try CaseRun()
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "regra-workers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      run.remove()
      try? FileManager.default.removeItem(at: folder)
    }
    for seed in firstLawSeed..<firstLawSeed + UInt64(count) {
      try body(try await WorkerScene(HostileStream(seed: seed), in: folder, seed: seed, run), seed)
    }
  }
}

/// Takes some pieces and goes away.
private final class ClosingSink: PieceSink {
  private(set) var calls: [UInt8] = []
  private(set) var isClosed = false
  /// Whether what it did not take is of the batch that it took some of.
  private(set) var isWithinBatch = false
  private var batch = -1
  private var pieceCount: Int

  init(taking pieceCount: Int) { self.pieceCount = pieceCount }

  func write(_ calls: [UInt8], batch: Int) throws(SinkFailure) {
    guard pieceCount > 0 else {
      isClosed = true
      isWithinBatch = batch == self.batch
      throw .closed
    }
    self.batch = batch
    pieceCount -= 1
    self.calls += calls
  }

  func write(piece: UnsafeRawBufferPointer, batch: Int) throws(SinkFailure) {
    try write(Array(piece), batch: batch)
  }
}

/// What must not depend on how many threads there are.
private struct Outcome {
  enum Part: CaseIterable { case calls, firings, report }

  var calls: [UInt8]
  var firings: [UInt8]
  /// Without the time it took.
  var report: RunReport

  func differences(from other: Outcome) -> Set<Part> {
    Set(
      Part.allCases.filter { part in
        switch part {
        case .calls: calls != other.calls
        case .firings: firings != other.firings
        case .report: "\(report)" != "\(other.report)"
        }
      })
  }

  /// What the size of blocks may change: where windows end that take too much memory, and how much of
  /// the window with a bad line was read.
  var partsOfBlocks: [Part] {
    if report.earlyWindowCount > 0 { return Part.allCases }
    return report.ending == .badLine ? [.firings, .report] : []
  }
}

/// How much the streams ask for: those that ask for nothing come to the same at any number of workers.
private struct StreamSizes: CustomStringConvertible {
  private var streams = 0
  private var calls = 0
  private var batches = 0
  private var endings: Set<RunEnding> = []
  private var earlyWindows = 0
  private var counts: [String: Int] = [:]

  mutating func add(_ report: RunReport) {
    streams += 1
    calls += report.calls.total
    batches += report.batchCount
    if case .guardExceeded = report.ending {
      endings.insert(.guardExceeded(""))
    } else {
      endings.insert(report.ending)
    }
    earlyWindows += report.earlyWindowCount
    let statistics = report.statistics
    for (name, count) in [
      ("matched", statistics.matchedCount), ("repeats", statistics.repeats),
      ("changed repeats", statistics.changedRepeats), ("out of order", statistics.outOfOrder),
      ("problems", report.problemCount), ("set aside", statistics.setAsideCount),
      ("overwritten", statistics.overwrittenCount), ("notes", statistics.noteCount),
      ("repeated keys", statistics.repeatedKeyCount),
    ] { counts[name, default: 0] += count }
  }

  var areWorthwhile: Bool {
    // A few streams need not meet everything that is rare.
    calls > 20 * streams && batches > 5 * streams && counts.values.allSatisfy { $0 > 0 }
      && (streams < 50 || endings.count == 3 && earlyWindows > 0)
  }

  var description: String {
    "\(streams) streams, \(calls) calls in \(batches) batches, \(endings), "
      + "\(earlyWindows) early windows, \(counts.sorted { $0.key < $1.key })"
  }
}

/// One stream, ready to be run several times.
private struct WorkerScene {
  private let program: Program
  private let snapshot: ContactSnapshot?
  private let inputs: [Input]
  private let options: RunOptions
  private let trace: URL

  init(
    _ stream: HostileStream, in folder: URL, seed: UInt64, _ run: CaseRun
  ) async throws {
    let texts = stream.example.ruleTexts + [stream.readingRules]
    let profile = APIProfile(stream.example.dialect)
    let (ruleset, diagnostics) = Ruleset.check(
      texts.enumerated().map { SourceText(path: "rules/\($0).yaml", contents: $1) },
      profile: profile)
    program = Program(
      try #require(ruleset, "seed \(seed): \(diagnostics.map(\.message))\n\(texts.joined())"),
      profile: profile)
    snapshot = try await run.snapshot(of: stream.example)
    trace = folder.appending(path: "firings")
    inputs = try stream.sources.enumerated().map { number, bytes in
      let path = folder.appending(path: "\(number).ndjson")
      try Data(bytes).write(to: path)
      return Input(.file(path.path), path: "\(number).ndjson", byteCount: bytes.count)
    }
    var random = SplitMix(state: seed)
    options = RunOptions(
      window: WindowLimits(eventCount: stream.example.window),
      merge: random.chance(8) ? .off : .window,
      urnMoves: random.chance(2) ? .allowed : .refused,
      strictness: random.chance(8) ? .strict : .lenient,
      byteLimit: random.chance(4) ? 4_000 : 16 << 20, clock: .fixed(CaseRun.now),
      memoryLimit: random.chance(4) ? 2_000 : 256 << 20)
  }

  /// Runs the stream; what is encoded at a time is as small as a block.
  func report(workers: Int, blockByteCount: Int, into sink: any Sink) throws -> RunReport {
    var options = options
    options.workerCount = workers
    options.blockByteCount = blockByteCount
    options.pieceByteCount = blockByteCount
    let outlets = RunOutlets(sink: sink, trace: try OutputFile(path: trace.path))
    var report = Pipeline.run(
      program, over: inputs, options: options, into: outlets, knowing: snapshot)
    report.nanoseconds = 0
    return report
  }

  func outcome(workers: Int, blockByteCount: Int) throws -> Outcome {
    let sink = MemorySink()
    let report = try report(workers: workers, blockByteCount: blockByteCount, into: sink)
    return Outcome(
      calls: sink.calls, firings: Array(try Data(contentsOf: trace)), report: report)
  }
}
