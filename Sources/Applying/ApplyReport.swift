package import Execution
package import Pulling
package import Sending

/// What a plan came to.
package struct ApplyReport: Sendable {
  package enum Ending: Sendable, Equatable {
    case complete
    /// It was complete before; nothing was done.
    case completeBefore
    /// The server or the network would not go on.
    case interrupted(Interruption.Cause)
    /// A stop was asked for.
    case stopped
    /// What was done can no longer be written down.
    case unwritten(ApplyFailure)
  }

  package var ending = Ending.complete
  /// Of the plan.
  package var callCount = 0
  /// Acknowledged, by earlier runs too.
  package var doneCount = 0
  /// Of those, acknowledged by earlier runs.
  package var doneBeforeCount = 0
  /// Left out as a whole.
  package var leftOutCount = 0
  package var leftOut: [LeftOut] = []
  package var refusals: [RefusedPart] = []
  /// Contacts that were not there and may be skipped.
  package var skippedCount = 0
  /// Requests of this run that were sent for calls.
  package var requestCount = 0

  /// Whether anything of the plan was not done and will not be.
  package var hasSetAside: Bool { !leftOut.isEmpty || !refusals.isEmpty }
}

/// What an application tells while it goes on.
package enum ApplyEvent: Sendable, Equatable {
  /// A call is done; so many of all are now.
  case progress(CallKind, setAside: Int, done: Int, of: Int)
  case waiting(WaitReason, Duration)
}
