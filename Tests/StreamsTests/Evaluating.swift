import CEL
import Engine

@testable import Streams

/// What evaluating an expression over inputs gave.
final class Evaluating {
  /// `PATH:LINE:` and the cause of each bad line, `unknown:` and the reason of each unknown.
  private(set) var notices: [String] = []
  let output: String
  let report: EvaluationReport

  /// Evaluates an expression over files, or without any event.
  init(
    _ text: String, over paths: [String]?, where condition: String? = nil, blocks: Int = 256 << 10,
    _ change: (inout EvaluationOptions) -> Void = { _ in }
  ) throws {
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    environment.declare("now", as: .timestamp)
    let query = Query(
      [try CompiledExpression(text, in: environment)],
      where: try condition.map { try CompiledExpression($0, in: environment) })
    var options = EvaluationOptions()
    options.clock = .fixed(1_500_000_000)
    options.blockByteCount = blocks
    change(&options)
    let sink = CollectedLines()
    var told: [String] = []
    let evaluation = Evaluation(query, options: options, into: sink) { notice in
      switch notice {
      case .badLine(let problem): told.append("\(problem.line): \(problem.cause)")
      case .unknown(let result, _, let line): told.append("\(line): \(result.reason)")
      }
    }
    if let paths {
      report = evaluation.run(over: try Input.expand(paths))
    } else {
      report = evaluation.runWithoutEvents()
    }
    notices = told
    output = String(decoding: sink.bytes, as: UTF8.self)
  }

  var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// A sink that keeps what is written.
private final class CollectedLines: Sink {
  private(set) var bytes: [UInt8] = []

  func write(_ calls: [UInt8], batch: Int) throws(SinkFailure) { bytes += calls }
}
