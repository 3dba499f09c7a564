package import CEL

/// What the server said of the workspace in one request of a call.
///
/// Who keeps what is known of a workspace brings it up to date with these, in their order.
package enum Finding: Sendable {
  /// A contact, as it was shown.
  case contact(ContactAnswer)
  /// A write found nobody with the uuid or URN.
  case nobody(String)
  /// Whoever has the uuid or URN is not as was thought.
  case doubtful(String)
  /// The contact of this uuid or URN was deleted.
  case deleted(String)
  /// A bulk call was accepted for these contacts, named as they were sent.
  case acted(String, group: String?, contacts: [String])
  /// A group that was made or renamed.
  case group(Literal)
  case field(Literal)
  /// By its uuid.
  case groupDeleted(String)
}
