import Contacts
import Diagnostics
import Engine
import Foundation
import Planning
import Rulesets

/// Takes events through the stages of a run on one thread, and prints what each of them costs.
///
///     swift run -c release pipeline-figures RULES.yaml EVENTS.ndjson [ROUNDS [evaluate]]
///
/// With `evaluate` nothing is merged: events are parsed, rules found and their writes rendered. The file is in memory before the clock starts, a line is an event, and a window has 100,000 of them.
@main
enum PipelineFigures {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let rules = arguments.first, let events = arguments.dropFirst().first else {
      print("usage: pipeline-figures RULES.yaml EVENTS.ndjson [ROUNDS [evaluate]]")
      exit(64)
    }
    let rounds = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 3
    let source = SourceText(
      path: rules, contents: try String(contentsOfFile: rules, encoding: .utf8))
    let checked = Ruleset.check([source], profile: .weni)
    guard let ruleset = checked.ruleset else {
      print("the rules are wrong: \(checked.diagnostics)")
      exit(1)
    }
    let program = Program(ruleset, profile: .weni)
    let lines = try Lines(Data(contentsOf: URL(fileURLWithPath: events)))
    var best = StagedRun(program)
    for round in 0..<rounds {
      var run = StagedRun(program)
      run.take(lines, onlyEvaluates: arguments.last == "evaluate")
      if round == 0 || run.total < best.total { best = run }
    }
    best.show(eventCount: lines.count)
  }
}

/// The lines of a file, in chunks of about a mebibyte.
struct Lines {
  /// With room for the parser to read beyond the last one.
  let bytes: UnsafeRawBufferPointer
  private(set) var chunks: [(start: Int, end: Int, records: [Record])] = []
  private(set) var count = 0

  init(_ data: Data) {
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: data.count + 64)
    bytes = UnsafeRawBufferPointer(start: room, count: data.count + 64)
    data.copyBytes(to: room, count: data.count)
    var start = 0
    var records: [Record] = []
    var next = 0
    while next < data.count {
      let newline = memchr(room + next, 10, data.count - next)
      let end = newline.map { UnsafeRawPointer($0) - UnsafeRawPointer(room) } ?? data.count
      count += 1
      if end > next {
        records.append(
          Record(offset: UInt32(next - start), length: UInt32(end - next), line: UInt64(count)))
      }
      next = end + 1
      if next - start >= 1 << 20 || next >= data.count || count % 100_000 == 0 {
        chunks.append((start, min(next, data.count), records))
        start = next
        records = []
      }
    }
  }
}

/// One pass of all events through all stages, with what each took.
struct StagedRun {
  private let program: Program
  private var evaluating = 0.0
  private var merging = 0.0
  private var planning = 0.0
  private var encoding = 0.0
  private var callCount = 0
  private var byteCount = 0
  /// Of all calls: two builds that print the same number printed the same bytes.
  private var checksum: UInt64 = 0xCBF2_9CE4_8422_2325

  init(_ program: Program) { self.program = program }

  var total: Double { evaluating + merging + planning + encoding }

  mutating func take(_ lines: Lines, onlyEvaluates: Bool) {
    var evaluator = Evaluator(program, byteLimit: 16 << 20)
    var merger = Merger(program, mode: .window, sources: ["events"])
    let encoder = CallEncoder(program: program)
    var planner = WindowPlanner(
      program, WindowPlanner.Wishes(), beginningWith: merger, contactCount: nil, startedAt: 0)
    var log = Log()
    var output: [UInt8] = []
    var eventCount = 0
    for (index, chunk) in lines.chunks.enumerated() {
      let clock = Clock()
      let text = UnsafeRawBufferPointer(rebasing: lines.bytes[chunk.start..<chunk.end])
      evaluator.evaluate(text, chunk.records, source: 0, now: 0, into: &log)
      let evaluated = clock.seconds
      if !onlyEvaluates { merger.apply(log) }
      log.reset()
      eventCount += chunk.records.count
      evaluating += evaluated
      merging += clock.seconds - evaluated
      let isLast = index == lines.chunks.count - 1
      guard eventCount >= 100_000 || isLast else { continue }
      eventCount = 0
      let closing = Clock()
      var window = planner.closeWindow(of: &merger, at: 0, isLast: isLast)
      let planned = closing.seconds
      output.removeAll(keepingCapacity: true)
      encoder.encode(window.table, of: window.batch, into: &output)
      planning += planned
      encoding += closing.seconds - planned
      callCount += window.table.count
      byteCount += output.count
      planner.takeBack(&window, for: &merger)
      for byte in output { checksum = (checksum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
  }

  func show(eventCount: Int) {
    let stages = [
      ("evaluate", evaluating), ("merge", merging), ("plan", planning), ("encode", encoding),
      ("all", total),
    ]
    for (name, seconds) in stages {
      print(name, Int(seconds * 1e9 / Double(eventCount)), "ns an event")
    }
    print(eventCount, "events,", callCount, "calls,", byteCount, "bytes, checksum", checksum)
  }
}

/// Seconds of this thread's processor since it was made.
struct Clock {
  private let start = Clock.now

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  var seconds: Double { Clock.now - start }
}
