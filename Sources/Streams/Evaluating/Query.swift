package import CEL
package import Engine

/// What is asked of each event.
package struct Query: Sendable {
  /// Each gives one result for an event; they may read `event` and `now`.
  package var expressions: [CompiledExpression]
  /// Only events for which it is true are asked; absent: all.
  package var condition: CompiledExpression?

  package init(_ expressions: [CompiledExpression], where condition: CompiledExpression? = nil) {
    self.expressions = expressions
    self.condition = condition
  }

  /// One of the query's expressions.
  package enum Part: Sendable, Hashable {
    case expression(Int)
    case condition
  }
}

/// Why a result is not known, and where that arose: the same for many events.
package struct UnknownResult: Sendable, Hashable {
  package var part: Query.Part
  package var reason: Value.Reason
  /// What stood there instead; `missing` where nothing did or nobody knows.
  package var found: Value.Tag
  /// Whether a path could not be followed, rather than an operation done.
  package var isOnPath: Bool
  /// What gave no value: a range in the source text of the part.
  package var range: Range<Int>
}

/// How events are read and results written.
package struct EvaluationOptions: Sendable {
  /// What `event` is.
  package enum Arrangement: Sendable {
    /// One event after the other.
    case each
    /// The list of all events.
    case list
  }

  package var arrangement = Arrangement.each
  package var form = JSONWriter.Form.json
  package var strictness = RunOptions.Strictness.lenient
  package var byteLimit = 16 << 20
  package var clock = RunClock.system
  package var blockByteCount = 256 << 10

  package init() {}
}

/// What somebody may want to know at once.
package enum EvaluationNotice: Sendable, Equatable {
  case badLine(InputProblem)
  /// Absent place: the result is about no event, or about all of them.
  case unknown(UnknownResult, source: Int32?, line: UInt64)
}

/// What an evaluation did.
package struct EvaluationReport: Sendable {
  package var ending = RunEnding.complete
  package var eventCount = 0
  package var resultCount = 0
  /// Results that are false, null or unknown, in whole or in part.
  package var failureCount = 0
  package var problemCount = 0
  /// Indices of inputs that hold nothing.
  package var emptyInputs: [Int] = []
  /// In the order in which they first arose.
  package var unknowns: [(result: UnknownResult, count: Int)] = []

  package init() {}
}
