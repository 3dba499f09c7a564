package import Execution
package import Pulling

/// How calls are delivered.
package struct DeliveryOptions: Sendable {
  /// Calls under way at a time.
  package var inFlight = 16
  package var limits = QuotaLimits.usual
  package var urnMoves: URNMoves = .setAside
  package var retries: RetryPolicy
  /// Whether a server that cannot be reached is waited for without end, as a live stream needs it.
  package var isPatient = false
  /// Between tries of a patient delivery.
  package var patientWait: Duration = .seconds(60)

  package init() {
    retries = RetryPolicy()
    retries.jitter = RetryPolicy.fullJitter
  }
}

/// What a delivery has done.
package struct DeliveryReport: Sendable, Equatable {
  package enum Ending: Sendable, Equatable {
    /// All that was planned is acknowledged.
    case complete
    /// The server or the network would not go on.
    case interrupted(Interruption.Cause)
    /// A stop was asked for.
    case stopped
    /// What was done can no longer be written down; a sentence.
    case unwritten(String)
  }

  package var ending = Ending.complete
  /// Calls acknowledged.
  package var callCount = 0
  package var requestCount = 0
  /// Parts of calls that were not taken.
  package var setAsideCount = 0
  /// Contacts that were not there and may be skipped.
  package var skippedCount = 0

  package init() {}
}
