/// How far what is known of a workspace reaches.
///
/// Two clocks are kept apart: marks of the listing are the server's times, what people are told about
/// age is this machine's.
package struct PullState: Sendable, Equatable {
  /// All changes up to this time of the server are known; absent before the first whole pull.
  package var knownThrough: PointInTime?
  /// When the last whole pull began.
  package var completedAt: PointInTime?
  /// The pull that has not ended yet.
  package var pass: Pass?

  package init() {}

  /// One walk over the listing, page by page.
  package struct Pass: Sendable, Equatable {
    package var startedAt: PointInTime
    package var stage: Stage
    /// Changes before this time are not asked for; absent in the first pull.
    package var contactsSince: PointInTime?
    package var deletionsSince: PointInTime?
    /// Where the next page of the stage begins; absent at its beginning.
    package var cursor: String?
    /// The latest change that was read.
    package var newest: PointInTime?

    package init(
      startedAt: PointInTime, contactsSince: PointInTime?, deletionsSince: PointInTime?
    ) {
      self.startedAt = startedAt
      self.contactsSince = contactsSince
      self.deletionsSince = deletionsSince
      stage = .contacts
    }
  }

  /// What a walk goes over, in this order.
  package enum Stage: String, Sendable { case contacts, deletions }
}
