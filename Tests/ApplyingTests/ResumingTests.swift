import Contacts
import Foundation
import RandomCalls
import Simulator
import Testing

@testable import Applying

/// Those of a few plans, of which two delete by URN whom they name by uuid later.
private let lawSeeds: [UInt64] =
  if let limit = ProcessInfo.processInfo.environment["REGRA_LAW_CASES"].flatMap({ UInt64($0) }) {
    Array(0..<limit / 100)
  } else {
    [0, 1, 2, 3, 4, 10, 117]
  }

@Suite("Plans that are applied in parts")
struct ResumingTests {
  /// A scene on which the whole plan was applied at once.
  private func whole(_ calls: [String], _ dialect: Dialect) async throws -> ApplyScene {
    let scene = try ApplyScene(calls, dialect: dialect, state: RandomPlan.state)
    let report = try await scene.apply()
    #expect(report.ending == .complete)
    #expect(report.leftOut == [])
    return scene
  }

  @Test(
    "a plan that dies at any request and goes on ends as one that does not",
    arguments: Dialect.allCases, lawSeeds)
  func law(_ dialect: Dialect, _ seed: UInt64) async throws {
    let calls = RandomPlan(seed: seed, count: 6).calls
    let whole = try await whole(calls, dialect)
    var place = 0
    var deaths = 0
    while true {
      var hasDied = false
      for moment in DyingTransport.Moment.allCases {
        let scene = try ApplyScene(calls, dialect: dialect, state: RandomPlan.state)
        let dying = DyingTransport(scene.server, at: place, moment)
        // Before anything is sent, what goes wrong is an error.
        _ = try? await scene.apply(over: dying, attempts: 1)
        hasDied = dying.isDead
        guard hasDied else { continue }
        deaths += 1
        _ = scene.api.advance(by: .seconds(3_600))
        let report = try await scene.apply()
        #expect(report.ending == .complete)
        #expect(report.leftOut == [], "seed \(seed), place \(place), \(moment)")
        #expect(try scene.contacts == whole.contacts, "seed \(seed), place \(place), \(moment)")
      }
      guard hasDied else { break }
      place += 1
    }
    #expect(deaths > calls.count)
  }

  @Test("what was acknowledged is never sent again", arguments: 0..<6 as Range<UInt64>)
  func once(_ seed: UInt64) async throws {
    let calls = RandomPlan(seed: seed, count: 6).calls
    let scene = try ApplyScene(calls, state: RandomPlan.state)
    var runs = 0
    var report = ApplyReport()
    report.ending = .stopped
    while report.ending != .complete, runs < 100 {
      runs += 1
      let done = report.doneCount
      let dying = DyingTransport(scene.server, at: 3 + runs % 3 + 3, .before)
      report = try await scene.apply(over: dying, attempts: 1)
      #expect(report.doneBeforeCount == done)
    }
    #expect(runs > 1)
    let acknowledged = try scene.journalLines.filter { $0.hasPrefix("{\"done\"") }
    #expect(acknowledged.count == calls.count)
    #expect(try await scene.contacts == whole(calls, .weni).contacts)
  }

  @Test("a journal whose last line is cut off goes on", arguments: 0..<6)
  func cutOff(_ place: Int) async throws {
    let calls = RandomPlan(seed: 3, count: 4).calls
    let scene = try ApplyScene(calls, state: RandomPlan.state)
    let dying = DyingTransport(scene.server, at: 5 + place, .after)
    _ = try await scene.apply(over: dying, attempts: 1)
    let journal = try #require(FileHandle(forWritingAtPath: scene.journal))
    try journal.seekToEnd()
    try journal.write(contentsOf: Data("{\"done\":[1,".utf8))
    #expect(try await scene.apply().ending == .complete)
    #expect(try await scene.contacts == whole(calls, .weni).contacts)
  }

  @Test("a plan that was applied is not applied again")
  func finished() async throws {
    let scene = try await whole(RandomPlan(seed: 1, count: 5).calls, .weni)
    let count = scene.api.counts[.contacts].requestCount
    let report = try await scene.apply()
    #expect(report.ending == .completeBefore)
    #expect(scene.api.counts[.contacts].requestCount == count)
  }

  @Test("a stop ends behind a call, and the next run goes on")
  func stopped() async throws {
    let scene = try ApplyScene(RandomPlan(seed: 2, count: 5).calls, state: RandomPlan.state)
    let report = try await scene.apply(isStopped: { true })
    #expect(report.ending == .stopped)
    #expect(report.doneCount == 0)
    #expect(try await scene.apply().ending == .complete)
  }
}
