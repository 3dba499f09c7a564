import Contacts
import Pulling
import StateStore
import Testing

private func answer(_ status: Int, retryAfter: String? = nil) -> RetryPolicy.Outcome {
  let headers = retryAfter.map { [APIHeader("Retry-After", $0)] } ?? []
  return .answer(APIAnswer(status: status, headers: headers))
}

@Suite("Retries of reading")
struct RetryTests {
  private let policy = RetryPolicy()

  @Test(
    "waits double up to a minute",
    arguments: [(0, 1), (1, 2), (2, 4), (5, 32), (6, 60)])
  func waits(_ failed: Int, _ seconds: Int) {
    #expect(
      policy.decide(.failure(.reset), failed: failed, throttled: 0)
        == .retry(after: .seconds(seconds), asksForLess: false))
  }

  @Test("attempts are bounded, each failure by its name")
  func bounds() {
    #expect(
      policy.decide(.failure(.reset), failed: 7, throttled: 0) == .giveUp(.unreachable(.reset)))
    #expect(policy.decide(answer(503), failed: 7, throttled: 0) == .giveUp(.serverError(503)))
    #expect(policy.decide(.brokenBody, failed: 7, throttled: 0) == .giveUp(.noPage))
    #expect(
      policy.decide(answer(429, retryAfter: "1"), failed: 0, throttled: 29)
        == .giveUp(.throttled(.seconds(1))))
  }

  @Test(
    "a server says when to come back, but not never",
    arguments: [
      ("5", RetryPolicy.Decision.comeBack(after: .seconds(5))),
      ("0", .comeBack(after: .seconds(1))), ("-5", .comeBack(after: .seconds(1))),
      ("3600", .comeBack(after: .seconds(3_600))), ("soon", .comeBack(after: .seconds(60))),
      ("99999", .giveUp(.throttled(.seconds(99_999)))),
      ("9223372036854775807", .giveUp(.throttled(.seconds(Int64.max)))),
    ])
  func retryAfter(_ header: String, _ decision: RetryPolicy.Decision) {
    #expect(policy.decide(answer(429, retryAfter: header), failed: 0, throttled: 0) == decision)
  }

  @Test("each failure is a sentence about the server")
  func sentences() {
    let failures: [PullFailure] =
      TransportFailure.allCases.map { .unreachable($0) } + [
        .serverError(500), .throttled(.seconds(5)), .notAllowed("no"), .redirected("x"),
        .redirected(nil), .refused(400, "x"), .noPage, .otherDialect(found: .rapidpro),
        .endlessPages,
      ]
    #expect(Set(failures.map(\.sentence)).count == failures.count)
    for failure in failures {
      #expect(failure.sentence.first?.isLowercase == true)
      #expect(failure.sentence.last != ".")
    }
  }
}

@Suite("Our part of the quota")
struct CallBudgetTests {
  private func second(_ number: Int64) -> PointInTime {
    PointInTime(microseconds: number * 1_000_000)
  }

  @Test(
    "a call waits until fewer than the limit were made in the last hour",
    arguments: [
      ([], 0, 0), ([0, 10], 20, 0), ([0, 10, 20], 30, 3_570), ([0, 10, 20], 3_599, 1),
      ([0, 10, 20], 3_600, 0), ([0, 10, 20, 30, 40], 50, 3_570),
    ] as [([Int64], Int64, Int64)])
  func waiting(_ calls: [Int64], _ now: Int64, _ wait: Int64) {
    var budget = CallBudget(limit: 3, spent: calls.map(second))
    #expect(budget.wait(at: second(now)) == .seconds(wait))
  }

  @Test("a clock that was set back makes nobody wait for more than an hour")
  func clockSetBack() {
    var budget = CallBudget(limit: 1, spent: [second(1_000_000)])
    #expect(budget.wait(at: second(10)) == .zero)
  }

  @Test("the time of many calls is their answers' and the waiting for the quota")
  func time() {
    let budget = CallBudget(limit: 2)
    #expect(budget.time(for: 2, each: .seconds(1), from: second(0)) == .seconds(2))
    #expect(budget.time(for: 5, each: .seconds(1), from: second(0)) == .seconds(7_201))
    #expect(budget.time(for: 0, each: .seconds(1), from: second(0)) == .zero)
  }
}
