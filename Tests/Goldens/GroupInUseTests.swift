import Foundation
import Testing

@Suite("Groups that something uses")
struct GroupInUseTests {
  private static let rules = """
    version: 1
    contact: {urn: "ext:${event.person}"}
    rules:
      - {id: tidy, when: tidy, do: [{delete_group: {group: "${event.group}", confirmed: true}}]}
    """

  @Test(
    "they are set aside with the server's list and what to do, and go once that is done",
    arguments: [
      (
        "weni",
        "Group is being used by the following triggers which must be archived first: 12, 907"
      ),
      ("rapidpro", "Group is being used by triggers which must be archived first."),
    ])
  func deletion(dialect: String, words: String) throws {
    let scratch = try Scratch()
    let state = try scratch.write(
      """
      {"dialect": "\(dialect)", "groups": [{"name": "Leads"}, {"name": "Clientes"}], "dependents": [
        {"kind": "trigger", "id": "12", "groups": ["Leads"]},
        {"kind": "trigger", "id": "907", "groups": ["Leads"]}]}
      """, to: "workspace.json")
    let simulator = try RunningSimulator(["--state", state.path, "--token", "t"])
    _ = try scratch.write(Self.rules, to: "rules.yaml")
    _ = try scratch.write(
      """
      {"type": "tidy", "person": 1, "group": "Leads"}
      {"type": "tidy", "person": 1, "group": "Clientes"}

      """, to: "events.ndjson")

    let run = try simulator.run(
      "regra run rules.yaml events.ndjson --to URL --dialect \(dialect)", in: scratch, token: "t")
    let advice = "remove or archive these in the web interface, then `regra replay`"
    #expect(run.status == 5, "\(run.errors)")
    #expect(run.errors.contains("regra: set aside: \(words); \(advice)\n"), "\(run.errors)")
    #expect(
      run.errors.hasSuffix("regra replay .regra/set-aside.ndjson --url \(simulator.address)\n"))
    let line = try String(
      contentsOf: scratch.directory.appending(path: ".regra/set-aside.ndjson"), encoding: .utf8)
    #expect(line.contains(#""set_aside":"\#(words)","advice":"\#(advice)""#), "\(line)")

    let replay = "regra replay .regra/set-aside.ndjson --url URL --dialect \(dialect)"
    let early = try simulator.run(replay, in: scratch, token: "t")
    #expect(early.status == 5)
    #expect(early.errors.contains("set aside: \(words); \(advice)\n"), "\(early.errors)")

    let archived = ["12", "907"].map { #"{"kind": "trigger", "id": "\#($0)", "archived": true}"# }
    _ = try simulator.curl(
      "-X PATCH -d '{\"dependents\": [\(archived.joined(separator: ","))]}' "
        + "\(simulator.address)/_simulator/state")
    let late = try simulator.run(replay, in: scratch, token: "t")
    #expect(late.status == 0, "\(late.errors)")
    let left = try simulator.curl(
      "-H 'Authorization: Token t' \(simulator.address)/api/v2/groups.json")
    #expect(!left.contains("Leads") && !left.contains("Clientes"), "\(left)")
  }
}
