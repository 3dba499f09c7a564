import Contacts
import Execution
import Pulling
import Testing

@testable import Delivery

@Suite("Outcome table")
struct OutcomeTableTests {
  @Test("it has one row for each outcome, in their order")
  func rows() {
    #expect(OutcomeTable.rows.map(\.outcome) == RequestOutcome.allCases)
  }

  @Test("each row is met in both dialects, but for what one of them alone has")
  func dialects() {
    for outcome in RequestOutcome.allCases {
      let met = Set(scenes(of: outcome).flatMap(\.dialects))
      let expected: Set<Dialect> =
        switch outcome {
        case .unknownURN: [.weni]
        case .systemObject: [.rapidpro]
        default: Set(Dialect.allCases)
        }
      #expect(met == expected, "\(outcome)")
    }
  }

  @Test("each row says what is done", arguments: RequestOutcome.allCases)
  func row(_ outcome: RequestOutcome) async throws {
    for scene in scenes(of: outcome) {
      for dialect in scene.dialects {
        for way in scene.ways {
          try await OutcomeTrial(
            row: OutcomeTable[outcome], play: OutcomePlay(scene: scene, dialect: dialect, way: way)
          ).run()
        }
      }
    }
  }
}

/// Holds a row against a scene.
private struct OutcomeTrial {
  let row: OutcomeTable.Row
  let play: OutcomePlay

  private var about: Comment {
    "\(row.outcome), \(play.dialect), \(play.way): \(play.scene.calls) \(play.scene.fault ?? "")"
  }

  func run() async throws {
    switch row.repetition {
    case .never: try await once()
    case .whenAsked: try await asked()
    case .backingOff, .behindLookUp: try await repeated()
    }
  }

  /// Nothing is sent twice, and the call ends as the row says.
  private func once() async throws {
    let result = try await play.run()
    let met = result.sights.filter { $0.outcomes.contains(row.outcome) }
    #expect(!met.isEmpty, about)
    for (place, sight) in result.sights.enumerated() {
      #expect(!result.sights[..<place].contains { $0.request == sight.request }, about)
    }
    switch row.consequence {
    case .done, .joined, .otherSpelling:
      expectDone(result)
      #expect(result.setAside == [], about)
    case .partSetAside, .halved, .callSetAside:
      expectDone(result)
      #expect(!result.setAside.isEmpty, about)
    case .leftOut: expectDone(result)
    case .interrupted:
      expectInterrupted(result)
      try await expectPatience(strikes: 1)
    case .ended:
      expectInterrupted(result)
      #expect(result.contacts == result.contactsBefore, about)
      var patient = play
      patient.isPatient = true
      expectInterrupted(try await patient.run())
    }
  }

  /// The server is asked again when it said, and not before.
  private func asked() async throws {
    var play = play
    play.strikes = 2
    let result = try await play.run()
    #expect(result.sights.count { $0.outcomes.contains(row.outcome) } == 2, about)
    #expect((.seconds(14)...(.seconds(20))).contains(result.time), about)
    expectDone(result)
    // A delivery waits without end; an `apply` does not.
    let (outcome, requests) = try await play.apply()
    guard case .notSent(let interruption) = outcome else {
      Issue.record("\(about): \(outcome)")
      return
    }
    #expect(interruption.cause == .throttled(retryAfterSeconds: 7), about)
    #expect(requests == RetryPolicy().throttleLimit, about)
  }

  /// One failure is made good; if they go on, attempts end and what is planned stays.
  private func repeated() async throws {
    var once = play
    once.strikes = 1
    let result = try await once.run()
    #expect(result.sights.count { $0.outcomes.contains(row.outcome) } == 1, about)
    #expect(result.waits.count == 1, about)
    expectDone(result)
    guard play.scene.canLast else { return }

    let failing = try await play.run()
    let count = failing.sights.count { $0.outcomes.contains(row.outcome) }
    #expect(count == OutcomePlay.attemptLimit, about)
    #expect(failing.waits.count == OutcomePlay.attemptLimit - 1, about)
    for (place, wait) in failing.waits.enumerated() {
      #expect((.zero...(.seconds(1 << place))).contains(wait), about)
    }
    expectInterrupted(failing)
    try await expectPatience(strikes: OutcomePlay.attemptLimit)
  }

  /// A live stream goes on once the fault has passed.
  private func expectPatience(strikes: Int) async throws {
    var patient = play
    patient.isPatient = true
    patient.strikes = strikes
    let result = try await patient.run()
    #expect(result.waits.contains(.seconds(60)), about)
    expectDone(result)
  }

  private func expectDone(_ result: OutcomePlay.Result) {
    let scene = play.scene
    #expect(result.report.ending == .complete, about)
    #expect(result.leftCount == 0, about)
    #expect(result.contacts == scene.contacts, about)
    #expect(result.report.skippedCount == scene.skippedCount, about)
    #expect(result.setAside.count == scene.setAside.count, "\(about): \(result.setAside)")
    for part in scene.setAside {
      #expect(
        result.setAside.contains { $0.contains(part.replacing("\", \"", with: "\",\"")) },
        "\(about): \(result.setAside)")
    }
    if let advice = row.advice {
      #expect(result.setAside.allSatisfy { $0.contains(advice.sentence) }, about)
    }
    var reader = CallReader()
    let bytes = SetAsideFile.bytes(of: result.setAside)
    #expect(throws: Never.self) { try reader.readAll(bytes) }
  }

  private func expectInterrupted(_ result: OutcomePlay.Result) {
    if case .interrupted = result.report.ending {
    } else {
      Issue.record("\(about): \(result.report.ending)")
    }
    #expect(result.leftCount == play.scene.calls.count - result.report.callCount, about)
    #expect(result.leftCount > 0, about)
    #expect(result.setAside == [], about)
  }
}
