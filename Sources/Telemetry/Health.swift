/// Whether a run can go on, judged by what happened last.
///
/// It can not while an attempt to reach the server has failed for good and nothing came through since, and
/// when calls wait, nothing comes of them for long, and no quota says why. Times are since any
/// fixed instant.
package struct Health: Sendable, Equatable {
  /// So long may nothing come of a call that waits: longer than an answer may take.
  package var patience: Duration
  /// Calls that are planned and not acknowledged.
  package var backlog = 0
  private var lastProgress: Duration
  /// What was asked to wait until then.
  private var explainedUntil: Duration = .zero
  /// Why nothing can go on, until something does.
  private var problem: String?

  package init(patience: Duration, now: Duration) {
    self.patience = patience
    lastProgress = now
  }

  /// Since when nothing happened.
  package var restingSince: Duration { lastProgress }

  /// Notes that something came through.
  package mutating func progress(at now: Duration) {
    lastProgress = now
    problem = nil
  }

  /// Notes calls to come; where there was nothing to do, that nothing happened was right.
  package mutating func plan(_ count: Int, at now: Duration) {
    if backlog == 0 { lastProgress = now }
    backlog += count
  }

  /// Notes that calls wait because of a quota.
  package mutating func rest(_ wait: Duration, at now: Duration) {
    explainedUntil = max(explainedUntil, now + wait)
    problem = nil
  }

  /// Notes that nothing can go on, and why.
  package mutating func interrupt(_ reason: String) { problem = reason }

  /// Why nothing can go on; absent where it can.
  package func complaint(at now: Duration) -> String? {
    if let problem { return problem }
    guard backlog > 0, now - max(lastProgress, explainedUntil) > patience else { return nil }
    return "calls wait, and none was answered for \((now - lastProgress).components.seconds) s"
  }
}
