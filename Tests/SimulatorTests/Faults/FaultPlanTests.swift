import Contacts
import Simulator
import Testing

private let post = APIRequest(method: "POST", target: "/api/v2/contacts.json?urn=tel%3A%2B5582")
private let act = APIRequest(
  method: "POST", target: "/api/v2/contact_actions.json",
  body: Array(#"{"contacts": ["tel:+5582", "a-uuid"], "action": "block"}"#.utf8))

/// The numbers, from 1, of those of `count` equal requests that a fault strikes.
private func struck(_ occasions: Occasions, of count: Int, seed: UInt64 = 0) -> [Int] {
  var plan = FaultPlan([Fault(.jump(.seconds(1)), at: occasions)], seed: seed)
  return (1...count).filter { _ in plan.mishap(for: post) != .none }
}

@Suite("What befalls a request")
struct FaultPlanTests {
  @Test(
    "occasions count the requests that a fault is about",
    arguments: [
      (Occasions(), [1, 2, 3, 4, 5, 6, 7]), (Occasions(first: 3), [3, 4, 5, 6, 7]),
      (Occasions(first: 2, every: 3), [2, 5]), (Occasions(first: 2, times: 2), [2, 3]),
      (Occasions(every: 2, times: 2), [1, 3]), (Occasions(times: 0), []),
      (Occasions(chance: 0), []),
    ])
  func occasions(_ occasions: Occasions, _ numbers: [Int]) {
    #expect(struck(occasions, of: 7) == numbers)
  }

  @Test("chance is drawn from the seed", arguments: [1, 2, 3] as [UInt64])
  func chance(_ seed: UInt64) {
    let numbers = struck(Occasions(chance: 0.3), of: 1_000, seed: seed)
    #expect((200...400).contains(numbers.count))
    #expect(numbers == struck(Occasions(chance: 0.3), of: 1_000, seed: seed))
    #expect(numbers != struck(Occasions(chance: 0.3), of: 1_000, seed: seed + 1))
  }

  @Test(
    "a matcher looks at method, path and contact",
    arguments: [
      (RequestMatcher(), true, true), (RequestMatcher(method: "POST"), true, true),
      (RequestMatcher(method: "GET"), false, false),
      (RequestMatcher(path: "contacts.json"), true, false),
      (RequestMatcher(path: "/api/v2/contacts.json"), true, false),
      (RequestMatcher(path: "contact*.json"), true, true),
      (RequestMatcher(path: "*actions*"), false, true),
      (RequestMatcher(path: "contacts.jso"), false, false),
      (RequestMatcher(path: "/contacts.json"), false, false),
      (RequestMatcher(contact: "tel:+5582"), true, true),
      (RequestMatcher(contact: "a-uuid"), false, true),
      (RequestMatcher(contact: "tel:+5583"), false, false),
    ])
  func matchers(_ matcher: RequestMatcher, _ meetsPost: Bool, _ meetsAction: Bool) {
    #expect(matcher.matches(post) == meetsPost)
    #expect(matcher.matches(act) == meetsAction)
  }

  @Test("a pattern of many stars costs no more than the lengths multiplied")
  func stars() {
    let target = "/" + String(repeating: "a", count: 20_000)
    let pattern = "/" + String(repeating: "*a", count: 200) + "b"
    let matcher = RequestMatcher(path: pattern)
    #expect(!matcher.matches(APIRequest(method: "GET", target: target)))
  }

  @Test("delays and jumps add up; of two outcomes the first counts")
  func together() {
    let answers = [500, 503].map { Fault(.answer(APIAnswer(status: $0), .skipped)) }
    let late = Fault(.delay(.seconds(1) ... .seconds(1)))
    var plan = FaultPlan(
      [
        late, late, Fault(.jump(.seconds(-5))), Fault(.jump(.seconds(2))),
        Fault(.slow(bytesPerSecond: 7)),
        Fault(.slow(bytesPerSecond: 8)), Fault(.truncate(byteCount: 3)),
      ] + answers)
    let mishap = plan.mishap(for: post)
    #expect(mishap.delay == .seconds(2))
    #expect(mishap.clockJump == .seconds(-3))
    #expect(mishap.outcome == .answer(APIAnswer(status: 500), .skipped))
    #expect(mishap.bytesPerSecond == 7)
    #expect(mishap.bodyByteLimit == 3)
  }

  @Test("a delay is drawn from its range")
  func range() {
    var plan = FaultPlan([Fault(.delay(.milliseconds(100) ... .seconds(2)))])
    let delays = (1...100).map { _ in plan.mishap(for: post).delay }
    #expect(delays.allSatisfy { $0 >= .milliseconds(100) && $0 <= .seconds(2) })
    #expect(Set(delays).count > 90)
  }
}
