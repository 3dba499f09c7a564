import Contacts
import Planning
import Simulator
import Testing

@testable import Execution

private let calls = [
  #"POST contacts "query":{"urn":"ext:1"},"body":{}"#,
  #"POST contacts "query":{"urn":"ext:2"},"body":{}"#,
  #"POST contacts "query":{"urn":"ext:3"},"body":{}"#,
]

@Suite("What ends a run")
struct InterruptionTests {
  /// The outcomes of three POSTs, the second of which meets a fault.
  private func outcomes(_ effect: Fault.Effect) async throws -> (words: [String], Interruption?) {
    let rehearsal = try Rehearsal()
    rehearsal.api.faults = FaultPlan([
      Fault(effect, at: Occasions(first: 2, times: 1))
    ])
    let report = try await rehearsal.run(calls)
    return (report.outcomes.map(\.word), report.interruption)
  }

  @Test("a call whose fate nobody knows is unknown, and those behind it are not sent")
  func unknown() async throws {
    for effect in [
      Fault.Effect.reset(.done), .reset(.skipped), .answer(APIAnswer(status: 500), .done),
      .truncate(byteCount: 3),
    ] {
      let (words, interruption) = try await outcomes(effect)
      #expect(words == ["acknowledged", "unknown", "not sent"])
      #expect(interruption?.mayBeApplied == true)
    }
  }

  @Test("a call that was throttled or not allowed is not sent")
  func notSent() async throws {
    let throttled = APIAnswer(status: 429, headers: [APIHeader("Retry-After", "7")])
    let (words, interruption) = try await outcomes(.answer(throttled, .skipped))
    #expect(words == ["acknowledged", "not sent", "not sent"])
    #expect(interruption?.cause == .throttled(retryAfterSeconds: 7))
    let forbidden = APIAnswer(status: 403, body: Array(#"{"detail": "Invalid token"}"#.utf8))
    #expect(
      try await outcomes(.answer(forbidden, .skipped)).1?.cause
        == .notAllowed(words: "Invalid token"))
  }

  @Test("a look-up that fails leaves its call unsent")
  func lookUp() async throws {
    let rehearsal = try Rehearsal()
    rehearsal.api.faults = FaultPlan([Fault(.reset(.done))])
    let report = try await rehearsal.run([
      #"GET contacts "query":{"urn":"ext:1"},"missing":"skip""#
    ])
    #expect(report.outcomes.map(\.word) == ["not sent"])
  }

  @Test("a suspended workspace ends the run", arguments: Dialect.allCases)
  func suspended(_ dialect: Dialect) async throws {
    let report = try await Rehearsal(dialect, #"{"workspace": {"suspended": true}}"#).run(calls)
    #expect(report.outcomes.map(\.word) == ["not sent", "not sent", "not sent"])
    #expect(report.items == [])
  }

  @Test("what is new is waited for, and not longer", arguments: Dialect.allCases)
  func waiting(_ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(
      dialect, #"{"workspace": {"asset_delay": 5}, "contacts": [{"urns": ["ext:1"]}]}"#)
    let start = rehearsal.api.clock.now
    let report = try await rehearsal.run([
      #"POST fields "body":{"label":"F","value_type":"text"}"#,
      #"""
      POST contacts "query":{"urn":"ext:1"},"body":{"fields":{"f":"1"}},"after":[1],"wait_s":6
      """#,
      #"POST contacts "query":{"urn":"ext:1"},"body":{"fields":{"f":"2"}},"after":[1],"wait_s":6"#,
    ])
    #expect(report.items == [])
    #expect(report.outcomes.map(\.word) == Array(repeating: "acknowledged", count: 3))
    let end = rehearsal.api.clock.now
    #expect((6_000_000...6_100_000).contains(end.microseconds - start.microseconds))
  }
}

extension CallOutcome {
  fileprivate var word: String {
    switch self {
    case .acknowledged: "acknowledged"
    case .notSent: "not sent"
    case .unknown: "unknown"
    }
  }
}
