import Foundation
import Testing

/// How often runs are killed, at least.
private let killCount =
  ProcessInfo.processInfo.environment["REGRA_KILLS"].flatMap { Int($0) } ?? 8

@Suite("Deliveries that are killed")
struct KilledRunTests {
  private static let count = 90

  /// People get names and fields, join and leave, move URNs, are blocked and forgotten; some events
  /// come twice.
  private static let rules = """
    version: 1
    events: {id: event.id}
    contact: {urn: "ext:${event.person}"}
    rules:
      - {id: named, when: named, do: [{set_name: "${event.name}"}, {set_fields: {f: "${event.id}"}}]}
      - {id: joined, when: joined, do: [{add_to_group: VIP}]}
      - {id: left, when: left, do: [{remove_from_group: VIP}]}
      - {id: called, when: called, do: [{add_urn: "ext:alias${event.person}"}]}
      - {id: erased, when: erased, do: [{delete_contact: confirmed}]}

    """

  private func scene() throws -> PlanScene {
    let events = (0..<Self.count).map { number in
      // Every fifth event is one that was there before.
      let id = number % 5 == 4 ? number - 4 : number
      let of = id * 7 % 30
      let kind = ["named", "joined", "called", "named", "left", "named", "erased"][id % 7]
      return #"{"type": "\#(kind)", "id": "e\#(id)", "person": \#(of), "name": "n\#(id)"}"#
    }
    return try PlanScene(
      rules: Self.rules, events: events,
      workspace: #"{"groups": [{"name": "VIP"}], "fields": [{"key": "f"}]}"#,
      ["--no-quotas", "--fault", #"{"on": {}, "delay": "3ms"}"#])
  }

  /// What the server has, without what tells when it came to be; the same contact twice is seen.
  private func contacts(_ scene: PlanScene) throws -> [String] {
    try scene.get("contacts.json").split(separator: #"{"uuid":"#).dropFirst().filter {
      $0.contains(#""urns":["#)
    }.map {
      let parts = $0.matches(of: /"(name|urns|f)":("[^"]*"|null|\[[^\]]*\])/).map { String($0.0) }
      return (parts + [$0.contains("VIP") ? "in" : "out"]).joined(separator: " ")
    }.sorted()
  }

  private func arguments(_ scene: PlanScene, _ events: String) -> [String] {
    [
      "run", scene.path("rules.yaml"), events, "--to", scene.simulator.address, "--window", "7",
      "--state", scene.path("state"), "--in-flight", "4", "--quota", "none", "--no-progress",
    ]
  }

  /// Starts a run, kills it after a while unless it ended, and says whether it was killed.
  private func kill(
    _ scene: PlanScene, _ events: String, input: FileHandle? = nil, after microseconds: UInt32
  ) throws -> Bool {
    let process = Command.process(arguments(scene, events))
    process.environment?["REGRA_TOKEN"] = "t"
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    if let input { process.standardInput = input }
    try process.run()
    // The instant is anybody's choice, so there is nothing to wait for.
    usleep(microseconds)
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let isKilled = process.terminationReason == .uncaughtSignal
    #expect(isKilled || process.terminationStatus == 0)
    return isKilled
  }

  private func undisturbed() throws -> [String] {
    let scene = try scene()
    let run = try scene.shell(
      "regra \(arguments(scene, "events.ndjson").joined(separator: " "))")
    #expect(run.status == 0, "\(run.errors)")
    let contacts = try contacts(scene)
    #expect(contacts.count > 10)
    return contacts
  }

  @Test("whenever a run over a file is killed, the same command goes on to the same end")
  func file() throws {
    let expected = try undisturbed()
    var kills = 0
    while kills < killCount {
      let scene = try scene()
      while try kill(scene, scene.path("events.ndjson"), after: .random(in: 20_000...400_000)) {
        kills += 1
      }
      let rest = try scene.shell(
        "regra \(arguments(scene, scene.path("events.ndjson")).joined(separator: " "))")
      #expect(rest.status == 0, "\(rest.errors)")
      #expect(try contacts(scene) == expected)
    }
  }

  @Test("whenever a run over a pipe is killed, the next one reads on from the same pipe")
  func pipe() throws {
    let expected = try undisturbed()
    var kills = 0
    while kills < killCount {
      let scene = try scene()
      let pipe = Pipe()
      let lines = try String(contentsOfFile: scene.path("events.ndjson"), encoding: .utf8)
      try pipe.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
      try pipe.fileHandleForWriting.close()
      while try kill(
        scene, "-", input: pipe.fileHandleForReading, after: .random(in: 20_000...400_000))
      {
        kills += 1
      }
      #expect(try contacts(scene) == expected)
    }
  }
}
