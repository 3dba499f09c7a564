import Contacts
import Engine
import Foundation
import Planning
import Testing

/// `REGRA_LAW_CASES` random cases, from the seed `REGRA_LAW_SEED`.
private let caseCount = number("REGRA_LAW_CASES") ?? 2500
private let firstSeed = UInt64(number("REGRA_LAW_SEED") ?? 1)
/// Rare cases that once lost a write.
private let rareSeeds: [UInt64] = [
  7747, 54_575, 66_191, 151_329, 503_300, 516_153, 524_352, 536_742, 550_280, 620_927,
]
private let seeds = Array(firstSeed..<firstSeed + UInt64(caseCount)) + rareSeeds

private func number(_ name: String) -> Int? {
  ProcessInfo.processInfo.environment[name].flatMap(Int.init)
}

@Suite("The law of planning")
struct LawTests {
  @Test("the planned calls reach the state that one action at a time reaches")
  func plannedEqualsNaive() throws {
    var plannedCount = 0
    for seed in seeds {
      let example = ModelCase(seed: seed)
      var reference = ModelReference(example.workspace)
      var merger = ModelMerger(mode: example.mode)
      for event in example.events {
        reference.apply(event)
        merger.apply(event)
      }
      let calls = lines(merger.draft.batch, example.workspace.profile, mode: example.mode)
      var executor = ModelExecutor(example.workspace)
      try executor.run(calls)
      plannedCount += executor.callCount
      guard executor.workspace.state != reference.workspace.state else { continue }
      Issue.record("\(Failure(example, calls, executor.workspace, reference.workspace))")
      return
    }
    #expect(plannedCount > caseCount)
  }

  @Test(
    "rules, evaluated, merged and planned, reach the same state",
    arguments: [ModelCase.Scope.fixedURNs, .everything, .bothSpellings, .losingNames])
  func wholePipeline(_ scope: ModelCase.Scope) throws {
    let mergers = [Dialect.weni: try EngineMerger(.weni), .rapidpro: try EngineMerger(.rapidpro)]
    for seed in seeds {
      let example = ModelCase(seed: seed, scope)
      var reference = ModelReference(example.workspace)
      for event in example.events { reference.apply(event) }
      let merger = try #require(mergers[example.workspace.profile.dialect])
      let calls = merger.lines(example)
      #expect(merger.lines(example, keepsReplaced: false) == calls, "seed \(seed)")
      var executor = ModelExecutor(example.workspace)
      try executor.run(calls)
      guard executor.workspace.state != reference.workspace.state else { continue }
      Issue.record("\(Failure(example, calls, executor.workspace, reference.workspace))")
      return
    }
  }
}

/// A case that breaks the law, as people read it.
struct Failure: CustomStringConvertible {
  var description: String

  init(
    _ example: ModelCase, _ calls: [String], _ planned: ModelWorkspace,
    _ expected: ModelWorkspace
  ) {
    var text = ["seed \(example.seed), \(example.workspace.profile.dialect), \(example.mode)"]
    text += ["before:"] + example.workspace.state
    for (number, event) in example.events.enumerated() {
      text += event.mutations.map { "e\(number): \($0)" }
    }
    text += calls.map { $0.replacing("/api/v2/", with: "") }
    text += ["one at a time:"] + expected.state + ["planned:"] + planned.state
    description = text.joined(separator: "\n")
  }
}
