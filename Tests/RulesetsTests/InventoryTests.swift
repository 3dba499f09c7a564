import Contacts
import Diagnostics
import Knowledge
import Rulesets
import Testing

/// What check makes of rules once it knows the workspace.
@Suite("Rules and a known workspace")
struct InventoryTests {
  private let uuid = "09d23a05-47fe-11e4-bfe9-b8f6b119e9ab"

  private func codes(_ actions: String, ensure: String = "", known: Inventory? = nil) -> [String] {
    let text = """
      version: 1
      contact: {urn: "ext:${event.id}"}
      rules:
        - id: a
          do:
      \(actions.split(separator: "\n").map { "      - \($0)" }.joined(separator: "\n"))
      \(ensure)
      """
    let source = SourceText(path: "rules.yaml", contents: text)
    return Ruleset.check([source], profile: .weni, inventory: known).diagnostics
      .map { "\($0.code.rawValue) \($0.message)" }
  }

  /// An inventory that was read as a whole.
  private func inventory(
    _ groups: [(String, String)] = [], fields: [(String, String)] = []
  ) throws
    -> Inventory
  {
    let groups = groups.map { #"{"name":"\#($0)","uuid":"\#($1)","query":null}"# }
    let fields = fields.map { #"{"key":"\#($0)","value_type":"\#($1)"}"# }
    let text =
      #"{"groups":[\#(groups.joined(separator: ","))],"fields":[\#(fields.joined(separator: ","))]}"#
    var snapshot = ContactSnapshot(.weni)
    var reader = SnapshotReader()
    try reader.setInventory(Array(text.utf8), of: &snapshot)
    return snapshot.inventory
  }

  @Test("groups are named by name and by uuid only where it is known which are the same")
  func mixedNames() throws {
    let mixed = "add_to_group: Clientes\nremove_from_group: \(uuid)"
    #expect(codes(mixed) == ["E0413 groups are named both by name and by uuid"])
    let different = "11111111-47fe-11e4-bfe9-b8f6b119e9ab"
    #expect(
      codes(mixed, known: try inventory([("Clientes", different), ("Leads", uuid)])) == [])
  }

  @Test("a name and a uuid of one group are one target")
  func oneTarget() throws {
    let mixed = "add_to_group: clientes\nremove_from_group: \(uuid)"
    #expect(
      codes(mixed, known: try inventory([("Clientes", uuid)]))
        == ["E0411 two actions of one rule write one group"])
  }

  @Test(
    "a constant must fit the type that the field has in the workspace",
    arguments: [
      ("1.234,5", "numeric", 1), ("12.5", "numeric", 0), ("12.5", "number", 0), ("x", "text", 0),
      ("2026-03-02", "datetime", 1), ("2026-03-02T09:00:00Z", "datetime", 0), ("x", "novel", 0),
    ])
  func constants(value: String, type: String, count: Int) throws {
    let known = try inventory(fields: [("total", type)])
    #expect(codes("set_fields: {total: \"\(value)\"}", known: known).count == count)
    #expect(codes("set_fields: {total: \"\(value)\"}").isEmpty)
  }

  @Test("what rules make themselves and what `ensure` names need not be there")
  func madeByRules() throws {
    let actions = """
      create_group: Novos
      create_field: {label: Last order, type: text}
      add_to_group: [novos, VIP]
      set_fields: {last_order: x, total: "1"}
      """
    let ensure = "ensure: {fields: {total: {label: Total, type: number}}, groups: [vip]}"
    #expect(codes(actions, ensure: ensure, known: try inventory()) == [])
    #expect(
      codes("add_to_group: novos", known: try inventory())
        == ["W0405 the workspace has no group `novos`"])
  }

  @Test("what cannot be made is not called makeable")
  func unmakeable() throws {
    #expect(
      codes("add_to_group: \(uuid)", ensure: "ensure: {groups: [\(uuid)]}", known: try inventory())
        == ["W0405 the workspace has no group with this uuid"])
  }

  @Test("nobody is told to remove a suppression that only an inventory could use")
  func suppressions() throws {
    let action = "add_to_group: VIP # allow W0405: made by hand"
    #expect(codes(action) == [])
    #expect(codes(action, known: try inventory()) == [])
    #expect(
      codes(action, known: try inventory([("VIP", uuid)]))
        == ["W0501 nothing on this line gives `W0405`"])
  }
}
