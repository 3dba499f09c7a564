import Contacts
import Rulesets
import Simulator
import Testing

@testable import Provisioning

@Suite("What rules need and a workspace lacks")
struct ProvisionPlanTests {
  @Test("what `ensure` names and what rules write to, each once, in the order of the rules")
  func order() async throws {
    let scene = try ProvisionScene(
      state:
        #"{"fields": [{"key": "age", "label": "Age", "type": "number"}], "groups": [{"name": "Leads"}]}"#
    )
    let plan = try await scene.plan(
      [
        "set_fields: {last_order: x, age: 1, score: x}", "clear_fields: [old_code, score]",
        "add_to_group: [leads, VIP, Novos]", "remove_from_group: vip",
        "set_groups: [\"${event.group}\", Gold, Silver]",
      ],
      ensure: [
        "fields: {paid_at: {label: Paid at, type: datetime}, age: {label: Age, type: number}}",
        "groups: [Novos, LEADS]",
      ])
    #expect(
      plan.words == [
        "paid_at datetime Paid at @20 ensure", "last_order text Last order @6",
        "score text Score @6", "old_code text Old code @9", "Novos @21 ensure", "VIP @12",
        "Gold @18", "Silver @18",
      ])
    #expect(plan.problems == [])
    #expect(plan.fieldCount == 5)
    #expect(plan.groupCount == 5)
  }

  @Test("what the rules make themselves is left to them, and rules that are off need nothing")
  func madeByRules() async throws {
    let plan = try await ProvisionScene().plan([
      "create_group: Campanha", "add_to_group: campanha", "rename_group: {from: A, to: B}",
      "add_to_group: b", "create_field: {label: Last order, type: number}",
      "set_fields: {last_order: \"1\"}", "delete_group: {group: Old, confirmed: true}",
    ])
    #expect(plan.words == [])
    let off = try await ProvisionScene().plan(["add_to_group: X\n    enabled: false"])
    #expect(off.words == [])
  }

  @Test("a likely misspelling is pointed out, but never of what `ensure` names")
  func misspellings() async throws {
    let scene = try ProvisionScene(
      state:
        #"{"fields": [{"key": "last_order", "label": "Last order", "type": "text"}], "groups": [{"name": "Clientes"}, {"name": "Adultos", "query": "age > 18"}]}"#
    )
    let plan = try await scene.plan(
      ["set_fields: {last_ordr: x}", "add_to_group: [Cliente, Adulto]"],
      ensure: ["groups: [Clientess]"])
    #expect(
      plan.words == [
        "last_ordr text Last ordr @6 near last_order", "Clientess @11 ensure",
        "Cliente @9 near Clientes", "Adulto @9",
      ])
  }

  @Test("a key that no label gives is said, and the rest can be made", arguments: Dialect.allCases)
  func unmakeableKeys(dialect: Dialect) async throws {
    let scene = try ProvisionScene(dialect)
    let plan = try await scene.plan(["set_fields: {a__b: x, a_: x, a_b: x}"])
    #expect(plan.words == ["a_b text A b @6"])
    #expect(plan.problems.map(\.name) == ["a__b", "a_"])
    #expect(
      Set(plan.problems.map(\.reason)) == ["the server makes no such key of any label"])
  }

  @Test("no label is given that another field has")
  func takenLabels() async throws {
    let scene = try ProvisionScene(
      state: #"{"fields": [{"key": "old_order", "label": "Last Order", "type": "text"}]}"#)
    let plan = try await scene.plan(
      ["set_fields: {last_order: x}"],
      ensure: ["fields: {paid_at: {label: Paid at, type: text}}"])
    #expect(plan.words == ["paid_at text Paid at @8 ensure", "last_order text Last-order @6"])
    let ensured = try await scene.plan(
      ["note: x"], ensure: ["fields: {last_order: {label: last order, type: text}}"])
    #expect(ensured.words == [])
    #expect(
      ensured.problems.map(\.reason) == ["its label `last order` is that of the field `old_order`"])
  }

  @Test("a uuid that no group has cannot be made")
  func unknownUUID() async throws {
    let uuid = "09d23a05-47fe-11e4-bfe9-b8f6b119e9ab"
    let plan = try await ProvisionScene().plan(["add_to_group: \(uuid)"])
    #expect(plan.words == [])
    #expect(plan.problems.map(\.name) == [uuid])
  }

  @Test("a field that exists with another type is refused before anything is sent")
  func otherType() async throws {
    let scene = try ProvisionScene(
      state: #"{"fields": [{"key": "paid_at", "label": "Paid at", "type": "text"}]}"#)
    await #expect(throws: ProvisionScene.RefusedRules.self) {
      try await scene.plan(
        ["add_to_group: Novos"], ensure: ["fields: {paid_at: {label: Paid at, type: datetime}}"])
    }
    await #expect(throws: ProvisionScene.RefusedRules.self) {
      try await ProvisionScene(
        state: #"{"fields": [{"key": "age", "label": "Age", "type": "number"}]}"#
      ).plan(["set_fields: {age: \"12,5\"}"])
    }
    #expect(scene.writeCount == 0)
  }

  @Test("smart and system groups are there")
  func serverGroups() async throws {
    let scene = try ProvisionScene(
      .rapidpro, state: #"{"groups": [{"name": "Adultos", "query": "age > 18"}]}"#)
    let plan = try await scene.plan(["add_to_group: [adultos, open tickets, X]"])
    #expect(plan.words == ["X @6"])
    // The server's own groups do not count towards the limit.
    #expect(plan.groupCount == 2)
  }
}
