import CEL
import Diagnostics
import Playground
import Engine
import Streams

/// What `regra eval` tells people on standard error.
final class EvaluationNotes {
  /// As people see the inputs, by index.
  var inputs: [String] = []
  private let sources: [SourceText]
  private let isQuiet: Bool

  /// - Parameters:
  ///   - sources: the texts of the query's expressions, and behind them that of its condition.
  ///   - isQuiet: whether nothing is told.
  init(sources: [SourceText], isQuiet: Bool) {
    self.sources = sources
    self.isQuiet = isQuiet
  }

  func say(_ text: String) {
    if !isQuiet { Terminal.say(text) }
  }

  /// Tells of one event.
  func tell(_ notice: EvaluationNotice) {
    switch notice {
    case .badLine(let problem):
      say("\(place(problem.source, problem.line)): \(problem.cause)\n")
    case .unknown(let result, nil, _):
      say("\(source(of: result).path): unknown: \(sentence(result))\n")
    case .unknown(let result, let source?, let line):
      say("\(place(source, line)): unknown: \(sentence(result))\n")
    }
  }

  /// Tells at the end what was counted, if there is anything to tell.
  func summarise(_ report: EvaluationReport) {
    for index in report.emptyInputs { say("\(inputs[index]): holds no events\n") }
    let unknownCount = report.unknowns.reduce(0) { $0 + $1.count }
    guard unknownCount + report.problemCount > 0, !inputs.isEmpty else { return }
    var counts = [counted(report.eventCount, "event")]
    if unknownCount > 0 { counts.append("\(grouped(unknownCount)) unknown") }
    if report.problemCount > 0 { counts.append(counted(report.problemCount, "bad line")) }
    say(counts.joined(separator: " · ") + "\n")
    guard report.unknowns.contains(where: { $0.count > Evaluation.noticeLimit }) else { return }
    let often = report.unknowns.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
    for (_, unknown) in often.prefix(Evaluation.noticeLimit) {
      let number = grouped(unknown.count)
      let margin = String(repeating: " ", count: max(0, 9 - number.count))
      say("\(margin)\(number) × \(sentence(unknown.result))\n")
    }
  }

  private func place(_ source: Int32, _ line: UInt64) -> String {
    "\(inputs[Int(source)]):\(line)"
  }

  private func source(of result: UnknownResult) -> SourceText {
    switch result.part {
    case .expression(let index): sources[index]
    case .condition: sources[sources.count - 1]
    }
  }

  private func sentence(_ result: UnknownResult) -> String {
    result.sentence(for: source(of: result))
  }
}

extension UnknownResult {
  /// Why nothing is known, without a full stop.
  func sentence(for source: SourceText) -> String {
    let doubt = Doubt(
      reason: reason, text: written(in: source), isOnPath: isOnPath, found: found)
    return doubt.sentence
  }

  /// The piece of the source that gave no value, on one line.
  private func written(in source: SourceText) -> String {
    let all = 0..<source.utf8.count
    let piece = range.isEmpty ? all : range.clamped(to: all)
    return String(decoding: source.utf8[piece], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
