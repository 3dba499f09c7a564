package import StateStore

/// What a pull tells while it goes on.
package enum PullEvent: Sendable, Equatable {
  /// What is to come, before the bulk of it.
  case forecast(PullForecast)
  /// An earlier pull goes on where it ended.
  case goingOn(PullState.Stage, since: PointInTime)
  case progress(PullCounts)
  case waiting(WaitReason, Duration)
}

package enum WaitReason: Sendable, Equatable {
  /// Our own part of the quota is spent.
  case share
  /// The server asked for it.
  case throttled
  /// An attempt failed.
  case failure
}

/// What a pull has done.
package struct PullCounts: Sendable, Equatable {
  /// Contacts read; one that changes meanwhile is read again.
  package var contacts = 0
  package var deletions = 0
  /// Calls of `contacts.json`, failed ones too.
  package var calls = 0

  package init() {}
}

/// How much a pull will read; the server does not say, so most of it is a lower bound.
package struct PullForecast: Sendable, Equatable {
  package enum Count: Sendable, Equatable {
    case exactly(Int)
    case atLeast(Int)

    package var number: Int {
      switch self {
      case .exactly(let number), .atLeast(let number): number
      }
    }
  }

  package var contacts: Count
  /// Calls of `contacts.json` that are still to be made, at least.
  package var calls: Int
  /// At least.
  package var time: Duration
}

/// How a pull ended.
package struct PullReport: Sendable, Equatable {
  package enum Ending: Sendable { case complete, interrupted }

  package var ending: Ending
  package var counts: PullCounts
  package var state: PullState
}
