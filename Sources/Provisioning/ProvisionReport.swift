import Sending
package import Execution
package import Pulling

/// What became of a plan to make fields and groups.
package struct ProvisionReport: Sendable {
  package enum Ending: Sendable, Equatable {
    case complete
    /// By whoever asked for it.
    case stopped
    case interrupted(Interruption.Cause)
    /// All was made, and then the server did not say so.
    case unverified(PullFailure)
  }

  package var ending = Ending.complete
  /// What is there now, in the order in which it was made.
  package var made: [ProvisionPlan.Item] = []
  /// What the server refused, with its words.
  package var refused: [(item: ProvisionPlan.Item, words: String)] = []
  /// What was not tried; the first of it may be there all the same if `isFirstUncertain`.
  package var left: [ProvisionPlan.Item] = []
  package var isFirstUncertain = false
  /// What was made and is not as it should be when the server is asked for it, with what it shows.
  package var doubtful: [(item: ProvisionPlan.Item, words: String)] = []
  /// The workspace as it is afterwards, if it was read again.
  package var objects: WorkspaceObjects?

  package init() {}
}

/// What making tells while it goes on.
package enum ProvisionEvent: Sendable {
  case made(ProvisionPlan.Item)
  /// Until what was made can be used.
  case settling(Duration)
  case waiting(WaitReason, Duration)
}
