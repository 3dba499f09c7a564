import RandomNumbers

/// Events of a shop, about 600 bytes each: the same ones every time.
struct SampleEvents {
  static let types = [
    "order.paid", "order.created", "lead.created", "lead.lost", "ticket.opened", "ticket.closed",
    "message.received", "call.finished",
  ]
  private static let cities = ["São Paulo", "Maceió", "Recife", "Belo Horizonte", "Curitiba"]
  private static let states = ["SP", "AL", "PE", "MG", "PR"]
  private static let methods = ["pix", "boleto", "credit_card", "debit_card"]
  private static let tags = ["vip", "newsletter", "b2b", "trial", "atacado", "promoção"]
  private static let words = [
    "pedido", "cancelar", "boleto", "entrega atrasada", "obrigado", "segunda via", "garantia",
  ]

  private let contactCount: Int

  init(contactCount: Int) { self.contactCount = contactCount }

  /// The event of a number, as a line of JSON.
  func event(_ number: Int) -> String {
    var random = SplitMix(state: UInt64(number) &* 0x9E37_79B9)
    // A few contacts have many events, most have few.
    let contact = random.below(random.below(contactCount) + 1)
    let type = random.pick(Self.types)
    let head = #"{"id":"e\#(number)","event":"\#(type)","occurred_at":"2026-03-02T12:00:00Z""#
    let store =
      #","store":"loja-\#(random.below(200))","attempt":1,"meta":{"ip":"10.0.0.7","api":"v2"}"#
    return head + store + customer(contact) + detail(type, &random) + "}"
  }

  private func customer(_ contact: Int) -> String {
    var random = SplitMix(state: UInt64(contact) &+ 1)
    let place = random.below(Self.cities.count)
    let tags = (0..<random.below(4)).map { _ in #""\#(random.pick(Self.tags))""# }
    let mail = random.chance(6) ? "null" : #""user\#(contact)@example.com""#
    let phone = "+55829\(10_000_000 + random.below(89_999_999))"
    return
      #","customer":{"id":"c\#(contact)","name":"Conceição \#(contact) d'Ávila","email":\#(mail)"#
      + #","phone":"\#(phone)","address":{"city":"\#(Self.cities[place])","state":"\#(Self.states[place])""#
      + #","country":"BR"},"tags":[\#(tags.joined(separator: ","))],"language":"por""#
      + #","ltv":\#(random.below(2_000_000) / 100).5,"marketing_opt_in":\#(random.chance(2))}"#
  }

  private func detail(_ type: String, _ random: inout SplitMix) -> String {
    let kind = type.prefix { $0 != "." }
    let texts = (0..<4 + random.below(8)).map { _ in random.pick(Self.words) }
    let items = (0..<1 + random.below(3)).map { _ in
      #"{"sku":"SKU-\#(random.below(20_000))","qty":\#(1 + random.below(4)),"price":\#(random.below(400)).9}"#
    }
    return #","\#(kind)":{"status":"\#(random.pick(Self.methods))","score":\#(random.below(101))"#
      + #","total":\#(random.below(2_000)).25,"queue":"fila-\#(random.below(30))""#
      + #","text":"\#(texts.joined(separator: " "))","items":[\#(items.joined(separator: ","))]}"#
  }
}
