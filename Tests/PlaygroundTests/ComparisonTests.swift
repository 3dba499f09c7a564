import Diagnostics
import Planning
import Playground
import Simulator
import Testing

@Suite("Comparisons")
struct ComparisonTests {
  private static let head = """
    version: 1
    events: {type: event.kind, id: event.id}
    contact: {urn: "whatsapp:${event.phone}"}
    ensure:
      fields: {last_order: {label: Last order, type: text}}
      groups: [Clientes, Carrinho]

    """
  private static let rules =
    head + """
      rules:
        - {id: paid, when: paid, do: [set_fields: {last_order: "${event.order}"}, add_to_group: Clientes]}
        - {id: named, when: paid, do: [set_name: "${event.name}"]}
        - {id: erase, when: erase, if: [event.sure: true], do: [delete_contact: confirmed]}
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
  private static let paid =
    #"{"kind":"paid","id":"e1","phone":"5582999330001","order":"A1","name":"Mary"}"#
  private static let paidByAnother =
    #"{"kind":"paid","id":"e2","phone":"5582999330002","order":"A2","name":"Eve"}"#
  private static let erased = #"{"kind":"erase","id":"e3","phone":"5582999330001","sure":true}"#

  /// Compares the rules above with the same rules after a replacement.
  private func compare(
    _ events: [String], replacing text: String = "", with other: String = "",
    knowing contacts: String? = maria, window: Int? = nil
  ) async throws -> Comparison {
    let changed = text.isEmpty ? Self.rules : Self.rules.replacing(text, with: other)
    try #require(text.isEmpty || changed != Self.rules)
    var options = RehearsalOptions()
    options.windowLimit = window
    return await Comparison(
      events.enumerated().map { RehearsalEvent(Array($1.utf8), line: $0 + 1) },
      old: try traced(Self.rules), new: try traced(changed),
      in: try RehearsalScene(
        contacts: contacts.map { Array($0.utf8) }, inventory: Array(Self.inventory.utf8),
        now: sceneTime), options)
  }

  /// `kind name` of each contact, with its parts.
  private func words(_ comparison: Comparison) -> [String] {
    comparison.contacts.map { contact in
      let parts = contact.parts.map { part in
        "\(part.difference.word) \(part.difference.old ?? "-") → \(part.difference.new ?? "-")"
      }
      return ["\(contact.kind) \(contact.name)"] + parts
    }.map { $0.joined(separator: ", ") }
  }

  /// Calls that are the same, changed, lost and gained.
  private func counts(_ comparison: Comparison) -> [Int] {
    let calls = comparison.calls
    return [calls.same, calls.changed, calls.lost, calls.gained]
  }

  @Test("a value that differs is told with both ends, and the rules that wrote them")
  func values() async throws {
    let comparison = try await compare(
      [Self.paid], replacing: #""${event.order}""#, with: #""${event.order}-x""#)
    #expect(words(comparison) == ["changed whatsapp:5582999330001, last_order A1 → A1-x"])
    let origins = try #require(comparison.contacts.first?.parts.first?.origins)
    #expect(origins.old?.rule == 0 && origins.old?.event == "e1")
    #expect(origins.new?.rule == 0 && origins.new?.event == "e1")
    #expect(counts(comparison) == [0, 1, 0, 0])
    #expect(comparison.rules.map(\.calls.changed) == [1, 1, 0])
  }

  @Test("what one side alone writes has an origin on that side alone")
  func oneSide() async throws {
    let comparison = try await compare(
      [Self.paid], replacing: ", add_to_group: Clientes", with: ", remove_from_group: Carrinho")
    #expect(
      words(comparison) == [
        "changed whatsapp:5582999330001, groups Carrinho → -, groups Clientes → -"
      ])
    let parts = try #require(comparison.contacts.first?.parts)
    let clientes = try #require(parts.first { $0.difference.old == "Clientes" })
    #expect(clientes.origins.old?.rule == 0 && clientes.origins.new == nil)
    let carrinho = try #require(parts.first { $0.difference.old == "Carrinho" })
    #expect(carrinho.origins.old == nil && carrinho.origins.new?.rule == 0)
  }

  @Test("somebody whom one side alone makes is told with what he has")
  func made() async throws {
    let comparison = try await compare(
      [Self.paid, Self.paidByAnother], replacing: "when: paid, do: [set_name",
      with: "when: paid, if: [event.order: A1], do: [set_name", knowing: Self.maria)
    #expect(words(comparison) == ["changed whatsapp:5582999330002, name Eve → -"])
    let none = try await compare(
      [Self.paidByAnother], replacing: "when: paid", with: "when: unpaid")
    #expect(
      words(none) == [
        "made(Playground.Comparison.Side.old) whatsapp:5582999330002, name Eve → -, "
          + "last_order A2 → -, groups Clientes → -, urns whatsapp:5582999330002 → -"
      ])
    #expect(none.contacts.first?.origins.old?.event == "e2")
    #expect(counts(none) == [0, 0, 1, 0])
  }

  @Test("who is deleted is told first, and by which rule")
  func deleted() async throws {
    let comparison = try await compare(
      [Self.paid, Self.erased], replacing: "event.sure: true", with: "event.sure: false")
    #expect(
      words(comparison) == ["deleted(Playground.Comparison.Side.old) whatsapp:5582999330001"])
    #expect(comparison.contacts[0].origins.old?.rule == 2)
    #expect(comparison.contacts(.deleted(.new)).isEmpty)
  }

  @Test("who was never seen is deleted by name")
  func deletedByName() async throws {
    let comparison = try await compare(
      [Self.erased], replacing: "event.sure: true", with: "event.sure: false", knowing: nil)
    #expect(
      words(comparison) == ["deleted(Playground.Comparison.Side.old) whatsapp:5582999330001"])
  }

  @Test("who is deleted and comes back is somebody else than who stayed")
  func madeAgain() async throws {
    let comparison = try await compare(
      [Self.erased, Self.paid], replacing: "event.sure: true", with: "event.sure: false",
      window: 1)
    #expect(
      comparison.contacts.map(\.kind) == [.deleted(.old), .made(.old)])
  }

  @Test("a guard is told, and what it forbids is compared all the same")
  func guards() async throws {
    let comparison = try await compare(
      [Self.erased], replacing: "rules:\n", with: "guards: {max_deletes: 0}\nrules:\n")
    #expect(
      comparison.new.objection == "`max_deletes`: 1 contact would be deleted, the limit is 0")
    #expect(comparison.old.objection == nil)
    #expect(comparison.contacts.isEmpty && counts(comparison) == [1, 0, 0, 0])
    #expect(!comparison.isNothing)
  }

  @Test("rules that are new or gone are told apart, and calls are counted once")
  func rules() async throws {
    let comparison = try await compare(
      [Self.paid], replacing: "{id: named, when: paid", with: "{id: called, when: paid")
    #expect(comparison.rules.map(\.id) == ["paid", "called", "erase", "named"])
    #expect(comparison.rules.map(\.calls.gained) == [0, 1, 0, 0])
    #expect(comparison.rules.map(\.calls.lost) == [0, 0, 0, 1])
    #expect(counts(comparison) == [1, 0, 0, 0])
    #expect(comparison.contacts.isEmpty && !comparison.isNothing)
  }

  @Test("the text fits into 80 columns, in both languages")
  func text() async throws {
    let comparison = try await compare(
      [Self.paid, Self.paidByAnother, Self.erased],
      replacing: "rules:\n", with: "guards: {max_deletes: 0}\nrules:\n")
    for language in [Language.english, .portuguese] {
      let text = ComparisonText(
        comparison, titles: ("old.yaml", "new.yaml"), known: "nothing known of contacts",
        limit: 1, veil: .none, language: language)
      #expect(text.lines.allSatisfy { $0.count <= 80 && !$0.hasSuffix(" ") }, "\(text.lines)")
    }
  }
}
