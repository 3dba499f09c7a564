import Foundation
import Testing

@Suite("Scenarios")
struct ScenarioTests {
  @Test("a run prints the calls that stand beside its events", arguments: Scenario.all)
  func calls(_ scenario: Scenario) throws {
    let result = try scenario.run(workers: 1)
    if ProcessInfo.processInfo.environment["GOLDENS"] == "record" {
      try scenario.record(result.calls, as: "calls.ndjson")
      if try scenario.expected("summary.txt") != nil {
        try scenario.record(result.summary, as: "summary.txt")
      }
    }
    #expect(try result.calls == scenario.expected("calls.ndjson"))
    if let summary = try scenario.expected("summary.txt") { #expect(result.summary == summary) }
  }

  @Test(
    "the bytes are the same at any number of workers", arguments: Scenario.all, [1, 2, 3, 8])
  func workers(_ scenario: Scenario, count: Int) throws {
    let result = try scenario.run(workers: count, blockByteCount: 256)
    #expect(try result == scenario.run(workers: 1))
  }

  @Test("a scenario holds no file without a purpose", arguments: Scenario.all)
  func strangers(_ scenario: Scenario) throws {
    #expect(try scenario.strangers() == [])
  }
}
