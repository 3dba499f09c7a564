internal import Contacts
internal import Diagnostics
internal import YAMLTree

extension Decoder {
  /// URNs one by one, each a text or `{urn, prefer}`.
  mutating func addURNs(_ node: YAMLNode) -> [ActionSyntax.Write] {
    var writes: [ActionSyntax.Write] = []
    for item in itemsOrOne(node, "`add_urn`") ?? [] {
      guard case .mapping = item.kind else {
        guard let urn = template(item, "`add_urn`", .textOrMapping) else { continue }
        writes.append(.init(kind: .addURN(urn, position: .last), range: urn.range))
        continue
      }
      guard
        let fields = fields(item, "`add_urn`", known: AddedURNKey.words, required: ["urn"]),
        let value = fields["urn"], let urn = template(value, "`urn`")
      else { continue }
      let prefers = fields["prefer"].map { flagValue($0, "`prefer`") } ?? false
      writes.append(
        .init(kind: .addURN(urn, position: prefers ? .preferred : .last), range: urn.range))
    }
    return writes
  }

  private mutating func flagValue(_ node: YAMLNode, _ what: String) -> Bool {
    guard let word = text(node, what) else { return false }
    if word.text != "true", word.text != "false" {
      report(
        .unknownWord(word.text, at: location(word.range), of: what, words: ["true", "false"]))
    }
    return word.text == "true"
  }

  /// `create_contact`, `create_contact: true` and `create_contact: {urns: […]}`.
  mutating func createContact(_ node: YAMLNode?, _ key: TextSyntax) -> [ActionSyntax.Write] {
    var urns: [TemplateSyntax] = []
    if let node, case .mapping = node.kind {
      let fields = fields(
        node, "`create_contact`", known: CreatedContactKey.words, required: ["urns"])
      urns = fields?["urns"].map { templates($0, "`urns`") } ?? []
    } else if let node {
      let scalar = scalar(node, "`create_contact`", .textOrMapping)
      if let scalar, !["", "true"].contains(scalar.text) {
        report(.creationOfText(written(node.range), at: location(node.range)))
      }
    }
    return [.init(kind: .createContact(urns: urns), range: key.range)]
  }

  mutating func confirmed(_ node: YAMLNode, _ key: TextSyntax) -> Bool {
    guard let scalar = scalar(node, "`delete_contact`") else { return false }
    if scalar.text == "confirmed" { return true }
    report(
      .unconfirmed(
        "a deletion cannot be undone: it must say `confirmed`", at: location(node.range),
        with: "confirmed"))
    return false
  }

  mutating func createField(_ node: YAMLNode) -> ActionSyntax.Kind? {
    let keys = FieldKey.words
    guard let fields = fields(node, "`create_field`", known: keys, required: keys),
      let label = fields["label"].flatMap({ template($0, "`label`") }),
      let type = fields["type"].flatMap({ fieldType($0) })
    else { return nil }
    return .createField(label: label, type: type)
  }

  mutating func renameGroup(_ node: YAMLNode) -> ActionSyntax.Kind? {
    let keys = RenamedGroupKey.words
    guard let fields = fields(node, "`rename_group`", known: keys, required: keys),
      let from = fields["from"].flatMap({ template($0, "`from`") }),
      let to = fields["to"].flatMap({ template($0, "`to`") })
    else { return nil }
    return .renameGroup(from: from, to: to)
  }

  mutating func deleteGroup(_ node: YAMLNode, _ key: TextSyntax) -> ActionSyntax.Kind? {
    if case .scalar = node.kind, node.tag == nil {
      let name = written(node.range)
      report(
        .unconfirmed(
          "a group's deletion must say `confirmed: true`", at: location(node.range),
          with: "{group: \(name), confirmed: true}"))
      return nil
    }
    guard
      let fields = fields(
        node, "`delete_group`", known: DeletedGroupKey.words, required: ["group"]),
      let group = fields["group"].flatMap({ template($0, "`group`") })
    else { return nil }
    guard let flag = fields["confirmed"] else {
      report(
        .unconfirmed(
          "a group's deletion must say `confirmed: true`", at: location(key.range), with: nil))
      return nil
    }
    guard let scalar = scalar(flag, "`confirmed`"), scalar.text == "true" else {
      report(
        .unconfirmed(
          "a group's deletion must say `confirmed: true`", at: location(flag.range),
          with: "true"))
      return nil
    }
    return .deleteGroup(group)
  }

  /// The type of a custom field, by its word.
  mutating func fieldType(_ node: YAMLNode) -> FieldType? {
    guard let word = text(node, "`type`") else { return nil }
    if let type = FieldType(word: word.text) { return type }
    report(
      .unknownWord(
        word.text, at: location(word.range), of: "`type`",
        words: FieldType.allCases.map(\.rawValue)))
    return nil
  }
}

extension Diagnostic {
  static func creationOfText(_ text: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .unknownWord, "`create_contact` makes the contact of the rule", at: location,
      label: "not a value for it", help: "to give it addresses write `{urns: [\(text)]}`")
  }

  /// No fix: a deletion is confirmed by a person, not by a tool.
  static func unconfirmed(
    _ message: String, at location: SourceLocation, with text: String?
  ) -> Self {
    Diagnostic(
      .unconfirmedDeletion, message, at: location, label: "not confirmed",
      help: text.map { "write `\($0)`" } ?? "add `confirmed: true`")
  }
}
