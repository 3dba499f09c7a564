import Engine
private import Glibc
import Playground
import Streams

/// Events that are read once, window by window, for two rulesets.
struct ComparedEvents {
  /// How many bad lines are told; the rest is only counted.
  private static let noticeLimit = 10

  let inputs: [Input]
  let options: RunOptions
  let showsProgress: Bool

  /// Puts all events through both rulesets.
  ///
  /// - Returns: what came of it, and how reading ended.
  /// - Throws: an input that cannot be read.
  func run(
    _ comparison: consuming ComparisonRun
  ) async throws -> (Comparison, RunEnding) {
    let stop = StopSignal()
    stop.watchInterrupts()
    if Terminal.isInputATerminal, inputs.contains(where: { $0.place == .standardInput }) {
      Terminal.say("regra: reading events from the keyboard; Ctrl-D ends them\n")
    }
    let progress =
      showsProgress ? ProgressBar(descriptor: STDERR_FILENO, inputs: inputs) : nil
    let source = OrderedReading(over: inputs, options: options, stop: stop, progress: progress)
    var problems: [InputProblem] = []
    while let piece = await source.next() {
      problems += piece.problems.prefix(max(0, Self.noticeLimit - problems.count))
      comparison.addProblems(piece.problems.count)
      piece.withRecords { comparison.put($0, $1, source: piece.source, at: piece.now) }
      if piece.endsWindow || comparison.byteCount > options.memoryLimit {
        await comparison.closeWindow(at: piece.now, isLast: piece.endsInput)
      }
    }
    let report = source.report
    progress?.clear()
    if let failure = report.ending.failure { throw failure }
    for index in report.emptyInputs { Terminal.say("\(inputs[index].path): holds no events\n") }
    let all = (problems + comparison.problems).sorted {
      ($0.source, $0.line) < ($1.source, $1.line)
    }
    for problem in all.prefix(Self.noticeLimit) {
      Terminal.say("\(inputs[Int(problem.source)].path):\(problem.line): \(problem.cause)\n")
    }
    return (comparison.finish(), report.ending)
  }
}
