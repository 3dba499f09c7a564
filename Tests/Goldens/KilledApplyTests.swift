import Foundation
import Testing

/// How often plans are killed, at least.
private let killCount =
  ProcessInfo.processInfo.environment["REGRA_KILLS"].flatMap { Int($0) } ?? 6

@Suite("Plans that are killed")
struct KilledApplyTests {
  private static let count = 60

  private func scene() throws -> PlanScene {
    let people = (0..<40).map { #"{"urns": ["ext:\#($0)"]}"# }.joined(separator: ",")
    let events = (0..<Self.count).map { person in
      switch person % 4 {
      case 0: #"{"type": "joined", "person": \#(person)}"#
      case 3: #"{"type": "erased", "person": \#(person)}"#
      default: #"{"type": "named", "person": \#(person), "name": "n\#(person)"}"#
      }
    }
    let scene = try PlanScene(
      events: events,
      workspace: #"{"groups": [{"name": "VIP"}], "contacts": [\#(people)]}"#,
      ["--fault", #"{"on": {"method": "POST"}, "delay": "15ms"}"#])
    #expect(try scene.pull().status == 0)
    // One call at a time is killed: small windows make many.
    #expect(try scene.plan("--window 4").status == 0)
    return scene
  }

  /// What the server has, without what tells when it came to be.
  private func contacts(_ scene: PlanScene) throws -> [String] {
    try scene.get("contacts.json").split(separator: #"{"uuid":"#).dropFirst().filter {
      $0.contains(#""urns":["#)
    }.map {
      let parts = $0.matches(of: /"(name|urns)":("[^"]*"|null|\[[^\]]*\])/).map { String($0.0) }
      return (parts + [$0.contains("VIP") ? "in" : "out"]).joined(separator: " ")
    }.sorted()
  }

  /// Lets an apply run for a while, and says whether it was killed before its end.
  private func kill(_ scene: PlanScene, after microseconds: UInt32) throws -> Bool {
    let process = Command.process(
      ["apply", scene.path("regra.plan"), "--url", scene.simulator.address, "--no-progress"])
    process.environment?["REGRA_TOKEN"] = "t"
    process.standardError = FileHandle.nullDevice
    try process.run()
    // The instant is anybody's choice, so there is nothing to wait for.
    usleep(microseconds)
    process.terminate(by: SIGKILL)
    return process.terminationReason == .uncaughtSignal
  }

  @Test("whenever it is killed, the same command goes on to the same end, as often as it takes")
  func anyInstant() throws {
    let whole = try scene()
    #expect(try whole.apply().status == 0)
    let expected = (try contacts(whole), try whole.plan("--window 4"))
    #expect(expected.0.count == 45)
    #expect(expected.1.output.contains("would change nothing"))
    var kills = 0
    while kills < killCount {
      let killed = try scene()
      // Where starting alone takes as long as that, waiting longer brings it on.
      var longest: UInt32 = 300_000
      while try kill(killed, after: .random(in: 20_000...longest)) {
        kills += 1
        longest += 20_000
      }
      let rest = try killed.apply()
      #expect(rest.status == 0, "\(rest.errors)")
      #expect(try contacts(killed) == expected.0)
      // The state directory knows as much as if nothing had happened.
      #expect(Self.calls(try killed.plan("--window 4")) == Self.calls(expected.1))
    }
  }

  private static func calls(_ plan: Command) -> [Substring] {
    plan.output.split(separator: "\n").filter { $0.contains("would change nothing") }
  }

  @Test("an interrupt lets the call under way finish, and the next run goes on behind it")
  func interrupted() throws {
    let scene = try scene()
    let process = Command.process(
      ["apply", scene.path("regra.plan"), "--url", scene.simulator.address, "--no-progress"])
    process.environment?["REGRA_TOKEN"] = "t"
    process.standardError = FileHandle.nullDevice
    try process.run()
    while try !scene.get("contacts.json").contains(#""name":"n1""#) {}
    process.terminate(by: SIGINT)
    #expect(process.terminationStatus == 130)
    let journal = try String(contentsOfFile: scene.path("regra.plan.journal"), encoding: .utf8)
    #expect(journal.split(separator: "\n").last?.hasPrefix(#"{"begun""#) == false)
    #expect(try scene.apply().status == 0)
  }
}

extension Process {
  /// Sends a signal and waits for the end.
  fileprivate func terminate(by signal: Int32) {
    Foundation.kill(processIdentifier, signal)
    waitUntilExit()
  }
}
