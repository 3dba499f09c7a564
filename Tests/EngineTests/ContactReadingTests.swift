import Contacts
import Engine
import Knowledge
import Testing

@Suite("Rules that read the contact")
struct ContactReadingTests {
  private static let ana = #"""
    {"uuid":"00000000-0000-4000-8000-000000000001","name":"Ana","language":"por","status":"active",
    "urns":["ext:a","whatsapp:5582999330001"],"groups":[{"uuid":"11111111-0000-4000-8000-000000000001",
    "name":"Clientes"},{"uuid":"11111111-0000-4000-8000-000000000002","name":"Recentes"}],
    "fields":{"plan":"gold","age":null}}
    """#
  private static let inventory = #"""
    {"groups":[{"name":"Clientes","uuid":"11111111-0000-4000-8000-000000000001"},
    {"name":"Recentes","uuid":"11111111-0000-4000-8000-000000000002","query":"age > 1"}],
    "fields":[{"key":"plan","type":"text"},{"key":"age","type":"numeric"}]}
    """#

  private func snapshot(isComplete: Bool = false, freshSince: Int64 = 0) throws -> ContactSnapshot {
    var snapshot = ContactSnapshot(.weni)
    var reader = SnapshotReader()
    try reader.setInventory(Array(Self.inventory.utf8), of: &snapshot)
    try Array(Self.ana.utf8).withUnsafeBytes {
      try reader.addContact($0, readAt: 100, to: &snapshot)
    }
    if isComplete { snapshot.completeAt = 100 }
    snapshot.freshSince = freshSince
    return snapshot
  }

  /// What rules see of the contact of the last event, as text; nil where nobody knows it.
  private func seen(
    _ expression: String, _ lines: [String], knowing snapshot: ContactSnapshot?
  ) throws -> String? {
    let yaml = """
      version: 1
      events: {id: event.id}
      contact: {urn: "${event.who}", missing: create}
      rules:
        - id: rename
          when: rename
          do: [{set_name: "${event.name}"}]
        - id: mark
          when: mark
          do: [{set_fields: {plan: "${event.plan}"}}]
        - id: empty
          when: empty
          do: [{clear_fields: [plan]}]
        - id: join
          when: join
          do: [{add_to_group: "${event.group}"}]
        - id: leave
          when: leave
          do: [{remove_from_group: "${event.group}"}]
        - id: erase
          when: erase
          do: [{delete_contact: confirmed}]
        - id: drop
          when: drop
          do: [{remove_urn: "${event.urn}"}]
        - id: take
          when: take
          do: [{add_urn: "${event.urn}"}]
        - id: look
          when: look
          do: [{note: '${event.kind}${\(expression)}'}]
      """
    let run = EngineRun(try program(yaml), lines, snapshot: snapshot)
    return run.statistics.notes.last?.reason
  }

  @Test(
    "the snapshot is what they see",
    arguments: [
      ("string(contact.exists)", "true"), ("contact.name", "Ana"), ("contact.language", "por"),
      ("contact.status", "active"), ("contact.uuid", "00000000-0000-4000-8000-000000000001"),
      ("contact.fields.plan", "gold"), ("string(contact.fields.age == null)", "true"),
      (#"contact.groups.join(",")"#, "Clientes,Recentes"),
      (#"contact.urns.join(",")"#, "ext:a,whatsapp:5582999330001"),
    ])
  func parts(expression: String, value: String) throws {
    #expect(try seen(expression, [look("ext:a")], knowing: snapshot()) == "= \(value)")
  }

  private func look(_ who: String) -> String {
    #"{"id":"9","type":"look","who":"\#(who)","kind":"= "}"#
  }

  @Test("nobody knows whether a contact exists that the snapshot does not have")
  func unknown() throws {
    let exists = "string(contact.exists)"
    #expect(try seen(exists, [look("ext:b")], knowing: nil) == nil)
    #expect(try seen(exists, [look("ext:b")], knowing: snapshot()) == nil)
    #expect(try seen(exists, [look("ext:b")], knowing: snapshot(isComplete: true)) == "= false")
  }

  @Test("of a contact that was read long ago only who it is counts")
  func old() throws {
    let old = try snapshot(freshSince: 101)
    #expect(try seen("contact.name", [look("ext:a")], knowing: old) == nil)
    let uuid = "= 00000000-0000-4000-8000-000000000001"
    #expect(try seen("contact.uuid", [look("ext:a")], knowing: old) == uuid)
    let rename = #"{"id":"1","type":"rename","who":"ext:a","name":"Bia"}"#
    let phone = look("whatsapp:5582999330001")
    #expect(try seen("contact.name", [rename, phone], knowing: old) == "= Bia")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var events: [String]
    var expression: String
    var value: String?
    var who = "ext:a"

    init(_ events: String..., seen expression: String, value: String?, who: String = "ext:a") {
      (self.events, self.expression, self.value, self.who) = (events, expression, value, who)
    }

    var testDescription: String { "\(events) \(who) \(expression)" }
  }

  @Test(
    "earlier events count, whatever name they used",
    arguments: [
      Case(
        #"{"id":"1","type":"rename","who":"whatsapp:5582999330001","name":"Bia"}"#,
        seen: "contact.name", value: "Bia"),
      Case(
        #"{"id":"1","type":"mark","who":"ext:a","plan":"iron"}"#,
        seen: "contact.fields.plan", value: "iron", who: "whatsapp:558299330001"),
      Case(
        #"{"id":"1","type":"empty","who":"ext:a"}"#, seen: "string(contact.fields.plan == null)",
        value: "true"),
      Case(
        #"{"id":"1","type":"leave","who":"ext:a","group":"clientes"}"#,
        seen: #"contact.groups.join(",")"#, value: "Recentes"),
      Case(
        #"{"id":"1","type":"join","who":"ext:a","group":"Novos"}"#,
        seen: #"contact.groups.join(",")"#, value: "Clientes,Recentes,Novos"),
      Case(
        #"{"id":"1","type":"join","who":"ext:a","group":"11111111-0000-4000-8000-000000000001"}"#,
        seen: #"contact.groups.join(",")"#, value: "Clientes,Recentes"),
      Case(
        #"{"id":"1","type":"erase","who":"ext:a"}"#, seen: "string(contact.exists)",
        value: "false", who: "whatsapp:5582999330001"),
      Case(
        #"{"id":"1","type":"erase","who":"ext:a"}"#,
        #"{"id":"2","type":"mark","who":"ext:a","plan":"new"}"#,
        seen: #"string(contact.name == null) + contact.urns.join(",")"#, value: "trueext:a"),
      Case(
        #"{"id":"1","type":"erase","who":"ext:a"}"#,
        #"{"id":"2","type":"mark","who":"ext:a","plan":"new"}"#,
        seen: "string(contact.exists)", value: "false", who: "whatsapp:5582999330001"),
      Case(
        #"{"id":"1","type":"drop","who":"ext:a","urn":"whatsapp:5582999330001"}"#,
        seen: "string(contact.exists)", value: "false", who: "whatsapp:5582999330001"),
      Case(
        #"{"id":"1","type":"drop","who":"ext:a","urn":"whatsapp:5582999330001"}"#,
        seen: #"contact.urns.join(",")"#, value: "ext:a"),
      Case(
        #"{"id":"1","type":"drop","who":"ext:a","urn":"whatsapp:5582999330001"}"#,
        seen: "string(contact.exists)", value: "false", who: "whatsapp:558299330001"),
      Case(
        #"{"id":"1","type":"drop","who":"ext:a","urn":"whatsapp:558299330001"}"#,
        seen: #"contact.urns.join(",")"#, value: "ext:a,whatsapp:5582999330001",
        who: "whatsapp:558299330001"),
      Case(
        #"{"id":"1","type":"erase","who":"ext:a"}"#,
        #"{"id":"2","type":"mark","who":"whatsapp:558299330001","plan":"new"}"#,
        seen: #"contact.fields.plan + contact.urns.join(",")"#,
        value: "newwhatsapp:558299330001", who: "whatsapp:5582999330001"),
      Case(
        #"{"id":"0","type":"drop","who":"ext:a","urn":"whatsapp:5582999330001"}"#,
        #"{"id":"1","type":"mark","who":"ext:b","plan":"new"}"#,
        #"{"id":"2","type":"take","who":"ext:b","urn":"whatsapp:5582999330001"}"#,
        seen: "contact.fields.plan", value: "new", who: "whatsapp:558299330001"),
      Case(
        #"{"id":"1","type":"take","who":"ext:a","urn":"ext:c"}"#, seen: "contact.name",
        value: "Ana", who: "ext:c"),
    ])
  func effects(_ test: Case) throws {
    let seen = try seen(test.expression, test.events + [look(test.who)], knowing: snapshot())
    #expect(seen == test.value.map { "= \($0)" })
  }

  @Test("a note needs no usable contact, even if its rule reads it")
  func nobody() throws {
    let expression = #"string(event.who == "" || contact.exists)"#
    #expect(try seen(expression, [look("")], knowing: snapshot()) == "= true")
  }
}
