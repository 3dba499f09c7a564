/// Merges logs in the order of their chunks into one batch per window.
package struct Merger: ~Copyable {
  /// How mutations become batches.
  package enum Mode: String, Sendable, CaseIterable {
    /// Per contact, the last write of each target wins.
    case window
    /// Each action on its own, in order (`--merge off`).
    case off
  }

  package init(_ program: Program, mode: Mode, sources: [String]) {}

  /// Applies one log.
  package mutating func apply(_ log: borrowing Log) {}

  /// Bytes held by the merged writes of the open window.
  package var byteCount: Int { 0 }

  /// Closes the window: what it asks for, and a fresh table for the next.
  package mutating func closeWindow() -> Batch { Batch(number: 1) }

  /// What was counted since the start of the run.
  package var statistics: Statistics { Statistics() }
}
