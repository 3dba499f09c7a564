internal import CEL
internal import Engine

/// Asks a query of one event after the other on the calling thread, and writes the results.
package final class Evaluation {
  /// How many notices of one kind are given; the rest is only counted.
  package static let noticeLimit = 10
  /// The most bytes of events that are held as one list.
  package static let listByteLimit = 512 << 20
  private static let bufferByteCount = 64 << 10

  private let query: Query
  private let options: EvaluationOptions
  private let sink: any Sink
  private let tell: (EvaluationNotice) -> Void
  private let stop: StopSignal
  private var activation: Activation
  private var writer = JSONWriter()
  private var report = EvaluationReport()
  private var places: [UnknownResult: Int] = [:]
  private var isOver = false
  /// The bytes of the list of all events, as far as it is read.
  private var list: [UInt8] = []

  /// - Parameters:
  ///   - query: what is asked.
  ///   - options: how.
  ///   - sink: where results go, one a line.
  ///   - stop: ends it early.
  ///   - tell: is told what people should know, after the results before it were written.
  package init(
    _ query: Query, options: EvaluationOptions, into sink: any Sink,
    stop: StopSignal = StopSignal(), tell: @escaping (EvaluationNotice) -> Void
  ) {
    self.query = query
    self.options = options
    self.sink = sink
    self.stop = stop
    self.tell = tell
    activation = Activation(byteLimit: options.byteLimit)
  }

  /// Asks the query once, without any event.
  package func runWithoutEvents() -> EvaluationReport {
    bindNow(options.clock.now())
    ask(source: nil, line: 0)
    flush()
    return report
  }

  /// Reads all inputs and asks the query of what they hold.
  package func run(over inputs: [Input]) -> EvaluationReport {
    let isLive = inputs.contains(where: \.isLive)
    var reader = InputReader(
      limits: isLive ? .arrived : .files, byteLimit: options.byteLimit, records: .values,
      clock: options.clock, stop: stop, pool: BlockPool(byteCount: options.blockByteCount),
      deliver: { [self] in take($0) })
    let ending = reader.read(inputs)
    if options.arrangement == .list, !isOver, ending == .complete { askOfList() }
    flush()
    report.emptyInputs = reader.emptySources
    guard report.ending == .complete else { return report }
    switch ending {
    case .complete: break
    case .stopped: report.ending = .interrupted(stop.signal)
    case .failed(let failure): report.ending = .inputFailed(failure)
    }
    return report
  }

  private func take(_ chunk: Chunk) {
    bindNow(chunk.now)
    let bytes = chunk.block.bytes(chunk.block.capacity)
    var problems = chunk.problems[...]
    for record in chunk.records {
      while let problem = problems.first, problem.line < record.line {
        note(problem)
        problems = problems.dropFirst()
      }
      guard !isOver else { return }
      let start = Int(record.offset)
      let text = UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(record.length)])
      take(text, source: chunk.source, line: record.line)
    }
    for problem in problems { note(problem) }
    if chunk.endsWindow { flush() }
  }

  private func take(_ text: UnsafeRawBufferPointer, source: Int32, line: UInt64) {
    do throws(JSONParser.Failure) {
      try activation.bind("event", toJSON: text)
    } catch {
      return note(InputProblem(source: source, line: line, cause: error.description))
    }
    report.eventCount += 1
    if let condition = query.condition {
      let value = activation.evaluate(condition)
      guard value.isTrue else { return noteUnlessFalse(value, source: source, line: line) }
    }
    switch options.arrangement {
    case .each: ask(source: source, line: line)
    case .list: append(text)
    }
  }

  private func bindNow(_ nanoseconds: Int64) {
    let second: Int64 = 1_000_000_000
    let seconds = nanoseconds >= 0 ? nanoseconds / second : (nanoseconds + 1) / second - 1
    activation.bind(
      "now", to: .timestamp(seconds: seconds, nanoseconds: UInt32(nanoseconds - seconds * second)))
  }
}

extension Evaluation {
  /// Keeps one event for the list of all.
  private func append(_ text: UnsafeRawBufferPointer) {
    guard list.count + text.count < Self.listByteLimit else {
      let cause = "the events do not fit into one list: more than \(Self.listByteLimit >> 20) MiB"
      return end(.inputFailed(FileFailure(path: "--slurp", cause: cause)))
    }
    list.append(list.isEmpty ? .openingBracket : .comma)
    list.append(contentsOf: text)
  }

  /// Asks the query of the list of all events; each has been parsed before.
  private func askOfList() {
    list.append(contentsOf: list.isEmpty ? "[]".utf8 : "]".utf8)
    // Work in proportion to what there is to look at.
    activation = Activation(
      costLimit: 1_000_000 + 16 * list.count, byteLimit: max(list.count, options.byteLimit))
    bindNow(options.clock.now())
    let failure = list.withUnsafeBytes { bytes in
      do throws(JSONParser.Failure) {
        try activation.bind("event", toJSON: bytes)
        return nil as JSONParser.Failure?
      } catch {
        return error
      }
    }
    list = []
    if let failure {
      return end(.inputFailed(FileFailure(path: "--slurp", cause: failure.description)))
    }
    ask(source: nil, line: 0)
  }

  /// Writes what the expressions come to for what is bound.
  private func ask(source: Int32?, line: UInt64) {
    for (index, expression) in query.expressions.enumerated() {
      let value = activation.evaluate(expression)
      writer.firstUnknown = nil
      activation.write(value, as: options.form, to: &writer)
      writer.bytes.append(.newline)
      report.resultCount += 1
      if let unknown = writer.firstUnknown {
        report.failureCount += 1
        note(unknown, of: .expression(index), expression, source: source, line: line)
      } else if value.isFalse || value.tag == .null {
        report.failureCount += 1
      }
      if writer.bytes.count >= Self.bufferByteCount { flush() }
    }
  }

  private func noteUnlessFalse(_ value: Value, source: Int32, line: UInt64) {
    guard let condition = query.condition, !value.isFalse else { return }
    let unknown = value.isUnknown ? value : .unknown(.wrongType, found: value.tag)
    note(unknown, of: .condition, condition, source: source, line: line)
  }

  private func note(
    _ unknown: Value, of part: Query.Part, _ expression: CompiledExpression, source: Int32?,
    line: UInt64
  ) {
    let site = expression.site(of: unknown)
    let result = UnknownResult(
      part: part, reason: Value.Reason(rawValue: unknown.reason) ?? .missing,
      found: unknown.found, isOnPath: !site.path.isEmpty, range: site.range)
    let place = places[result] ?? report.unknowns.count
    if place == report.unknowns.count {
      places[result] = place
      report.unknowns.append((result, 0))
    }
    report.unknowns[place].count += 1
    guard report.unknowns[place].count <= Self.noticeLimit else { return }
    flush()
    tell(.unknown(result, source: source, line: line))
  }

  private func note(_ problem: InputProblem) {
    guard !isOver else { return }
    report.problemCount += 1
    if report.problemCount <= Self.noticeLimit {
      flush()
      tell(.badLine(problem))
    }
    if options.strictness == .strict { end(.badLine) }
  }

  /// Writes the results so far.
  private func flush() {
    guard !writer.bytes.isEmpty else { return }
    do throws(SinkFailure) {
      try sink.write(writer.bytes, batch: 0)
    } catch {
      switch error {
      case .closed: end(.outputClosed)
      case .failed(let failure): end(.outputFailed(failure))
      }
    }
    writer.bytes.removeAll(keepingCapacity: true)
  }

  private func end(_ ending: RunEnding) {
    guard !isOver else { return }
    isOver = true
    report.ending = ending
    stop.raise()
  }
}

extension Value {
  /// What stood where a value was looked for; all numbers are one kind.
  fileprivate var found: Value.Tag {
    switch Value.Tag(rawValue: UInt8(truncatingIfNeeded: bits)) {
    case .int, .uint, .double: .int
    case let tag?: tag
    case nil: .missing
    }
  }
}
