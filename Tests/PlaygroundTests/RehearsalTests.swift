import Planning
import Playground
import Plans
import Simulator
import Testing

@Suite("Rehearsals")
struct RehearsalTests {
  private static let rules = """
    version: 1
    events: {type: event.kind, id: event.id}
    contact: {urn: "whatsapp:${event.phone}"}
    rules:
      - id: paid
        when: order.paid
        do:
          - set_fields: {last_order: "${event.order}"}
          - add_to_group: Clientes
          - remove_from_group: Carrinho
      - id: first-order
        when: order.paid
        if: [contact.fields.last_order: absent]
        do: [set_name: "${event.name}"]
      - id: erase
        when: erase
        do: [delete_contact: confirmed]
    ensure:
      fields: {last_order: {label: Last order, type: text}}
      groups: [Clientes, Carrinho]
    """
  private static let maria = """
    {"uuid":"2c9fbf96-327f-5f65-98db-72e497391b55","name":"Maria","language":null,\
    "urns":["whatsapp:5582999330001"],\
    "groups":[{"uuid":"60c29c90-2944-5a61-9e58-a049291bdeff","name":"Carrinho"}],\
    "fields":{},"blocked":false,"stopped":false,\
    "created_on":"2024-05-10T08:38:30.104208Z","modified_on":"2026-03-02T11:00:00.520113Z"}
    """

  private static let inventory = """
    {"groups":[{"uuid":"60c29c90-2944-5a61-9e58-a049291bdeff","name":"Carrinho","query":null},\
    {"uuid":"b93dcc63-47ff-591c-96b6-200a00b4ad93","name":"Clientes","query":null}],\
    "fields":[{"key":"last_order","label":"Last order","value_type":"text"}],\
    "workspace":{"name":"Loja","country":"BR","timezone":"America/Sao_Paulo"}}
    """

  private func rehearse(
    _ events: [String], contacts: String? = maria, _ options: RehearsalOptions = RehearsalOptions(),
    rules: String = rules, clock: [Int64?] = []
  ) async throws -> Rehearsal {
    let scene = try RehearsalScene(
      contacts: contacts.map { Array($0.utf8) }, inventory: Array(Self.inventory.utf8),
      now: sceneTime)
    return await Rehearsal(
      events.enumerated().map { index, text in
        RehearsalEvent(
          Array(text.utf8), line: index + 1, now: index < clock.count ? clock[index] : nil)
      }, with: try traced(rules), in: scene, options)
  }

  private static let paid =
    #"{"kind":"order.paid","id":"e1","phone":"5582999330001","order":"A1","name":"Mary"}"#
  private static let paidAgain =
    #"{"kind":"order.paid","id":"e2","phone":"5582999330001","order":"A2","name":"Eve"}"#
  private static let erased = #"{"kind":"erase","id":"e3","phone":"5582999330001"}"#

  /// `subject old → new` of all changes of a step.
  private func differences(_ step: Rehearsal.Step) -> [String] {
    step.changes.flatMap { change in
      change.differences.map { "\($0.subject) \($0.old ?? "-") → \($0.new ?? "-")" }
    }
  }

  @Test("each event shows what it changes, and what later events see of it")
  func steps() async throws {
    let rehearsal = try await rehearse([Self.paid, Self.paidAgain, Self.erased])
    #expect(rehearsal.steps.map(\.outcomes.fired) == [[0, 1], [0], [2]])
    #expect(
      rehearsal.steps.map(differences) == [
        [
          "name Maria → Mary", "field(\"last_order\") - → A1", "group - → Clientes",
          "group Carrinho → -",
        ], ["field(\"last_order\") A1 → A2"],
        [
          "name Mary → -", "field(\"last_order\") A2 → -", "group Clientes → -",
          "urn whatsapp:5582999330001 → -",
        ],
      ])
    #expect(rehearsal.trace(of: 1).rules[1].lines[0].outcome == .isFalse)
    #expect(rehearsal.before.map(\.name) == ["Maria"])
    #expect(rehearsal.after.isEmpty)
  }

  @Test("a window's calls are those of a run, and what they overwrite is told")
  func windows() async throws {
    let rehearsal = try await rehearse([Self.paid, Self.paidAgain])
    #expect(rehearsal.windows.map(\.steps) == [0..<2])
    #expect(rehearsal.windows.map(\.calls.count) == [1])
    let order = try #require(
      rehearsal.windows[0].contacts[0].lines.first { $0.subject == "last_order" })
    #expect(order.overwritten.map(\.value) == ["A1"])
    #expect(rehearsal.after.map { $0.fields.map(\.value) } == [["A2"]])
  }

  @Test("a clock that moves ends the window, and rules see its time")
  func clock() async throws {
    let hour: Int64 = 3_600_000_000_000
    let rehearsal = try await rehearse(
      [Self.paid, Self.paidAgain], clock: [nil, sceneTime + hour])
    #expect(rehearsal.windows.map(\.steps) == [0..<1, 1..<2])
    #expect(rehearsal.steps.map(\.now) == [sceneTime, sceneTime + hour])
  }

  @Test("a planner that is told nothing reaches the same contacts")
  func blind() async throws {
    var options = RehearsalOptions()
    options.isBlind = true
    let blind = try await rehearse([Self.paid], options)
    #expect(blind.steps[0].outcomes.unknown == [1])
    #expect(blind.after[0].groups == ["Clientes"])
  }

  @Test("an event that was seen before does nothing")
  func repeats() async throws {
    let rehearsal = try await rehearse([Self.paid, Self.paid])
    #expect(rehearsal.steps.map(\.isRepeat) == [false, true])
    #expect(rehearsal.steps[1].changes.isEmpty)
  }

  @Test("a guard stops the windows, and the steps still show what rules do")
  func guards() async throws {
    let rehearsal = try await rehearse(
      [Self.paid, Self.erased], rules: Self.rules + "\nguards: {max_deletes: 0}\n")
    #expect(rehearsal.objection == "`max_deletes`: 1 contact would be deleted, the limit is 0")
    #expect(rehearsal.windows[0].outcomes.isEmpty)
    #expect(rehearsal.after.map(\.name) == ["Maria"])
    #expect(rehearsal.steps[1].changes.map(\.after) == [nil])
  }

  @Test("contacts that cannot be read say where and why")
  func problems() {
    #expect(
      throws: RehearsalScene.Failure(
        sentence: "`contacts[1].urns[0]`: another contact has this URN", line: 3)
    ) {
      try RehearsalScene(
        contacts: Array(
          (Self.maria + "\n\n" + Self.maria.replacing("2c9f", with: "3c9f")).utf8),
        now: sceneTime)
    }
    #expect(throws: RehearsalScene.Failure.self) {
      try RehearsalScene(contacts: Array("[]".utf8), now: sceneTime)
    }
  }
}
