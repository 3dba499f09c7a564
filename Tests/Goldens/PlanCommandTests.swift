import Foundation
import Testing

@Suite("What a plan shows")
struct PlanCommandTests {
  @Test(
    "it fits into 80 columns, whatever paths and events are called",
    arguments: ["shop-orders", "crm-leads", "support-tickets", "privacy-requests"])
  func width(_ scenario: String) throws {
    let scratch = try Scratch()
    let folder = "playground/\(scenario)"
    let plan = try Command(
      shell: """
        regra plan \(folder)/rules \(folder)/events.ndjson --contacts \(folder)/contacts.ndjson \
        --inventory \(folder)/inventory.json --all --out \(scratch.directory.path)/x.plan
        """)
    // The first line names files as they were given.
    let lines = plan.output.split(separator: "\n").dropFirst()
    #expect(lines.count > 20)
    #expect(lines.filter { $0.count > 80 } == [])
    #expect(!plan.output.dropFirst(200).contains("\(folder)/rules"))
  }

  private static let rules = """
    version: 1
    contact: {urn: "ext:${event.person}", missing: create}
    rules:
      - id: link
        when: link
        do:
          - add_urn: tel:${event.phone}
      - id: named
        when: named
        do:
          - set_name: ${event.name}

    """

  private func scene() throws -> PlanScene {
    let scene = try PlanScene(
      rules: Self.rules,
      events: [
        #"{"type": "link", "person": 1, "phone": "+5582999330002"}"#,
        #"{"type": "named", "person": 1, "name": "Ana"}"#,
      ],
      workspace: """
        {"contacts": [{"urns": ["ext:1"]}, {"urns": ["ext:2", "tel:+5582999330002"]}]}
        """)
    #expect(try scene.pull().status == 0)
    return scene
  }

  /// The uuid of who has a URN.
  private func owner(of urn: String, _ scene: PlanScene) throws -> String {
    let answer = try scene.get("contacts.json?urn=\(urn)")
    return String(try #require(answer.firstMatch(of: /"uuid":"([0-9a-f-]+)"/)?.1))
  }

  @Test("URNs of other contacts are shown with their owners, and set aside")
  func refused() throws {
    let scene = try scene()
    let plan = try scene.plan()
    #expect(plan.status == 5)
    #expect(
      plan.output.contains(
        "! urns         1 URN of another contact, set aside (--allow-urn-moves takes it)\n"))
    #expect(!plan.output.contains("999330002"))
    let owner = try owner(of: "ext:2", scene)
    let shown = try scene.plan("--reveal --format json").output
    #expect(
      shown.contains(
        #""urn_conflicts":[{"urn":"tel:+5582999330002","owner":"\#(owner)","contact":"ext:1","#
          + #""moves":false,"names_contact":false,"rule":"link","at":"rules.yaml:4","#))
    #expect(try scene.apply().status == 0)
    #expect(try self.owner(of: "tel:%2B5582999330002", scene) == owner)
  }

  @Test("with --allow-urn-moves they are shown as taken, and are taken")
  func moved() throws {
    let scene = try scene()
    let plan = try scene.plan("--allow-urn-moves")
    #expect(plan.status == 0)
    #expect(plan.output.contains("! urns         1 URN taken from its contact\n"))
    let owner = try owner(of: "ext:2", scene)
    let shown = try scene.plan("--reveal --allow-urn-moves").output
    #expect(shown.contains("    tel:+5582999330002 of \(owner) for "))
    #expect(try scene.apply("--allow-urn-moves").status == 0)
    #expect(
      try self.owner(of: "tel:%2B5582999330002", scene) == self.owner(of: "ext:1", scene))
  }
}
