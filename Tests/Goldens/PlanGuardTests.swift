import Foundation
import Testing

@Suite("Guards of plans")
struct PlanGuardTests {
  private static let rules = """
    version: 1
    contact: {urn: "ext:${event.person}", missing: create}
    rules:
      - id: named
        when: named
        do:
          - set_name: ${event.name}
          - add_to_group: VIP
      - id: erased
        when: erased
        do:
          - delete_contact: confirmed
    guards: {GUARDS}

    """

  private static let people = (1...6).map { #"{"urns": ["ext:\#($0)"]}"# }.joined(separator: ",")

  private static let events =
    (1...4).map { #"{"type": "named", "person": \#($0), "name": "n"}"# }
    + [5, 6].map { #"{"type": "erased", "person": \#($0)}"# }
    + [#"{"type": "named", "person": 9, "name": "n"}"#]

  private func scene(_ guards: String) throws -> PlanScene {
    let scene = try PlanScene(
      rules: Self.rules.replacingOccurrences(of: "GUARDS", with: guards), events: Self.events,
      workspace: #"{"groups": [{"name": "VIP"}], "contacts": [\#(Self.people)]}"#)
    #expect(try scene.pull().status == 0)
    return scene
  }

  @Test(
    "they count over the whole plan, whatever its windows",
    arguments: [
      ("max_deletes: 1", "`max_deletes`: 2 contacts would be deleted, the limit is 1"),
      ("max_created: 0", "`max_created`: 1 contact would be made, the limit is 0"),
      ("max_changed: 5", "`max_changed`: 6 contacts would be changed, the limit is 5"),
      (
        "max_changed: 80%",
        "`max_changed`: 6 contacts would be changed, the limit is 4 (80.0% of 6)"
      ),
      ("groups: {vip: 4}", "`groups`: the group `vip` would change by 5 contacts, the limit is 4"),
      ("never: [Vip]", "`never`: the group `Vip` would be changed"),
    ], ["", "--window 1"])
  func exceeded(_ pair: (guards: String, sentence: String), _ window: String) throws {
    let scene = try scene(pair.guards)
    let plan = try scene.plan(window)
    #expect(plan.status == 0)
    #expect(plan.output.contains(pair.sentence))
    #expect(plan.errors.contains("a guard keeps `regra apply regra.plan` from sending it"))
    let before = try scene.get("contacts.json")
    let apply = try scene.apply()
    #expect(apply.status == 7)
    #expect(apply.errors == "regra: stopped by a guard: \(pair.sentence); nothing was sent\n")
    #expect(try scene.get("contacts.json") == before)
    #expect(!FileManager.default.fileExists(atPath: scene.path("regra.plan.journal")))
  }

  @Test("a plan just within its guards is sent", arguments: ["", "--window 1"])
  func held(_ window: String) throws {
    let scene = try scene("max_deletes: 2, max_created: 1, max_changed: 6, groups: {VIP: 5}")
    #expect(try scene.plan(window).output.contains("guards   all hold"))
    #expect(try scene.apply().status == 0)
    #expect(try scene.get("contacts.json?urn=ext:9").contains("VIP"))
  }

  @Test("those of the plan count, whatever the rules say since")
  func ownGuards() throws {
    let scene = try scene("max_deletes: 1")
    #expect(try scene.plan().status == 0)
    try scene.write(rules: Self.rules.replacingOccurrences(of: "GUARDS", with: "max_deletes: 9"))
    #expect(try scene.apply().status == 7)
  }

  @Test("a guard that nobody can judge keeps a plan from being sent")
  func notJudged() throws {
    let scene = try scene("max_changed: 50%")
    let plan = try scene.plan("--contacts /dev/null")
    #expect(plan.output.contains("`max_changed` is not judged: a percentage needs a snapshot"))
    #expect(try scene.apply().status == 7)
  }

  private func replacing(_ guards: String) throws -> PlanScene {
    let scene = try PlanScene(
      rules: """
        version: 1
        contact: {urn: "ext:${event.person}", missing: create}
        rules:
          - id: sorted
            do:
              - set_groups: [Leads]
        guards: {\(guards)}

        """,
      events: [#"{"person": 1}"#, #"{"person": 2}"#],
      workspace: """
        {"groups": [{"name": "VIP"}, {"name": "Leads"}], "contacts": [
          {"urns": ["ext:1"], "groups": ["VIP", "Leads"]}, {"urns": ["ext:2"], "groups": ["Leads"]}]}
        """)
    #expect(try scene.pull().status == 0)
    return scene
  }

  @Test("a list of groups that leaves a guarded one out takes its contacts out of it")
  func replacedGroups() throws {
    let plan = try replacing("never: [vip]").plan()
    #expect(plan.output.contains("`never`: the group `vip` would be changed"), "\(plan.output)")
    let counted = try replacing("groups: {VIP: 0}").plan()
    let sentence = "`groups`: the group `VIP` would change by 1 contact, the limit is 0"
    #expect(counted.output.contains(sentence), "\(counted.output)")
  }

  @Test("what a list of groups replaces unseen is not judged")
  func unseenGroups() throws {
    let scene = try replacing("never: [VIP]")
    let plan = try scene.plan("--contacts /dev/null")
    #expect(plan.output.contains("`never` is not judged for `set_groups`"), "\(plan.output)")
    #expect(try scene.apply().status == 7)
  }

  @Test("programs read of each guard whether it holds")
  func json() throws {
    let plan = try scene("max_deletes: 1, max_changed: 100%").plan("--format json")
    #expect(
      plan.output.contains(
        #""guards":[{"guard":"max_deletes","count":2,"limit":1,"holds":false},"#
          + #"{"guard":"max_changed","count":6,"limit":6,"percent":100.0,"contacts":6,"#
          + #""holds":true}]"#))
  }
}
