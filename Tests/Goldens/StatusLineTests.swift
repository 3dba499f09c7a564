import Foundation
import Testing

@Suite("On a terminal")
struct StatusLineTests {
  /// A run that takes a second.
  private func scene() throws -> PlanScene {
    let events = (1...3).map { #"{"type": "named", "person": \#($0), "name": "A"}"# }
    return try PlanScene(
      events: events, ["--fault", #"{"on": {"method": "POST"}, "delay": "400ms"}"#])
  }

  private func run(
    _ scene: PlanScene, _ flags: String, _ setting: String = "", columns: UInt16 = 60
  ) throws -> (left: [String], passing: [String]) {
    let terminal = try PseudoTerminal(columns: columns)
    let (status, text) = try terminal.run(
      "cd \(scene.scratch.directory.path) && export REGRA_TOKEN=t; "
        + "\(setting) regra run rules.yaml events.ndjson --to \(scene.simulator.address) --in-flight 1 \(flags)"
    )
    #expect(status == 0, "\(text)")
    return PseudoTerminal.lines(of: text)
  }

  @Test("a line tells how far a run is, and is gone at its end", arguments: [24, 40, 60, 120])
  func line(columns: UInt16) throws {
    let (left, passing) = try run(scene(), "", columns: columns)
    #expect(passing.contains { $0.contains("to go") }, "\(passing)")
    #expect(passing.allSatisfy { $0.count < columns }, "\(passing)")
    #expect(left.allSatisfy { !$0.contains("to go") }, "\(left)")
    #expect(left.last == "regra: 3 calls sent · 3 requests")
  }

  @Test(
    "there is none where it is not wanted, or could not be taken away",
    arguments: [("", "--no-progress"), ("", "--quiet"), ("TERM=dumb", "")])
  func none(setting: String, flags: String) throws {
    #expect(try run(scene(), flags, setting).passing == [])
  }

  @Test("in a log it stands between the events, and leaves none of itself")
  func log() throws {
    let (left, _) = try run(scene(), "--log-format json")
    #expect(left.allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") }, "\(left)")
  }
}
