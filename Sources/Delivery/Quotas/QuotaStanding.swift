import StateStore

/// How much of a quota is used at a moment.
package struct QuotaStanding: Sendable {
  package var scope: QuotaScope
  /// Absent where the server does not count.
  package var limit: Int?
  package var used: Int
  private var window: QuotaWindow
  private let time: PointInTime

  init(_ scope: QuotaScope, of window: inout QuotaWindow, at now: PointInTime) {
    self.scope = scope
    // Lets go of what has left the window.
    _ = window.wait(at: now)
    limit = window.share
    used = window.count
    self.window = window
    time = now
  }

  package var left: Int? { limit.map { max(0, $0 - used) } }

  /// How long the quota makes so many more requests wait.
  package func time(for more: Int) -> Duration {
    var window = window
    return window.time(for: more, at: time)
  }
}
