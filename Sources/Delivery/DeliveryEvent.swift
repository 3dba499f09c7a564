package import Execution
package import Planning
package import Pulling
package import Sending

/// What a delivery tells while it goes on.
package enum DeliveryEvent: Sendable, Equatable {
  /// The calls of a batch come next; so many of them are not done.
  case opened(batch: Int, calls: Int)
  /// A call is about to be sent.
  case begun(DeliveredCall)
  /// All was said of a call, and is written down.
  case acknowledged(DeliveredCall, CallOutcomeCounts)
  /// Nothing is done until that has passed.
  case waiting(WaitReason, Duration)
  /// The server refused a request below our own count: so much of the quota is taken for ours now.
  case shareHalved(QuotaScope, share: Int)
  /// Nobody could be reached, and the delivery tries again later.
  case interrupted(Interruption.Cause)
}

/// A call, as far as anybody is told of it.
package struct DeliveredCall: Sendable, Equatable {
  package var place: CallPlace
  package var kind: CallKind
  /// The first contact that it is about, as the call names it: personal, and not for logs as it is.
  package var contact: String?
  package var contactCount: Int
  /// Whether it may have been sent before.
  package var isRepeated: Bool

  package init(_ call: Call, at place: CallPlace, isRepeated: Bool) {
    self.place = place
    kind = CallKind(call)
    let names = call.contactNames
    contact = names.first
    contactCount = names.count
    self.isRepeated = isRepeated
  }
}

/// What a call came to.
package struct CallOutcomeCounts: Sendable, Equatable {
  package var requests: Int
  package var setAside: Int
  package var skipped: Int
}
