import Foundation
import Testing

/// Rules, events and a simulated workspace, with `regra pull`, `plan` and `apply` between them.
final class PlanScene {
  /// People get names, join a group, and are forgotten.
  static let rules = """
    version: 1
    contact: {urn: "ext:${event.person}", missing: create}
    rules:
      - id: named
        when: named
        do:
          - set_name: ${event.name}
      - id: joined
        when: joined
        do:
          - add_to_group: VIP
      - id: erased
        when: erased
        do:
          - delete_contact: confirmed

    """

  let simulator: RunningSimulator
  let scratch: Scratch

  /// `workspace` is the simulator's state; contacts it does not date are old.
  init(
    rules: String = rules, events: [String], workspace: String = "{}", _ flags: [String] = []
  ) throws {
    scratch = try Scratch()
    let state = try scratch.write(workspace, to: "workspace.json")
    simulator = try RunningSimulator(["--state", state.path, "--token", "t"] + flags)
    try write(rules: rules)
    _ = try scratch.write(events.map { $0 + "\n" }.joined(), to: "events.ndjson")
  }

  func write(rules: String) throws { _ = try scratch.write(rules, to: "rules.yaml") }

  func path(_ name: String) -> String { "\(scratch.directory.path)/\(name)" }

  /// Runs a line of a shell beside the files, with the token set.
  func shell(_ line: String) throws -> Command {
    try Command(shell: "cd \(scratch.directory.path) && export REGRA_TOKEN=t; \(line)")
  }

  func pull(_ flags: String = "") throws -> Command {
    try shell("regra pull --url \(simulator.address) \(flags)")
  }

  func plan(_ flags: String = "") throws -> Command {
    try shell("regra plan rules.yaml events.ndjson \(flags)")
  }

  func apply(_ flags: String = "", url: String? = nil) throws -> Command {
    try shell("regra apply regra.plan --url \(url ?? simulator.address) \(flags)")
  }

  /// What the API says at a path below `/api/v2/`.
  func get(_ path: String) throws -> String {
    try simulator.curl("-H 'Authorization: Token t' '\(simulator.address)/api/v2/\(path)'")
  }

  /// What somebody else writes.
  @discardableResult
  func post(_ path: String, _ body: String) throws -> String {
    try simulator.curl(
      "-H 'Authorization: Token t' -H 'Content-Type: application/json' -d '\(body)' "
        + "'\(simulator.address)/api/v2/\(path)'")
  }
}
