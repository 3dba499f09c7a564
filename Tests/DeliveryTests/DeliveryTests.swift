import Contacts
import Execution
import Foundation
import RandomCalls
import Simulator
import Synchronization
import Testing

@testable import Delivery

private let lawSeeds: [UInt64] =
  if let limit = ProcessInfo.processInfo.environment["REGRA_LAW_CASES"].flatMap({ UInt64($0) }) {
    Array(0..<limit / 100)
  } else {
    [0, 1, 2, 3, 4, 10, 117]
  }

@Suite("Delivery")
struct DeliveryTests {
  /// Contacts as they are when the calls are sent one after the other.
  private func reference(_ calls: [String], _ dialect: Dialect) async throws -> [String] {
    let scene = try DeliveryScene(calls, dialect: dialect, state: RandomPlan.state)
    let journal = try DeliveryJournal(scene.directory)
    try scene.plan(journal)
    let report = try await scene.deliver(journal, inFlight: 1)
    #expect(report.ending == .complete)
    #expect(report.callCount == calls.count)
    #expect(try journal.nextBatch() == nil)
    return try scene.contacts
  }

  @Test(
    "calls side by side, over answers that come in any order, end as one after the other",
    arguments: Dialect.allCases, lawSeeds)
  func sideBySide(_ dialect: Dialect, _ seed: UInt64) async throws {
    let calls = RandomPlan(seed: seed, count: 30).calls
    let reference = try await reference(calls, dialect)
    for round in 0..<5 as Range<UInt64> {
      let scene = try DeliveryScene(calls, dialect: dialect, state: RandomPlan.state)
      let journal = try DeliveryJournal(scene.directory)
      try scene.plan(journal)
      let jostling = JostlingTransport(scene.server, seed: seed &* 7 &+ round)
      let report = try await scene.deliver(journal, over: jostling, inFlight: 8)
      #expect(report.ending == .complete)
      #expect(try scene.contacts == reference, "seed \(seed), round \(round)")
    }
  }

  @Test(
    "a delivery that dies at any request and goes on ends as one that does not",
    arguments: Dialect.allCases, lawSeeds)
  func resuming(_ dialect: Dialect, _ seed: UInt64) async throws {
    let calls = RandomPlan(seed: seed, count: 8).calls
    let reference = try await reference(calls, dialect)
    var place = 0
    var deaths = 0
    while true {
      var hasDied = false
      for moment in DyingTransport.Moment.allCases {
        let scene = try DeliveryScene(calls, dialect: dialect, state: RandomPlan.state)
        let dying = DyingTransport(scene.server, at: place, moment)
        do {
          let journal = try DeliveryJournal(scene.directory)
          try scene.plan(journal)
          _ = try await scene.deliver(
            journal, over: dying, inFlight: 3, attempts: 1, isStopped: { dying.isDead })
        }
        hasDied = dying.isDead
        guard hasDied else { continue }
        deaths += 1
        let journal = try DeliveryJournal(scene.directory)
        let report = try await scene.deliver(journal, inFlight: 3)
        #expect(report.ending == .complete)
        #expect(try scene.contacts == reference, "seed \(seed), place \(place), \(moment)")
      }
      guard hasDied else { break }
      place += 1
    }
    #expect(deaths > calls.count)
  }

  @Test("what was acknowledged is not sent again, and what was not is", arguments: lawSeeds)
  func once(_ seed: UInt64) async throws {
    let calls = RandomPlan(seed: seed, count: 12).calls
    let scene = try DeliveryScene(calls, state: RandomPlan.state)
    do { try scene.plan(try DeliveryJournal(scene.directory)) }
    var done = 0
    var runs = 0
    while runs < 100 {
      runs += 1
      let journal = try DeliveryJournal(scene.directory)
      let dying = DyingTransport(scene.server, at: 3 + runs % 3, .before)
      let report = try await scene.deliver(
        journal, over: dying, inFlight: 2, attempts: 1, isStopped: { dying.isDead })
      done += report.callCount
      if report.ending == .complete { break }
    }
    #expect(runs > 1)
    #expect(done == calls.count)
    #expect(try await scene.contacts == reference(calls, .weni))
  }

  @Test("what the server refuses is set aside as lines that send it again")
  func setAside() async throws {
    let calls = [
      #"POST contacts "query":{"urn":"ext:1"},"body":{"name":"A","fields":{"f":"1","nowhere":"2","gone":"4"}}"#,
      #"POST contact_actions "body":{"contacts":["ext:1","ext:404"],"action":"add","group":"Z"},"missing":["skip","fail"]"#,
      #"POST contacts "query":{"urn":"ext:2"},"body":{"fields":{"g":"3"}}"#,
    ]
    let scene = try DeliveryScene(calls, state: RandomPlan.state)
    let journal = try DeliveryJournal(scene.directory)
    try scene.plan(journal)
    let report = try await scene.deliver(journal)
    #expect(report.ending == .complete)
    let bytes = SetAsideFile.bytes(of: try journal.setAsideLines())
    var reader = CallReader()
    let lines = try reader.readAll(bytes)
    #expect(report.setAsideCount >= 3)
    #expect(lines.count == 2)
    #expect(String(decoding: bytes, as: UTF8.self).contains(#"{"nowhere":"2","gone":"4"}"#))
    #expect(!String(decoding: bytes, as: UTF8.self).contains(#""f":"1""#))
  }

  @Test("an address without a server is told at once, and everything stays planned")
  func unreachable() async throws {
    let calls = RandomPlan(seed: 1, count: 5).calls
    let scene = try DeliveryScene(calls, state: RandomPlan.state)
    let journal = try DeliveryJournal(scene.directory)
    try scene.plan(journal)
    let report = try await scene.deliver(journal, over: NoServer())
    #expect(report.ending == .interrupted(.transport(.unreachable)))
    #expect(try journal.backlog().calls == calls.count)
    #expect(scene.waits.withLock(\.self).isEmpty)
  }
}

private struct NoServer: Transport {
  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    throw .unreachable
  }
}
