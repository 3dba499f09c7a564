import Contacts
import Engine
private import Glibc
import Rulesets
import Samples
import Streams
import Synchronization

/// Events that are read to learn from them, on all cores.
struct SampleReading {
  /// How many bad lines are told; the rest is only counted.
  private static let noticeLimit = 10

  let inputs: [Input]
  var byteLimit = 16 << 20
  var workerCount = SampleReading.coreCount
  var showsProgress = false
  var tellsProblems = true

  static var coreCount: Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  init(_ inputs: [Input]) { self.inputs = inputs }

  /// What the events look like.
  func schema(_ typings: [Typing], stop: StopSignal) throws -> SampleSchema {
    let schema = Mutex(SampleSchema())
    let byteLimit = byteLimit
    try read(stop) { next, note in
      var builder = SchemaBuilder(typings, byteLimit: byteLimit)
      while let piece = next() {
        for problem in piece.problems {
          builder.addProblem()
          note(problem)
        }
        piece.forEach { text, line in
          guard let cause = builder.add(text) else { return }
          note(InputProblem(source: piece.source, line: line, cause: cause))
        }
      }
      schema.withLock { $0.merge(builder.schema) }
    }
    return schema.withLock { $0 }
  }

  /// What the events tell of rules.
  func evidence(
    about ruleset: Ruleset, _ usability: Sampler.Usability, profile: APIProfile, stop: StopSignal
  ) throws -> SampleEvidence {
    let evidence = Mutex(SampleEvidence())
    let byteLimit = byteLimit
    try read(stop) { next, note in
      var sampler = Sampler(ruleset, usability, profile: profile, byteLimit: byteLimit)
      while let piece = next() {
        for problem in piece.problems {
          sampler.addProblem()
          note(problem)
        }
        piece.forEach { text, line in
          guard let cause = sampler.add(text, now: piece.now) else { return }
          note(InputProblem(source: piece.source, line: line, cause: cause))
        }
      }
      evidence.withLock { $0.merge(sampler.evidence) }
    }
    return evidence.withLock { $0 }
  }

  /// Has each thread do some work with pieces of the input and with what tells of bad lines.
  private func read(
    _ stop: StopSignal,
    work: @escaping @Sendable (() -> RecordReading.Piece?, (InputProblem) -> Void) -> Void
  ) throws {
    let notices = Notices()
    let progress =
      showsProgress ? ProgressBar(descriptor: STDERR_FILENO, inputs: inputs) : nil
    let report = RecordReading.run(
      over: inputs,
      options: RunOptions(byteLimit: byteLimit, workerCount: workerCount), stop: stop,
      progress: progress
    ) { next in
      work(next) { problem in notices.first.withLock { Self.note(problem, among: &$0) } }
    }
    if let failure = report.ending.failure { throw failure }
    if case .interrupted = report.ending {
      throw CommandFailure("interrupted", status: report.ending.exitStatus(hasSetAside: false))
    }
    guard tellsProblems else { return }
    for index in report.emptyInputs { Terminal.say("\(inputs[index].path): holds no events\n") }
    for problem in notices.first.withLock({ $0 }) {
      let path = inputs[Int(problem.source)].path
      Terminal.say("\(path):\(problem.line): \(problem.cause)\n")
    }
  }

  /// The bad lines that stand first, whichever thread met them.
  private final class Notices: Sendable {
    let first = Mutex<[InputProblem]>([])
  }

  private static func note(_ problem: InputProblem, among notices: inout [InputProblem]) {
    let order = { (problem: InputProblem) in (problem.source, problem.line) }
    if notices.count == noticeLimit, let last = notices.last, order(problem) > order(last) {
      return
    }
    let place = notices.firstIndex { order(problem) < order($0) } ?? notices.count
    notices.insert(problem, at: place)
    if notices.count > noticeLimit { notices.removeLast() }
  }
}
