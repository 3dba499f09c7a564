import Contacts
import Engine

/// A case as the files that Regra reads.
extension LawCase {
  /// The texts of the rule files, in the order they fire.
  var ruleTexts: [String] { files.map(text) }

  private func text(_ file: RuleFile) -> String {
    var lines = [
      "version: 1", "events: {id: event.id}", "contact: \(text(file.contact))", "rules:",
    ]
    for rule in file.rules {
      lines += ["  - id: \(rule.id)", "    when: \(rule.type)"]
      if let floor = rule.floor { lines.append("    if: [{event.n: {at_least: \(floor)}}]") }
      if let contact = rule.contact { lines.append("    contact: \(text(contact))") }
      lines.append("    do:")
      lines += rule.actions.map { "      - \($0.text)" }
    }
    if file.ensuresTypes, !fields.isEmpty {
      lines += ["ensure:", "  fields:"]
      lines += fields.map {
        "    \($0.key): {label: \($0.key.uppercased()), type: \($0.type.rawValue)}"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(_ contact: Addressing) -> String {
    let (urn, uuid) = ("urn: \"${event.urn}\"", "uuid: \"${event.uuid}\"")
    let missing = "missing: \(contact.missing.word)"
    let phone = writesPhones ? #"{urn: "whatsapp:${phone(event.phone, 'BR')}"}, "# : ""
    return switch contact.form {
    case .urn: writesPhones ? "[\(phone){\(urn), \(missing)}]" : "{\(urn), \(missing)}"
    case .uuid: "{\(uuid), \(missing)}"
    case .either: "[\(phone){\(uuid), \(missing)}, {\(urn)}]"
    }
  }

  /// NDJSON.
  var eventsText: String {
    events.map { event in
      let (key, name) = naming(event)
      let values = event.values.sorted { $0.key < $1.key }
        .map { ",\(jsonText($0.key)):\(jsonText($0.value))" }
      return "{\"id\":\(jsonText(event.id)),\"type\":\(jsonText(event.type)),"
        + "\(jsonText(key)):\(jsonText(name)),\"n\":\(event.n)\(values.joined())}\n"
    }.joined()
  }

  /// What an event has of the contact that it is about.
  private func naming(_ event: Event) -> (key: String, value: String) {
    let scheme = "whatsapp:55"
    guard writesPhones, event.key.hasPrefix(scheme) else {
      return (event.key.contains(":") ? "urn" : "uuid", event.key)
    }
    let digits = event.key.dropFirst(scheme.count)
    let (area, number) = (digits.prefix(2), digits.dropFirst(2))
    return ("phone", "(\(area)) \(number.dropLast(4))-\(number.suffix(4))")
  }

  /// The workspace for `regra simulate`: without the block flaw, delays and quotas.
  var stateText: String {
    """
    {"dialect": "\(dialect.rawValue)", "seed": \(seed % 1_000_000),
     "clock": {"now": "2026-03-02T12:00:00Z", "step": 0.001},
     "workspace": {"rates": {"v2": null, "v2.contacts": null}, "block_flaw": false,
      "places": ["Brazil > Alagoas", "Brazil > Alagoas > Maceió", "Brazil > Bahia",
       "Brazil > Bahia > Salvador"]},
     "fields": [\(fields.map(text).joined(separator: ", "))],
     "groups": [\(groups.map(text).joined(separator: ", "))],
     "contacts": [\(contacts.map(text).joined(separator: ",\n  "))]}

    """
  }

  private func text(_ field: Field) -> String {
    #"{"key": "\#(field.key)", "label": "\#(field.key.uppercased())", "type": "\#(field.type.rawValue)"}"#
  }

  private func text(_ group: Group) -> String {
    "{\"name\": \(jsonText(group.name))\(group.isSmart ? ", \"query\": \"age > 18\"" : "")}"
  }

  private func text(_ contact: Contact) -> String {
    func list(_ texts: [String]) -> String { texts.map(jsonText).joined(separator: ", ") }
    let fields = contact.fields.map { "\(jsonText($0.key)): \($0.value.jsonText)" }
    return """
      {"uuid": "\(contact.uuid)", "status": "\(contact.status)", \
      "name": \(contact.name.map(jsonText) ?? "null"), \
      "language": \(contact.language.map(jsonText) ?? "null"), \
      "urns": [\(list(contact.urns))], "groups": [\(list(contact.groups))], \
      "fields": {\(fields.joined(separator: ", "))}}
      """
  }
}

extension LawCase.Value {
  /// As a text in double quotes, which YAML reads as JSON does.
  var jsonText: String {
    switch self {
    case .text(let text): Engine.jsonText(text)
    case .event(let key): "\"${event.\(key)}\""
    }
  }
}

extension LawCase.Action {
  /// As it stands under `do`.
  var text: String {
    switch self {
    case .setName(let name): "set_name: \(name.jsonText)"
    case .clearName: "clear_name"
    case .setLanguage(let language): "set_language: \(language.jsonText)"
    case .clearLanguage: "clear_language"
    case .setFields(let fields):
      "set_fields: {\(fields.map { "\($0.key): \($0.value.jsonText)" }.joined(separator: ", "))}"
    case .clearFields(let keys): "clear_fields: [\(keys.joined(separator: ", "))]"
    case .addToGroup(let groups): "add_to_group: \(list(groups))"
    case .removeFromGroup(let groups): "remove_from_group: \(list(groups))"
    case .setGroups(let groups): "set_groups: \(list(groups))"
    case .addURN(let urn): "add_urn: \(urn.jsonText)"
    case .preferURN(let urn): "add_urn: {urn: \(urn.jsonText), prefer: true}"
    case .removeURN(let urn): "remove_urn: \(urn.jsonText)"
    case .setURNs(let urns): "set_urns: \(list(urns))"
    case .createContact(let urns):
      urns.isEmpty ? "create_contact" : "create_contact: {urns: \(list(urns))}"
    case .deleteContact: "delete_contact: confirmed"
    case .block: "block_contact"
    case .unblock: "unblock_contact"
    case .interrupt: "interrupt_contact"
    case .archive: "archive_messages"
    case .createField(let label): "create_field: {label: \(label), type: text}"
    case .createGroup(let name): "create_group: \(name.jsonText)"
    case .renameGroup(let old, let new):
      "rename_group: {from: \(old.jsonText), to: \(new.jsonText)}"
    case .deleteGroup(let name): "delete_group: {group: \(name.jsonText), confirmed: true}"
    case .note: "note: noted"
    }
  }

  private func list(_ values: [LawCase.Value]) -> String {
    "[\(values.map(\.jsonText).joined(separator: ", "))]"
  }
}
