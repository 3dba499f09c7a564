import Foundation
import Testing

@Suite("Deliveries that are interrupted")
struct InterruptedRunTests {
  private static let count = 200

  private static let rules = """
    version: 1
    contact: {urn: "ext:${event.person}"}
    rules:
      - {id: named, do: [{set_name: "${event.name}"}]}

    """

  /// Each answer takes a while, so that there is time to interrupt.
  private func scene() throws -> PlanScene {
    try PlanScene(
      rules: Self.rules,
      events: (1...Self.count).map { #"{"person": \#($0), "name": "n\#($0)"}"# },
      ["--no-quotas", "--fault", #"{"on": {}, "delay": "20ms"}"#])
  }

  private func process(_ scene: PlanScene) throws -> Process {
    let process = Command.process([
      "run", scene.path("rules.yaml"), scene.path("events.ndjson"), "--to",
      scene.simulator.address, "--quota", "none", "--in-flight", "2", "--window", "50",
      "--no-progress", "--state", scene.path("state"),
    ])
    process.environment?["REGRA_TOKEN"] = "t"
    try Data().write(to: URL(fileURLWithPath: scene.path("errors")))
    process.standardError = FileHandle(forWritingAtPath: scene.path("errors"))
    process.standardOutput = FileHandle.nullDevice
    return process
  }

  private func names(_ scene: PlanScene) throws -> Int {
    try scene.get("contacts.json").matches(of: /"name":"n\d+"/).count
  }

  /// Starts a run, sends it a signal so often once some contacts are there, and gives what it said.
  private func interrupt(
    _ scene: PlanScene, _ signal: Int32, times: Int = 1
  ) throws -> (status: Int32, errors: String) {
    let process = try process(scene)
    try process.run()
    while process.isRunning, try names(scene) < 5 {}
    for _ in 0..<times { kill(process.processIdentifier, signal) }
    process.waitUntilExit()
    return (
      process.terminationStatus,
      try String(contentsOfFile: scene.path("errors"), encoding: .utf8)
    )
  }

  /// Runs the same command again: then everybody is there once.
  private func goOn(_ scene: PlanScene) throws {
    let process = try process(scene)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let found = try scene.get("contacts.json").matches(of: /"name":"(n\d+)"/).map { String($0.1) }
    #expect(found.sorted() == (1...Self.count).map { "n\($0)" }.sorted())
  }

  @Test(
    "calls under way are finished, and the same command goes on",
    arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func stops(signal: Int32, status: Int32) throws {
    let scene = try scene()
    let run = try interrupt(scene, signal)
    #expect(run.status == status, "\(run.errors)")
    let sentence = "regra: stopped; nothing is lost, and the same command goes on from there\n"
    #expect(run.errors.contains(sentence), "\(run.errors)")
    let some = try names(scene)
    #expect(some >= 5 && some < Self.count)
    try goOn(scene)
  }

  @Test("the second signal ends at once, and still nothing is lost")
  func ends() throws {
    let scene = try scene()
    #expect(try interrupt(scene, SIGINT, times: 50).status == 130)
    try goOn(scene)
  }
}
