import CEL
package import Engine

/// Puts events through the engine one at a time, and looks at what rules make of each.
///
/// It keeps its memory from event to event; what is known of contacts is the merger's.
package struct EventBench: ~Copyable {
  /// What became of an event.
  package struct Passage: Sendable {
    package var outcomes: EventOutcomes
    /// What rules saw of contacts, by their numbers.
    package var views: [Int: ContactView] = [:]
    /// Whether an earlier event was the same, so that nothing was done.
    package var isRepeat = false
  }

  package var tracer: Tracer
  /// What the last event asked for.
  package private(set) var log = Log()
  private var evaluator: Evaluator
  private var text: [UInt8] = []

  /// A bench for rules; `byteLimit` is the longest event.
  package init(_ rules: TracedRules, byteLimit: Int = 16 << 20) {
    tracer = Tracer(rules, byteLimit: byteLimit)
    evaluator = Evaluator(rules.program, byteLimit: byteLimit)
  }

  /// Evaluates an event and merges what it asks for.
  ///
  /// - Parameters:
  ///   - event: its JSON.
  ///   - line: where it was read, from one.
  ///   - now: the run's clock, nanoseconds since 1970.
  ///   - merger: what it is merged into.
  /// - Returns: what became of it.
  package mutating func put(
    _ event: [UInt8], line: Int, at now: Int64, into merger: inout Merger
  ) -> Passage {
    var passage = Passage(outcomes: EventOutcomes())
    for (rule, contact) in tracer.contacts(event, now: now) {
      passage.views[rule] = merger.view(ofContact: contact)
    }
    passage.outcomes = tracer.outcomes(event, now: now, knowing: passage.views)
    evaluate(event, line: line, at: now)
    let repeats = merger.counts.repeats
    merger.apply(log)
    passage.isRepeat = merger.counts.repeats > repeats
    return passage
  }

  private mutating func evaluate(_ event: [UInt8], line: Int, at now: Int64) {
    log.reset()
    text.removeAll(keepingCapacity: true)
    text += event
    text.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    let record = Record(offset: 0, length: UInt32(event.count), line: UInt64(line))
    text.withUnsafeBytes { bytes in
      evaluator.evaluate(
        UnsafeRawBufferPointer(rebasing: bytes[..<event.count]), [record], source: 0, now: now,
        into: &log)
    }
  }
}
