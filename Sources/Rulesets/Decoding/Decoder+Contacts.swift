internal import Contacts
package import Diagnostics
internal import YAMLTree

extension Decoder {
  /// Whom rules are about: a mapping, or a list of which the first usable entry counts.
  mutating func contact(_ node: YAMLNode) -> ContactSyntax? {
    var contact = ContactSyntax(identifiers: [], missing: .create, range: node.range)
    var policy: (MissingPolicy, SourceRange)?
    let count = diagnostics.count
    for entry in entries(of: node) {
      let what = "`contact`"
      if case .scalar = entry.kind, entry.tag == nil {
        report(.contactAsText(at: location(entry.range)))
        continue
      }
      guard let fields = fields(entry, what, known: ContactKey.words, .mappingOrList) else {
        continue
      }
      for (key, value) in fields.entries {
        switch key.text {
        case "urn": contact.identifiers += templates(value, "`urn`").map { .urn($0) }
        case "uuid": contact.identifiers += templates(value, "`uuid`").map { .uuid($0) }
        default:
          guard let word = missingPolicy(value) else { continue }
          if let policy, policy.0 != word {
            report(
              .mixedForms(
                "two answers to a contact that is missing", at: location(value.range),
                other: ("first said here", location(policy.1)),
                help: "say `missing` once: it holds for the whole list"))
          }
          policy = policy ?? (word, value.range)
        }
      }
    }
    if let policy { contact.missing = policy.0 }
    guard diagnostics.count == count else { return nil }
    guard !contact.identifiers.isEmpty else {
      report(.missingKey("urn` or `uuid", of: "`contact`", at: location(node.range)))
      return nil
    }
    return contact
  }

  private mutating func entries(of node: YAMLNode) -> [YAMLNode] {
    guard case .sequence = node.kind else { return [node] }
    return items(node, "`contact`", .mappingOrList) ?? []
  }

  /// One template or a list of them.
  mutating func templates(_ node: YAMLNode, _ what: String) -> [TemplateSyntax] {
    (itemsOrOne(node, what) ?? []).compactMap { template($0, what, .textOrList) }
  }

  private mutating func missingPolicy(_ node: YAMLNode) -> MissingPolicy? {
    let words: [MissingPolicy] = [.create, .skip, .fail]
    guard let text = text(node, "`missing`") else { return nil }
    if let policy = words.first(where: { $0.word == text.text }) { return policy }
    report(
      .unknownWord(text.text, at: location(text.range), of: "`missing`", words: words.map(\.word)))
    return nil
  }
}

extension Diagnostic {
  static func contactAsText(at location: SourceLocation) -> Self {
    Diagnostic(
      .wrongShape, "`contact` must be a mapping or a list of mappings", at: location,
      label: "this is a text", help: "write `urn:` or `uuid:` in front")
  }

  package static func unknownWord(
    _ word: String, at location: SourceLocation, of what: String, words: [String]
  ) -> Self {
    let near = closestMatch(to: word, in: words)
    let choices = words.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownWord, "\(what) cannot be `\(word)`", at: location, label: "not a word for this",
      help: near.map { "did you mean `\($0)`?" } ?? "write one of \(choices)",
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }

  static func mixedForms(
    _ message: String, at location: SourceLocation,
    other: (text: String, location: SourceLocation), help: String
  ) -> Self {
    Diagnostic(
      .mixedForms, message, at: location, notes: [Note(other.text, at: other.location)],
      help: help)
  }
}
