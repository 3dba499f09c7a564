package import Engine
package import Planning

/// Why a run ended.
package enum RunEnding: Sendable, Hashable {
  case complete
  /// By this signal; the open window was finished.
  case interrupted(Int32)
  /// `--strict` met this line.
  case badLine
  /// Nobody reads the output any more.
  case outputClosed
  /// A guard forbids the last window's changes; the sentence says which.
  case guardExceeded(String)
  case inputFailed(FileFailure)
  case outputFailed(FileFailure)
}

/// What a run did.
package struct RunReport: Sendable {
  package var ending = RunEnding.complete
  package var inputs: [Input] = []
  /// Indices of inputs that hold nothing.
  package var emptyInputs: [Int] = []
  package var statistics = Statistics()
  package var calls = CallCounts()
  /// Windows that asked for calls.
  package var batchCount = 0
  /// Windows that closed because their writes took too much memory.
  package var earlyWindowCount = 0
  /// The first pieces of input that could not be used, by input and line; `problemCount` counts all.
  package var problems: [InputProblem] = []
  package var problemCount = 0
  /// Why some guards could not be judged, as sentences.
  package var unjudgedGuards: [String] = []
  /// Whether the groups and fields of the workspace were known.
  package var knowsInventory = false
  package var nanoseconds: Int64 = 0
  /// Where the time went, if it was asked for: of the rules last in force.
  package var profile: Profile?

  package init() {}

  /// Whether something was left out that should have been applied.
  package var hasSetAside: Bool { problemCount > 0 || statistics.setAsideCount > 0 }
}
