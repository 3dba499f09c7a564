import Contacts
import Diagnostics
import Engine
import Rulesets

/// Rules about ``SampleEvents``, in the forms that the stages need.
enum SampleRules {
  /// Rules that listen to nothing that comes.
  static func unheard() throws -> Program { try program(whose: "never.", last: nil) }

  /// Rules whose last line never holds.
  static func unfulfilled() throws -> Program {
    try program(whose: "", last: "event.never: present")
  }

  static func firing() throws -> Program { try program(whose: "", last: nil) }

  /// Expressions as people write them.
  static let expressions = (0..<100).map { number in
    [
      "event.order.total > \(number) && event.customer.address.state == 'AL'",
      "event.customer.tags.exists(tag, tag.startsWith('v\(number)'))",
      "has(event.customer.email) && event.customer.email.endsWith('@example.com')",
      "event.lead.score >= \(number) ? event.lead.status in ['pix', 'boleto'] : false",
      "size(event.order.items.filter(item, item.price > \(number).5)) > 2",
      "event.message.text.matches('cancel(ar|ei)') || event.attempt != \(number)",
      "timestamp(event.occurred_at) < timestamp('2026-03-02T12:00:00Z') + duration('\(number)h')",
    ][number % 7]
  }

  /// A file of as many rules as are asked for.
  static func file(
    ruleCount: Int, whose prefix: String = "", last: String? = nil
  ) -> SourceText {
    let rules = (0..<ruleCount).map { rule($0, prefix, last) }
    return SourceText(path: "rules.yaml", contents: head + rules.joined())
  }

  private static func program(whose prefix: String, last: String?) throws -> Program {
    try program(file(ruleCount: 100, whose: prefix, last: last))
  }

  static func program(_ file: SourceText) throws -> Program {
    let (ruleset, diagnostics) = Ruleset.check([file], profile: .weni)
    guard let ruleset else { throw WrongRules(messages: diagnostics.map(\.message)) }
    return Program(ruleset, profile: .weni)
  }

  private static let head = """
    version: 1
    events: {type: event.event, id: event.id, time: event.occurred_at}
    contact: {urn: "ext:${event.customer.id}", missing: create}
    rules:

    """

  private static func rule(_ number: Int, _ prefix: String, _ last: String?) -> String {
    // Of twelve rules one listens to all types.
    let type = SampleEvents.types[number % SampleEvents.types.count]
    let trigger = number % 12 == 11 && prefix.isEmpty ? "" : "    when: \(prefix)\(type)\n"
    let kind = number % 12 == 11 ? "order" : String(type.prefix { $0 != "." })
    var lines = [test(number, kind)]
    if number % 3 != 0 { lines.append(test(number + 5, kind)) }
    if let last { lines.append(last) }
    return "  - id: r\(number)\n\(trigger)    if:\n"
      + lines.map { "      - \($0)\n" }.joined() + "    do:\n" + actions(number, kind)
  }

  private static func test(_ number: Int, _ kind: String) -> String {
    switch number % 11 {
    case 0: "event.\(kind).status: pix"
    case 1: "event.\(kind).status: {in: [boleto, credit_card]}"
    case 2: "event.\(kind).score: {at_least: \(number % 90)}"
    case 3: #"event.customer.phone: {starts_with: "+55829\#(number % 9 + 1)"}"#
    case 4: "event.customer.tags: {contains: vip}"
    case 5: "event.\(kind).text: {contains: cancelar}"
    case 6: "event.customer.email: present"
    case 7: "event.store: {in: [loja-\(number), loja-\(number + 1), loja-\(number + 2)]}"
    case 8: "event.customer.address.state: AL"
    case 9: "event.customer.ltv: {below: \(number * 100)}"
    default: #"event.\#(kind).queue: {matches: "^fila-[0-9]*\#(number % 10)$"}"#
    }
  }

  private static func actions(_ number: Int, _ kind: String) -> String {
    let first = [
      "set_fields: {campo_\(number % 40): \"${event.\(kind).status}\"}",
      "add_to_group: Grupo \(number % 25)",
      "set_name: ${event.customer.name}",
      "add_urn: mailto:${event.customer.email}",
      "remove_from_group: Leads \(number % 25)",
      "set_fields: {campo_\(number % 40): \"via ${event.store}: ${event.\(kind).score}\"}",
    ]
    let second = number % 4 == 0 ? "      - add_to_group: Loja ${event.store}\n" : ""
    return "      - \(first[number % 6])\n" + second
  }
}

/// The rules of this benchmark do not compile.
struct WrongRules: Error {
  let messages: [String]
}
