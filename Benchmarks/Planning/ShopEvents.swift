import ShopWorkspace

/// What happens to one contact: about five mutations, in two events.
struct ShopEvents {
  static let passCount = 2

  private let contact: ShopContact
  private let kind: Kind

  init(contact: Int, kind: Kind) {
    self.contact = ShopContact(number: contact)
    self.kind = kind
  }

  /// One contact in twenty is not known.
  static func isNew(_ contact: Int) -> Bool { ShopContact(number: contact).choice(40, of: 20) == 0 }

  static let rules = """
    version: 1
    events: {id: event.id}
    contact: {urn: "whatsapp:${event.who}"}
    rules:
      - {id: data, do: [{set_fields: {campo_0: "${event.a}", campo_1: "${event.b}"}}]}
      - {id: name, do: [{set_name: "${event.name}"}]}
      - {id: join-0, do: [{add_to_group: "${event.join_0}"}]}
      - {id: join-1, do: [{add_to_group: "${event.join_1}"}]}
      - {id: leave, do: [{remove_from_group: "${event.leave}"}]}
      - {id: mail, do: [{add_urn: "mailto:${event.mail}"}]}
      - {id: forget, if: [{event.forget: true}], do: [{delete_contact: confirmed}]}

    """

  /// The event of one pass; in the end a contact has about five mutations.
  func event(_ pass: Int) -> String {
    var parts = [#""id":"\#(contact.number)-\#(pass)""#, #""who":"\#(contact.phone)""#]
    let part = contact.choice(41, of: 100)
    let hasData = kind == .groups ? part < 10 : part < 60
    if hasData {
      parts += pass == 0 ? data + [join(0)] : [join(1), leave(0)]
    } else {
      parts += pass == 0 ? [join(0), join(1)] : [join(2, as: 0), join(3, as: 1), leave(0)]
    }
    if kind != .groups, pass == 1 {
      if part % 33 == 0 { parts.append(#""mail":"cliente\#(contact.number)@example.com""#) }
      if part == 99 { parts.append(#""forget":true"#) }
    }
    return "{\(parts.joined(separator: ","))}"
  }

  private var data: [String] {
    var parts = [
      #""a":"\#(contact.choice(42, of: 100_000))""#,
      #""b":"pedido \#(contact.choice(43, of: 99))""#,
    ]
    if contact.choice(44, of: 3) == 0 { parts.append(#""name":"Maria \#(contact.number)""#) }
    return parts
  }

  private func join(_ which: Int, as slot: Int? = nil) -> String {
    let group = contact.choice(45 + which, of: ShopContact.groupCount)
    return #""join_\#(slot ?? which)":"\#(ShopContact.name(ofGroup: group))""#
  }

  private func leave(_ which: Int) -> String {
    #""leave":"\#(ShopContact.name(ofGroup: contact.groups[which]))""#
  }
}
