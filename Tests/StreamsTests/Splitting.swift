import Engine

@testable import Streams

/// Bytes that arrive in pieces of one size, as a source of input.
final class ScriptedSource: ByteSource {
  private let bytes: [UInt8]
  private let pieceByteCount: Int
  private let ending: ReadOutcome
  private(set) var bytesRead = 0

  init(_ bytes: [UInt8], pieces pieceByteCount: Int = .max, ending: ReadOutcome = .end) {
    self.bytes = bytes
    self.pieceByteCount = pieceByteCount
    self.ending = ending
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Int64?) -> ReadOutcome {
    let count = min(pieceByteCount, buffer.count, bytes.count - bytesRead)
    guard count > 0 else { return ending }
    buffer.copyBytes(from: bytes[bytesRead..<bytesRead + count])
    bytesRead += count
    return .bytes(count)
  }
}

/// What splitting one source gave.
struct Splitting: Equatable {
  /// `LINE:TEXT` of each record.
  var records: [String] = []
  /// `LINE:CAUSE` of each problem.
  var problems: [String] = []
  /// How many records each window holds.
  var windows: [Int] = []
  var chunkCount = 0

  init(
    _ text: String, pieces: Int = .max, blocks: Int = 1 << 20, byteLimit: Int = 16 << 20,
    window: Int = 1_000_000, ending: ReadOutcome = .end
  ) {
    self.init(
      Array(text.utf8), pieces: pieces, blocks: blocks, byteLimit: byteLimit, window: window,
      ending: ending)
  }

  init(
    _ bytes: [UInt8], pieces: Int = .max, blocks: Int = 1 << 20, byteLimit: Int = 16 << 20,
    window: Int = 1_000_000, ending: ReadOutcome = .end
  ) {
    let chunks = Collected()
    var reader = InputReader(
      limits: WindowLimits(eventCount: window), byteLimit: byteLimit, clock: .fixed(0),
      stop: StopSignal(), pool: BlockPool(byteCount: blocks), deliver: { chunks.take($0) })
    _ = reader.split(
      ScriptedSource(bytes, pieces: pieces, ending: ending), at: SourcePosition(source: 0))
    _ = reader.read([])
    records = chunks.records
    problems = chunks.problems
    windows = chunks.windows
    chunkCount = chunks.count
  }

  static func == (left: Splitting, right: Splitting) -> Bool {
    left.records == right.records && left.problems == right.problems
      && left.windows == right.windows
  }

  private final class Collected {
    var records: [String] = []
    var problems: [String] = []
    var windows: [Int] = []
    var count = 0
    private var open = 0

    func take(_ chunk: Chunk) {
      count += 1
      for record in chunk.records {
        let bytes = chunk.block.bytes(Int(record.offset) + Int(record.length))
        let text = String(decoding: bytes[Int(record.offset)...], as: UTF8.self)
        records.append("\(record.line):\(text)")
      }
      problems += chunk.problems.map { "\($0.line):\($0.cause)" }
      open += chunk.records.count
      if chunk.endsWindow {
        windows.append(open)
        open = 0
      }
    }
  }
}

/// Numbers that look random and are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
