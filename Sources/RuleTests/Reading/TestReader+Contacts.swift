internal import Contacts
internal import Diagnostics
internal import Rulesets
internal import YAMLTree

extension TestReader {
  static let statuses = ["active", "blocked", "stopped", "archived"]

  /// Contacts by names of the test's own, behind those of the file; one of the same name replaces it.
  mutating func contacts(_ node: YAMLNode, behind given: [GivenContact]) -> [GivenContact] {
    var contacts = given
    for (name, value) in decoder.freeEntries(node, "`contacts`") ?? [] {
      if name.text == "blind", case .scalar = value.kind {
        let isHidden = decoder.flag(value, "`blind`") ?? false
        for place in contacts.indices { contacts[place].isHidden = isHidden }
        continue
      }
      let place = contacts.firstIndex { $0.name.text == name.text }
      guard
        let contact = contact(
          name, value, number: place ?? contacts.count, isHidden: hidesAll(node))
      else { continue }
      if let place { contacts[place] = contact } else { contacts.append(contact) }
    }
    return contacts
  }

  /// `blind: true` directly under `contacts`, wherever it stands among them.
  private func hidesAll(_ node: YAMLNode) -> Bool {
    guard case .mapping(let entries) = node.kind else { return false }
    return entries.contains { $0.key.scalarText == "blind" && $0.value.scalarText == "true" }
  }

  private mutating func contact(
    _ name: TextSyntax, _ node: YAMLNode, number: Int, isHidden: Bool
  ) -> GivenContact? {
    let what = "the contact `\(name.text)`"
    guard let fields = decoder.fields(node, what, known: GivenContactKey.words) else { return nil }
    var contact = GivenContact(
      name: name, uuid: Self.uuid(number), urns: [], groups: [], fields: [], isHidden: isHidden)
    if let uuid = fields["uuid"].flatMap({ decoder.text($0, "`uuid`") }),
      let form = normalized(uuid, profile.normalizeUUID)
    {
      contact.uuid = form
    }
    contact.fullName = fields["name"].flatMap { decoder.text($0, "`name`") }?.text
    contact.language = fields["language"].flatMap { decoder.text($0, "`language`") }
      .flatMap { normalized($0, profile.normalizeLanguage) }
    contact.status = fields["status"].flatMap { word($0, "`status`", Self.statuses) }?.value
    for item in fields["urns"].map({ list($0, "`urns`") }) ?? [] {
      guard let urn = normalized(item, profile.normalizeURN) else { continue }
      contact.urns.append(TextSyntax(text: urn, range: item.range))
    }
    for item in fields["groups"].map({ list($0, "`groups`") }) ?? [] {
      guard let group = normalized(item, profile.normalizeGroup) else { continue }
      contact.groups.append(TextSyntax(text: group, range: item.range))
    }
    for (key, value) in fields["fields"].flatMap({ decoder.freeEntries($0, "`fields`") }) ?? [] {
      if let refusal = profile.refusal(ofFieldKey: key.text) { refuse(refusal, key) }
      guard let text = decoder.text(value, "`\(key.text)`") else { continue }
      contact.fields.append((key, text.text))
    }
    contact.isHidden = fields["blind"].flatMap { decoder.flag($0, "`blind`") } ?? isHidden
    return contact
  }

  /// A list of texts, which may be empty, or one text.
  mutating func list(_ node: YAMLNode, _ what: String) -> [TextSyntax] {
    if case .sequence(let items) = node.kind, items.isEmpty, node.tag == nil { return [] }
    return (decoder.itemsOrOne(node, what) ?? []).compactMap {
      decoder.text($0, what, .textOrList)
    }
  }

  /// One of some words.
  mutating func word(_ node: YAMLNode, _ what: String, _ words: [String]) -> Placed<String>? {
    guard let text = decoder.text(node, what) else { return nil }
    guard words.contains(text.text) else {
      report(.unknownWord(text.text, at: location(text.range), of: what, words: words))
      return nil
    }
    return Placed(text.text, at: text.range)
  }

  /// A value in the form that the server keeps.
  private mutating func normalized(
    _ text: TextSyntax, _ normalize: (UnsafeRawBufferPointer, inout [UInt8]) -> Refusal?
  ) -> String? {
    var form: [UInt8] = []
    let refusal = Array(text.text.utf8).withUnsafeBytes { normalize($0, &form) }
    guard let refusal else { return String(decoding: form, as: UTF8.self) }
    refuse(refusal, text)
    return nil
  }

  private mutating func refuse(_ refusal: Refusal, _ text: TextSyntax) {
    report(
      .refusedContact(text.text, refusal.sentence(in: profile), at: location(text.range)))
  }

  /// The uuid of the contact of this place.
  private static func uuid(_ number: Int) -> String {
    let digits = String(number + 1, radix: 16)
    return "7e57c0de-0000-4000-8000-"
      + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }
}

extension Diagnostic {
  static func refusedContact(
    _ text: String, _ sentence: String, at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .refusedContact, "no contact has `\(text)`", at: location, label: "the server refuses this",
      notes: [Note(sentence)])
  }
}
