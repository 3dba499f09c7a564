import CEL
import Contacts
import Diagnostics
import Engine
import Functions
import Knowledge
import Planning
import Rulesets

/// Windows of events, ready to be run through the stages.
struct Workload {
  static let windowCount = 4
  static let eventCount = 1_000
  static let ruleCount = 250
  private static let chunkCount = 4

  private let chunks: [Chunk]
  /// Rule files, each with ``ruleCount`` rules more than the one before.
  private let files: [SourceText]
  private let unheard: Engine.Program
  private let unfulfilled: Engine.Program
  private let firing: Engine.Program

  init() throws {
    let events = SampleEvents(contactCount: 800)
    let perChunk = Self.eventCount / Self.chunkCount
    chunks = (0..<Self.windowCount * Self.chunkCount).map { chunk in
      Chunk((chunk * perChunk..<(chunk + 1) * perChunk).map { events.event($0) })
    }
    files = (1...Self.windowCount).map { SampleRules.file(ruleCount: $0 * Self.ruleCount) }
    unheard = try SampleRules.unheard()
    unfulfilled = try SampleRules.unfulfilled()
    firing = try SampleRules.firing()
  }

  /// Bytes of an event in the mean.
  var eventLength: Int {
    chunks.reduce(0) { $0 + $1.byteCount } / (Self.windowCount * Self.eventCount)
  }

  /// Runs a stage and those before it; the bytes of calls, where they are printed.
  func run(_ stage: Stage, windows: Int) throws -> Int {
    let chunks = chunks[..<(windows * Self.chunkCount)]
    switch stage {
    case .start: _ = try SampleRules.program(files[windows - 1])
    case .lexer: check(times: windows)
    case .parse: try parse(chunks)
    case .slots: evaluate(chunks, by: unheard)
    case .predicates: evaluate(chunks, by: unfulfilled)
    case .render: evaluate(chunks, by: firing)
    case .merge, .plan, .encode: return merge(chunks, upTo: stage)
    }
    return 0
  }

  private func check(times: Int) {
    var environment = Environment(profile: .regra)
    environment.add(RegraFunctions.all)
    environment.declare("event", as: .dynamic)
    for _ in 0..<times {
      for text in SampleRules.expressions {
        let issues = Expression.parse(text).expression?.check(in: environment).issues
        precondition(issues?.isEmpty == true, "an expression is wrong: \(text)")
      }
    }
  }

  private func parse(_ chunks: ArraySlice<Chunk>) throws {
    let parser = JSONParser(byteLimit: 1 << 20)
    for chunk in chunks { try chunk.forEach { _ = try parser.parse($0) } }
  }

  private func evaluate(_ chunks: ArraySlice<Chunk>, by program: Engine.Program) {
    var evaluator = Evaluator(program, byteLimit: 1 << 20)
    var log = Log()
    for chunk in chunks {
      chunk.evaluate(&evaluator, into: &log)
      log.reset()
    }
  }

  private func merge(_ chunks: ArraySlice<Chunk>, upTo stage: Stage) -> Int {
    var evaluator = Evaluator(firing, byteLimit: 1 << 20)
    var merger = Merger(firing, mode: .window, sources: ["events"])
    let encoder = CallEncoder(program: firing)
    var log = Log()
    var output: [UInt8] = []
    var byteCount = 0
    for (number, chunk) in chunks.enumerated() {
      chunk.evaluate(&evaluator, into: &log)
      merger.apply(log)
      log.reset()
      guard number % Self.chunkCount == Self.chunkCount - 1 else { continue }
      var batch = merger.closeWindow()
      guard stage != .merge else { continue }
      let table = Planner.plan(
        &batch, PlanningWishes(profile: .weni), knowing: &merger.snapshot)
      guard stage == .encode else { continue }
      output.removeAll(keepingCapacity: true)
      encoder.encode(table, of: batch, into: &output)
      byteCount += output.count
    }
    return byteCount
  }
}

/// Some events as the engine reads them, with readable bytes behind.
struct Chunk {
  private var bytes: [UInt8] = []
  private var records: [Record] = []

  var byteCount: Int { bytes.count }

  init(_ events: [String]) {
    for event in events {
      records.append(
        Record(
          offset: UInt32(bytes.count), length: UInt32(event.utf8.count),
          line: UInt64(records.count + 1)))
      bytes += Array("\(event)\n".utf8)
    }
    bytes += [UInt8](repeating: 0, count: JSONParser.padding)
  }

  func evaluate(_ evaluator: inout Evaluator, into log: inout Log) {
    bytes.withUnsafeBytes {
      evaluator.evaluate(
        UnsafeRawBufferPointer(rebasing: $0.dropLast(JSONParser.padding)), records, source: 0,
        now: 0, into: &log)
    }
  }

  func forEach(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    try bytes.withUnsafeBytes { bytes in
      for record in records {
        let start = Int(record.offset)
        try body(UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(record.length)]))
      }
    }
  }
}
