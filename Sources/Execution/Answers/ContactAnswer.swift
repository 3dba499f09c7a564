package import CEL

/// A contact as the server showed it.
package struct ContactAnswer: Sendable {
  package var uuid: String
  package var urns: [String]
  /// The whole object.
  package var object: Literal

  /// Reads an object of `contacts.json`.
  package init?(_ object: Literal) {
    guard let uuid = object["uuid"]?.text, let urns = object["urns"]?.texts else { return nil }
    self.uuid = uuid
    self.urns = urns
    self.object = object
  }
}

/// What the server has said to a call, once all of it was said.
package enum CallAnswer: Sendable {
  /// The contact that was written or found.
  case contact(ContactAnswer)
  /// The call is about a contact that is not there.
  case nobody
  /// A bulk call was accepted for these contacts, named as they were sent.
  case applied(contacts: [String])
  /// A contact, field or group was made, changed or deleted, or was so already; of a group that
  /// was looked up or made its uuid.
  case done(uuid: String?)
  /// Nothing of the call was accepted; it is among what was set aside.
  case refused
}

/// How far a call came.
package enum CallOutcome: Sendable {
  case acknowledged(CallAnswer)
  /// Nothing of it was applied.
  case notSent(Interruption)
  /// It may or may not have been applied.
  case unknown(Interruption)
}
