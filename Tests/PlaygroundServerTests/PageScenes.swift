import Contacts
import Diagnostics
import Playground

@testable import PlaygroundServer

/// Covers digits and capitals plainly enough to see it.
let plainPseudonyms = Veil(
  text: { text in
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      word.count(where: \.isNumber) >= 8 || word.contains("@")
        ? "p:\(hash(String(word)))" : String(word)
    }
    .joined(separator: " ")
  }, whole: { "p:\(hash($0))" }, contact: { "p:\(hash($0))" })

private func hash(_ text: String) -> String {
  let number = text.utf8.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) } & 0xFFFF
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 4 - digits.count) + digits
}

let orderRules = """
  version: 1
  events: {type: event.kind, id: event.id}
  contact: {urn: "whatsapp:${phone(event.phone, 'BR')}", missing: create}
  rules:
    - id: paid
      about: Conta os pedidos pagos
      when: order.paid
      if:
        - event.order.total: {at_least: 100}
      do:
        - set_name: ${event.name}
        - set_fields: {last_order: "${event.order.id}"}
        - add_to_group: Clientes
    - id: seen
      when: page.seen
      do:
        - add_to_group: Visitantes

  """

let orderEvents = """
  {"kind": "order.paid", "id": "e1", "phone": "(82) 99933-0001", "name": "Ana Souza", "order": {"id": "A1", "total": 250}}
  {"kind": "order.paid", "id": "e2", "phone": "82 9 9944-0002", "name": "Bia Lima", "order": {"id": "A2", "total": 20}}
  {"kind": "page.seen", "id": "e3", "phone": "+55 82 99933-0001"}

  """

/// A page about `orderRules`, where the first buyer is known already.
func orderPage(language: Language = .english) throws -> PageScene {
  let contacts = """
    {"uuid": "b7cfbb6a-3fd1-4e0e-8c9a-4d6f0b1c2a3e", "name": "Ana", "urns": ["whatsapp:5582999330001"], "groups": [{"uuid": "0c6c2a3e-9a4d-4a7e-8a55-1f6f5b7c8d90", "name": "Carrinho"}], "fields": {}}
    """
  let workspace = try RehearsalScene(
    contacts: Array(contacts.utf8), now: 1_772_452_800_000_000_000)
  return PageScene(
    "playground/orders", sources: [SourceText(path: "rules/orders.yaml", contents: orderRules)],
    events: orderEvents, workspace: workspace, language: language, veil: plainPseudonyms,
    pseudonyms: plainPseudonyms)
}
