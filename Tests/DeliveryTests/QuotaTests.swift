import Contacts
@testable import Delivery
import RandomCalls
import Simulator
import StateStore
import Testing

@Suite("Quotas")
struct QuotaTests {
  private static func point(_ seconds: Int64) -> PointInTime {
    PointInTime(microseconds: seconds * 1_000_000)
  }

  @Test("an hour never holds more requests than the limit, and no request waits without need")
  func slidingHour() {
    var random = SystemRandomNumberGenerator()
    var window = QuotaWindow(limit: 50)
    var sent: [Int64] = []
    var now: Int64 = 0
    while sent.count < 2_000 {
      now += Int64.random(in: 0...120, using: &random)
      let wait = window.wait(at: Self.point(now))
      let recent = sent.filter { $0 > now - 3_600 }
      #expect((wait == .zero) == (recent.count < 50))
      if wait > .zero { now += wait.components.seconds }
      #expect(window.wait(at: Self.point(now)) == .zero)
      let number = window.open(at: Self.point(now))
      window.close(number, at: Self.point(now))
      sent.append(now)
      #expect(sent.filter { $0 > now - 3_600 }.count <= 50)
    }
  }

  @Test("a request counts until an hour behind its answer")
  func countsFromAnswer() {
    var window = QuotaWindow(limit: 1)
    let number = window.open(at: Self.point(0))
    #expect(window.wait(at: Self.point(30)) == .seconds(3_570))
    window.close(number, at: Self.point(60))
    #expect(window.wait(at: Self.point(60)) == .seconds(3_600))
    #expect(window.wait(at: Self.point(3_660)) == .zero)
  }

  @Test("a refusal below our own count leaves half of the quota to others for an hour, once")
  func halves() {
    var window = QuotaWindow(limit: 8)
    var numbers: [Int] = []
    for _ in 0..<3 { numbers.append(window.open(at: Self.point(0))) }
    window.refuse(numbers[1], at: Self.point(1), retryAfter: .seconds(10))
    window.refuse(numbers[2], at: Self.point(1), retryAfter: .seconds(10))
    window.close(numbers[0], at: Self.point(1))
    #expect(window.count == 1)
    #expect(window.wait(at: Self.point(1)) == .seconds(10))
    for _ in 0..<3 {
      #expect(window.wait(at: Self.point(11)) == .zero)
      window.close(window.open(at: Self.point(11)), at: Self.point(11))
    }
    // Four of eight: the other half is not ours until the hour has passed.
    #expect(window.wait(at: Self.point(11)) == .seconds(3_590))
    #expect(window.wait(at: Self.point(3_601)) == .zero)
    for _ in 0..<5 { window.close(window.open(at: Self.point(3_601)), at: Self.point(3_601)) }
    #expect(window.wait(at: Self.point(3_601)) > .zero)
  }

  @Test("a refusal at our own count is ours, and halves nothing")
  func ownCount() {
    var window = QuotaWindow(limit: 2)
    for _ in 0..<2 { window.close(window.open(at: Self.point(0)), at: Self.point(0)) }
    _ = window.wait(at: Self.point(3_599))
    let number = window.open(at: Self.point(3_599))
    window.refuse(number, at: Self.point(3_599), retryAfter: .seconds(1))
    #expect(window.wait(at: Self.point(3_600)) == .zero)
    window.close(window.open(at: Self.point(3_600)), at: Self.point(3_600))
    #expect(window.wait(at: Self.point(3_600)) == .zero)
  }

  @Test("a clock that is set back delays, and forgets nothing")
  func clockSetBack() {
    var window = QuotaWindow(limit: 2)
    for _ in 0..<2 { window.close(window.open(at: Self.point(10_000)), at: Self.point(10_000)) }
    #expect(window.wait(at: Self.point(5_000)) == .seconds(3_600))
    #expect(window.wait(at: Self.point(8_600)) == .zero)
  }

  @Test("how long requests will take is how long they take", arguments: UInt64(0)..<40)
  func forecast(_ seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    let limit = Int.random(in: 1...20, using: &dice)
    var window = QuotaWindow(limit: limit)
    var now: Int64 = 0
    for _ in 0..<Int.random(in: 0...60, using: &dice) {
      now += .random(in: 0...300, using: &dice)
      now += window.wait(at: Self.point(now)).components.seconds
      window.close(window.open(at: Self.point(now)), at: Self.point(now))
    }
    let start = now
    var forecasts = window
    for count in 1...100 {
      let forecast = forecasts.time(for: count, at: Self.point(start))
      now += window.wait(at: Self.point(now)).components.seconds
      window.close(window.open(at: Self.point(now)), at: Self.point(now))
      #expect(forecast == .seconds(now - start), "\(count) of limit \(limit)")
    }
  }

  @Test(
    "with the quotas of a real server a delivery takes at most a hundredth longer than they force")
  func atTheQuota() async throws {
    let calls = (0..<1_000).map {
      #"POST contacts "query":{"urn":"ext:\#($0)"},"body":{"name":"n\#($0)"}"#
    }
    let scene = try DeliveryScene(calls, rates: #""250/hour""#)
    let journal = try DeliveryJournal(scene.directory)
    try scene.plan(journal)
    let start = scene.now
    let report = try await scene.deliver(
      journal, inFlight: 1, limits: QuotaLimits(contacts: 250, others: 250))
    #expect(report.ending == .complete)
    #expect(scene.api.counts[.contacts].statusCounts[429] == nil)
    // 250 at once, then as many at the end of each of three hours.
    let seconds = scene.now.elapsed(since: start) / .seconds(1)
    #expect(seconds >= 3 * 3_600 && seconds < 3 * 3_600 * 1.01, "\(seconds)")
  }

  @Test("send times survive the process")
  func survivesRestart() async throws {
    let calls = (0..<20).map {
      #"POST contacts "query":{"urn":"ext:\#($0)"},"body":{"name":"n\#($0)"}"#
    }
    let scene = try DeliveryScene(calls, rates: #""10/hour""#)
    let limits = QuotaLimits(contacts: 10, others: 10)
    let dying = DyingTransport(scene.server, at: 7, .after)
    do {
      let journal = try DeliveryJournal(scene.directory)
      try scene.plan(journal)
      let report = try await scene.deliver(
        journal, over: dying, inFlight: 1, limits: limits, attempts: 1,
        isStopped: { dying.isDead })
      #expect(report.ending == .stopped)
    }
    let journal = try DeliveryJournal(scene.directory)
    let report = try await scene.deliver(journal, inFlight: 1, limits: limits)
    #expect(report.ending == .complete)
    #expect(scene.api.counts[.contacts].statusCounts[429] == nil)
    #expect(try scene.contacts.count == 20)
  }
}
