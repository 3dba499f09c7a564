internal import Contacts
internal import Diagnostics
internal import YAMLTree

extension Decoder {
  mutating func ensure(_ node: YAMLNode, into file: inout FileSyntax) {
    guard let fields = fields(node, "`ensure`", known: EnsureKey.words) else { return }
    if let node = fields["fields"] {
      for (key, value) in freeEntries(node, "`fields`") ?? [] {
        if let field = ensuredField(key, value) { file.ensuredFields.append(field) }
      }
    }
    if let node = fields["groups"] {
      for item in items(node, "`groups`") ?? [] {
        if let name = text(item, "a group") { file.ensuredGroups.append(name) }
      }
    }
  }

  private mutating func ensuredField(_ key: TextSyntax, _ node: YAMLNode) -> EnsuredFieldSyntax? {
    let keys = FieldKey.words
    guard let fields = fields(node, "the field `\(key.text)`", known: keys, required: keys),
      let label = fields["label"].flatMap({ text($0, "`label`") }), let type = fields["type"],
      let fieldType = fieldType(type)
    else { return nil }
    return EnsuredFieldSyntax(key: key, label: label, type: fieldType, typeRange: type.range)
  }

  mutating func guards(_ node: YAMLNode) -> [GuardSyntax] {
    guard let fields = fields(node, "`guards`", known: GuardKey.words) else { return [] }
    var guards: [GuardSyntax] = []
    for (key, value) in fields.entries {
      switch GuardKey(rawValue: key.text) {
      case .maxDeletes: append(.deletes, value, to: &guards)
      case .maxCreated: append(.created, value, to: &guards)
      case .maxChanged: append(.changed, value, to: &guards)
      case .groups:
        for (name, limit) in freeEntries(value, "`groups`") ?? [] {
          append(.group(name.text), limit, to: &guards)
        }
      case .never, nil:
        for item in itemsOrOne(value, "`never`") ?? [] {
          guard let name = text(item, "`never`", .textOrList) else { continue }
          guards.append(
            GuardSyntax(subject: .never(name.text), limit: .count(0), range: name.range))
        }
      }
    }
    return guards
  }

  private mutating func append(
    _ subject: GuardSyntax.Subject, _ node: YAMLNode, to guards: inout [GuardSyntax]
  ) {
    guard let limit = limit(node) else { return }
    guards.append(GuardSyntax(subject: subject, limit: limit, range: node.range))
  }

  /// A count such as `10`, or a share such as `20%`.
  private mutating func limit(_ node: YAMLNode) -> Guards.Limit? {
    guard let word = text(node, "a guard") else { return nil }
    if let count = Int(word.text), count >= 0, !word.text.hasPrefix("+") { return .count(count) }
    if word.text.hasSuffix("%"), let share = Double(word.text.dropLast()),
      share >= 0, share <= 100
    {
      return .percent(share)
    }
    report(.badLimit(word.text, at: location(word.range)))
    return nil
  }
}

extension Diagnostic {
  static func badLimit(_ text: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .badLimit, "a guard is a count or a percentage", at: location,
      label: "`\(text)` is neither", help: "write `10` or `20%`")
  }
}
