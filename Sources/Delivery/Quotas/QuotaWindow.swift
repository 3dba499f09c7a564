package import StateStore

/// The requests of the last hour in one scope, and when the next one may go.
///
/// The server keeps the times of the requests that it let pass in the last hour, and refuses one where
/// their number is the limit. A request counts here from its sending until an hour behind its answer,
/// so that the server, whose time of it lies between, never counts one that is forgotten here.
package struct QuotaWindow: Sendable {
  package static let length: Duration = .seconds(3_600)
  /// How long to stay away where a refusal does not say.
  private static let unsaidWait: Duration = .seconds(60)
  /// How long to wait for an answer before looking again.
  private static let glance: Duration = .milliseconds(50)

  private struct Request {
    var time: PointInTime
    /// Whether its answer is still to come.
    var isOpen: Bool
    /// Whether the server refused it, and so does not count it.
    var isGone = false
  }

  private let limit: Int?
  /// Of the limit, what is thought to be ours: others may spend the quota too.
  private var ours: Int
  private var shareEnds = PointInTime(microseconds: .min)
  /// The server asked to be left alone until then.
  private var closedUntil = PointInTime(microseconds: .min)
  /// The earliest first; `firstNumber` is the number of the first.
  private var requests: ArraySlice<Request> = []
  private var firstNumber = 0
  private var goneCount = 0

  /// A window in which some requests were answered before.
  package init(limit: Int?, earlier: [PointInTime] = []) {
    self.limit = limit.map { max(1, $0) }
    ours = self.limit ?? .max
    requests = earlier.sorted().map { Request(time: $0, isOpen: false) }[...]
  }

  /// What may be sent in an hour; absent where nothing is counted.
  package var share: Int? { limit == nil ? nil : ours }

  /// Requests that the server counts, as far as is known here.
  package var count: Int { requests.count - goneCount }

  /// How long to wait before the next request; zero where it may go now.
  package mutating func wait(at now: PointInTime) -> Duration {
    if closedUntil > now { return closedUntil.elapsed(since: now) }
    if let limit, shareEnds <= now { ours = limit }
    forget(until: now)
    guard count >= ours else { return .zero }
    // Those before it leave with it.
    var ahead = count - ours
    for request in requests where !request.isGone {
      if ahead == 0 {
        let wait = Self.length - now.elapsed(since: request.time)
        return request.isOpen ? max(wait, Self.glance) : wait
      }
      ahead -= 1
    }
    return .zero
  }

  /// Drops what has left the window.
  private mutating func forget(until now: PointInTime) {
    let start = now.advanced(by: .zero - Self.length)
    while let first = requests.first, first.isGone || (!first.isOpen && first.time <= start) {
      if first.isGone { goneCount -= 1 }
      requests.removeFirst()
      firstNumber += 1
    }
    // A clock that was set back makes requests of the future: they count from now.
    for index in requests.indices.reversed() {
      guard requests[index].time > now else { break }
      requests[index].time = now
    }
  }

  /// Counts a request that goes now, and gives its number.
  package mutating func open(at now: PointInTime) -> Int {
    guard limit != nil else { return -1 }
    requests.append(Request(time: now, isOpen: true))
    return firstNumber + requests.count - 1
  }

  /// Notes that a request was answered, or will not be.
  package mutating func close(_ number: Int, at now: PointInTime) {
    guard let index = index(of: number) else { return }
    requests[index].time = max(requests[index].time, now)
    requests[index].isOpen = false
  }

  /// Notes that the server refused a request as one too many.
  ///
  /// Where we have sent fewer than our share, others spend the quota: half of it is left to them until
  /// the window has passed. Requests that were under way together say so once.
  ///
  /// - Returns: what is taken for ours now, where that has become less.
  @discardableResult
  package mutating func refuse(
    _ number: Int, at now: PointInTime, retryAfter: Duration?
  ) -> Int? {
    let sent = index(of: number).map { requests[$0].time }
    if let index = index(of: number), !requests[index].isGone {
      requests[index].isGone = true
      requests[index].isOpen = false
      goneCount += 1
    }
    let isNews = sent.map { $0 >= closedUntil } ?? (now >= closedUntil)
    let isHalved = isNews && limit != nil && count < ours
    if isHalved {
      ours = max(1, ours / 2)
      shareEnds = now.advanced(by: Self.length)
    }
    closedUntil = max(
      closedUntil, now.advanced(by: max(retryAfter ?? Self.unsaidWait, .seconds(1))))
    return isHalved ? ours : nil
  }

  /// How long it takes until so many more requests may have gone, if nobody else sends any.
  package mutating func time(for more: Int, at now: PointInTime) -> Duration {
    guard more > 0 else { return .zero }
    let first = wait(at: now)
    guard limit != nil else { return first }
    // A request goes an hour after the one that lies a share before it; what is sent now lies at `now`.
    let number = count + more - 1
    let hours = max(0, (number - max(count, ours) + ours) / ours)
    guard hours > 0 else { return first }
    let place = number - hours * ours
    let earlier = requests.lazy.filter { !$0.isGone }.dropFirst(place).first
    return max(first, Self.length * hours - (earlier.map { now.elapsed(since: $0.time) } ?? .zero))
  }

  private func index(of number: Int) -> Int? {
    let offset = number - firstNumber
    guard number >= 0, requests.indices.contains(requests.startIndex + offset), offset >= 0 else {
      return nil
    }
    return requests.startIndex + offset
  }
}
