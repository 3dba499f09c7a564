package import StateStore

/// The part of the hourly quota that pulling may take, so that others can go on.
///
/// The server counts the calls of the last hour. They are spent as fast as it answers and then
/// waited for; spreading them out would make short pulls long and take no less.
package struct CallBudget: Sendable {
  private static let hour: Duration = .seconds(3_600)

  package let limit: Int
  /// Calls of the last hour, the earliest first.
  private var calls: ArraySlice<PointInTime>

  /// A budget of so many calls an hour, of which some were made already.
  package init(limit: Int, spent: [PointInTime] = []) {
    self.limit = max(1, limit)
    calls = spent[...]
  }

  /// How long to wait before the next call.
  package mutating func wait(at now: PointInTime) -> Duration {
    let start = now.advanced(by: .zero - Self.hour)
    // A clock that was set back makes calls of the future; the server would tell if it counts them.
    while let first = calls.first, first <= start || first > now { calls.removeFirst() }
    guard calls.count >= limit else { return .zero }
    return calls[calls.endIndex - limit].elapsed(since: start)
  }

  package mutating func spend(at now: PointInTime) { calls.append(now) }

  /// How long so many calls take when each is answered after `latency`.
  package func time(for count: Int, each latency: Duration, from now: PointInTime) -> Duration {
    var budget = self
    var time = now
    for _ in 0..<count {
      time = time.advanced(by: budget.wait(at: time))
      budget.spend(at: time)
      time = time.advanced(by: latency)
    }
    return time.elapsed(since: now)
  }
}
