/// The allowed requests of the last while, oldest first: what a quota counts.
struct RequestLog: Sendable, Equatable {
  private var times: [Int64] = []
  /// Times before this place have left the window; they are dropped in one go now and then.
  private var first = 0

  init() {}

  init(_ times: [Timestamp]) { self.times = times.map(\.microseconds).sorted() }

  var recorded: [Timestamp] { times[first...].map(Timestamp.init(microseconds:)) }

  /// Records a request, or says after how many seconds one will be allowed.
  ///
  /// Refused requests are not recorded. Where there is more in the log than the quota allows, the
  /// server gives no time.
  mutating func allow(at now: Timestamp, rate: Rate) -> Verdict {
    let start = now.microseconds - rate.period
    while first < times.count, times[first] <= start { first += 1 }
    if first > 1024, first * 2 > times.count {
      times.removeFirst(first)
      first = 0
    }
    let count = times.count - first
    if count < rate.requests {
      times.append(now.microseconds)
      return .allowed
    }
    guard count == rate.requests, count > 0 else {
      return .refused(seconds: count == 0 ? Self.seconds(rate.period) : nil)
    }
    return .refused(seconds: Self.seconds(rate.period - (now.microseconds - times[first])))
  }

  private static func seconds(_ microseconds: Int64) -> Int {
    Int((microseconds + 999_999) / 1_000_000)
  }

  enum Verdict: Equatable { case allowed, refused(seconds: Int?) }
}

/// So many requests in a time, such as `3000/hour`.
struct Rate: Sendable, Equatable {
  var requests: Int
  /// Microseconds.
  var period: Int64

  static let standard = Rate(requests: 3000, period: 3_600_000_000)

  init(requests: Int, period: Int64) {
    self.requests = requests
    self.period = period
  }

  /// Reads `NUMBER/second`, `minute`, `hour` or `day`; the first letter of the unit suffices.
  init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let requests = Int(halves[0]), requests >= 0,
      let unit = halves[1].first.flatMap({ Self.periods[$0] })
    else { return nil }
    self.init(requests: requests, period: unit)
  }

  private static let periods: [Character: Int64] = [
    "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000,
  ]

  var text: String {
    let unit = ["second", "minute", "hour", "day"].first {
      $0.first.flatMap { Self.periods[$0] } == period
    }
    return "\(requests)/\(unit ?? "second")"
  }
}

/// The two quotas of the contact API.
package enum ThrottleScope: String, Sendable, CaseIterable {
  case everything = "v2"
  case contacts = "v2.contacts"
}
