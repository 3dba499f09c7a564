package import Contacts

/// Why no call can be carried out any more for now.
package struct Interruption: Error, Sendable, Equatable {
  package enum Cause: Sendable, Equatable {
    case transport(TransportFailure)
    /// The quota is spent; the server may say when to come back.
    case throttled(retryAfterSeconds: Int?)
    case serverError(status: Int)
    /// The token may not do this, or the workspace may not be written to.
    case notAllowed(words: String)
    /// An answer that this API does not give.
    case unexpected(status: Int)
    case cancelled
  }

  package var cause: Cause
  /// Whether the request may have been applied all the same.
  package var mayBeApplied: Bool
}
