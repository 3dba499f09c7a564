extension Merger {
  /// How mutations become batches.
  package enum Mode: String, Sendable, CaseIterable {
    /// Per contact, the last write of each target wins.
    case window
    /// Each action on its own, in order (`--merge off`).
    case off
  }
}
