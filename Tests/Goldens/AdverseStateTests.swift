import Foundation
import Testing

private let events = (1...40).map { #"{"type": "named", "person": \#($0), "name": "n\#($0)"}"# }

private let workspace =
  #"{"contacts": [\#((1...30).map { #"{"urns": ["ext:\#($0)"]}"# }.joined(separator: ","))]}"#

/// A scene that was pulled and planned.
private func scene(_ flags: [String] = []) throws -> PlanScene {
  let scene = try PlanScene(events: events, workspace: workspace, flags)
  #expect(try scene.pull().status == 0)
  #expect(try scene.plan().status == 0)
  return scene
}

/// How many contacts the server has that the plan names.
private func namedCount(_ scene: PlanScene) throws -> Int {
  try scene.get("contacts.json").components(separatedBy: #""name":"n"#).count - 1
}

@Suite("Several on one state directory")
struct SharedStateTests {
  /// An `apply` that waits for its third call.
  private func waitingApply() throws -> (PlanScene, Process) {
    let delay = #"{"on": {"method": "POST", "path": "contacts.json"}, "delay": "1h", "from": 3}"#
    let scene = try scene(["--fault", delay])
    let process = Command.process(
      ["apply", scene.path("regra.plan"), "--url", scene.simulator.address, "--no-progress"])
    process.environment?["REGRA_TOKEN"] = "t"
    process.standardError = FileHandle.nullDevice
    try process.run()
    let deadline = Date.now.addingTimeInterval(20)
    while try namedCount(scene) < 2, Date.now < deadline { usleep(20_000) }
    return (scene, process)
  }

  @Test("who would write while an apply writes is told which process that is, and ends")
  func writers() throws {
    let (scene, process) = try waitingApply()
    defer { kill(process.processIdentifier, SIGKILL) }
    _ = try scene.shell("cp regra.plan other.plan")
    for line in ["apply other.plan", "pull"] {
      let second = try scene.shell("regra \(line) --url \(scene.simulator.address)")
      #expect(second.status == 6)
      #expect(second.errors.contains("process \(process.processIdentifier) is writing to it"))
    }
    let twice = try scene.shell(
      "mkdir empty && regra apply regra.plan --state empty --url \(scene.simulator.address)")
    #expect(twice.status == 3)
    #expect(!FileManager.default.fileExists(atPath: scene.path("other.plan.journal")))
  }

  @Test("who reads meanwhile is not stopped")
  func readers() throws {
    let (scene, process) = try waitingApply()
    defer { kill(process.processIdentifier, SIGKILL) }
    let plan = try scene.plan("--out second.plan")
    #expect(plan.status == 0)
    // Two are named already, and of the third nobody knows.
    #expect(plan.output.contains("2 writes would change nothing"))
    let run = try scene.shell("regra run rules.yaml events.ndjson --quiet")
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count == 38)
  }
}

@Suite("Disks and directories that refuse")
struct RefusingDiskTests {
  @Test("a plan that does not fit is not there at all")
  func plan() throws {
    let scene = try scene()
    let run = try scene.shell(
      "ulimit -f 2; regra plan rules.yaml events.ndjson --contacts /dev/null --out full.plan >/dev/null"
    )
    #expect(run.status == 3)
    #expect(run.errors.contains("File too large"))
    #expect(try scene.shell("ls full*").output == "")
  }

  @Test(
    "an apply whose journal or state directory fits no more ends behind a call, and goes on",
    arguments: [("", 300), ("--contacts /dev/null", 4)])
  func apply(_ knowledge: String, _ limit: Int) throws {
    let scene = try scene()
    #expect(try scene.plan(knowledge).status == 0)
    let run = try scene.shell(
      "ulimit -f \(limit); regra apply regra.plan --url \(scene.simulator.address)")
    #expect(run.status == 3)
    #expect(run.errors.contains("the calls until there are done, and the same command goes on"))
    #expect(try (1..<40).contains(namedCount(scene)))
    let rest = try scene.apply()
    #expect(rest.status == 0, "\(rest.errors)")
    #expect(try namedCount(scene) == 40)
  }

  @Test("a pull that does not fit ends, and goes on")
  func pull() throws {
    let scene = try scene()
    let run = try scene.shell(
      "ulimit -f 20; regra pull --state other --url \(scene.simulator.address)")
    #expect(run.status == 3)
    #expect(run.errors.hasPrefix("regra: other: "))
    #expect(try scene.pull("--state other").errors.contains("30 contacts known"))
  }

  @Test("a directory that may only be read is refused in a sentence")
  func readOnly() throws {
    let scene = try scene()
    // Whoever may do everything becomes somebody who may not.
    let other = getuid() == 0 ? "setpriv --reuid=65534 --clear-groups " : ""
    if getuid() == 0 { _ = try scene.shell("chown -R 65534 .regra; chmod 755 .") }
    // A reader leaves these, and needs them.
    _ = try scene.shell("rm -f .regra/*-wal .regra/*-shm")
    _ = try scene.shell("chmod 400 .regra/*; chmod 500 .regra")
    let plan = try scene.shell(
      "\(other)regra plan rules.yaml events.ndjson --out /dev/stdin 2>&1 </dev/null")
    #expect(plan.status == 3)
    #expect(plan.output.contains(".regra: its files cannot be written; copy it to where they can"))
    let pull = try scene.shell("\(other)regra pull --url \(scene.simulator.address)")
    #expect(pull.status == 3)
    #expect(pull.errors.contains("Permission denied"))
    _ = try scene.shell("chmod 700 .regra")
  }
}

@Suite("State directories that do not belong")
struct ForeignStateTests {
  @Test("apply and pull leave the directory of another workspace alone, and send nothing")
  func workspaces() throws {
    let scene = try scene()
    let other = try RunningSimulator(["--token", "t", "--seed", "9"])
    for line in ["apply regra.plan", "pull"] {
      let run = try scene.shell("regra \(line) --url \(other.address)")
      #expect(run.status == 6)
      #expect(run.errors.contains(line == "pull" ? "it belongs to workspace" : "is for workspace"))
    }
    // A plan that knows no workspace is told by the directory.
    _ = try scene.shell("regra plan rules.yaml events.ndjson --contacts /dev/null")
    let blind = try scene.shell("regra apply regra.plan --state .regra --url \(other.address)")
    #expect(blind.status == 6)
    #expect(blind.errors.contains("it belongs to workspace"))
    #expect(
      try other.curl("-H 'Authorization: Token t' \(other.address)/api/v2/contacts.json")
        .contains(#""results":[]"#))
  }

  @Test("a plan in another dialect than the directory's is refused", arguments: ["plan", "run"])
  func dialects(_ command: String) throws {
    let run = try scene().shell("regra \(command) rules.yaml events.ndjson --dialect rapidpro")
    #expect(run.status == 6)
    #expect(run.errors.contains("a workspace of dialect weni; give --dialect weni"))
  }

  @Test("a format of a later version is refused by who reads and who writes")
  func formats() throws {
    let scene = try scene()
    let file = try #require(FileHandle(forUpdatingAtPath: scene.path(".regra/contacts.sqlite")))
    // `user_version` in the header of SQLite's file.
    try file.seek(toOffset: 63)
    try file.write(contentsOf: [99])
    try file.close()
    for run in [try scene.plan(), try scene.apply(), try scene.pull()] {
      #expect(run.status == 3)
      #expect(run.errors.contains("its format is 99"))
    }
    #expect(try namedCount(scene) == 0)
  }
}

@Suite("Files that are no plan")
struct ForeignPlanTests {
  @Test(
    "what is no plan, or no longer one, is refused in a sentence, and nothing is sent",
    arguments: [
      ("cp events.ndjson regra.plan", 3, "this is no plan"),
      ("cp workspace.json regra.plan", 3, "this is no plan"),
      ("regra run rules.yaml events.ndjson --quiet >regra.plan", 3, "this is no plan"),
      (": >regra.plan", 3, "this is no plan"), ("rm regra.plan", 3, "No such file"),
      ("rm regra.plan; mkdir regra.plan", 3, "Is a directory"),
      ("head -c 900 regra.plan >p; mv p regra.plan", 3, "was not written as a whole"),
      ("head -n 3 regra.plan >p; mv p regra.plan", 3, "was not written as a whole"),
      ("sed -i 's/n1/n2/' regra.plan", 3, "was changed after it was made"),
      ("sed -i 's/weni/rapidpro/' regra.plan", 3, "was changed after it was made"),
      ("sed -i 3d regra.plan", 3, "was changed after it was made"),
      ("sed -i 's/^{.plan.:1/{\"plan\":7/' regra.plan", 3, "another version of regra"),
      ("echo x >>regra.plan", 3, "was not written as a whole"),
    ])
  func refused(_ change: String, _ status: Int, _ words: String) throws {
    let scene = try scene()
    #expect(try scene.shell(change).status == 0)
    let run = try scene.apply()
    #expect(Int(run.status) == status)
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(try namedCount(scene) == 0)
    #expect(try scene.shell("ls *.journal").output == "")
  }

  @Test("a plan in another dialect than the server's is refused")
  func dialect() throws {
    let scene = try PlanScene(
      events: events, workspace: workspace, ["--dialect", "rapidpro"])
    #expect(try scene.plan().status == 0)
    let run = try scene.apply()
    #expect(run.status == 6)
    #expect(run.errors.contains("plan again with --dialect rapidpro"))
    #expect(try namedCount(scene) == 0)
  }
}
