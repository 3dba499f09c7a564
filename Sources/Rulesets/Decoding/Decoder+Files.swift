package import CEL
internal import Contacts
package import Diagnostics
package import YAMLTree

extension Decoder {
  /// Reads a whole rule file.
  mutating func file(_ root: YAMLNode?) -> FileSyntax {
    var file = FileSyntax(source: source, comments: comments)
    guard let root, isRuleFile(root) else {
      let place = root?.range ?? SourceRange(0..<0)
      report(.notARuleFile(at: location(SourceRange(place.start..<place.start))))
      return file
    }
    guard
      let fields = fields(root, "a rule file", known: FileKey.words, required: ["version"])
    else { return file }
    file.hasContact = !fields.lacks("contact")
    for (key, value) in fields.entries {
      switch FileKey(rawValue: key.text) {
      case .version: version(value)
      case .about: file.about = scalar(value, "`about`")?.text ?? ""
      case .zone: file.zone = text(value, "`zone`")
      case .events: events(value, into: &file)
      case .contact: file.contact = contact(value)
      case .lists: file.lists = lists(value)
      case .let: file.lets = lets(value)
      case .rules: file.rules = rules(value)
      case .ensure: ensure(value, into: &file)
      case .guards: file.guards = guards(value)
      case nil: preconditionFailure("`fields` lets known keys through only")
      }
    }
    file.constantLists = constantLists
    return file
  }

  /// Whether anything in the mapping is ours; a file without is pointed out as a whole.
  private func isRuleFile(_ root: YAMLNode) -> Bool {
    guard case .mapping(let entries) = root.kind else { return false }
    return entries.contains { entry in
      guard case .scalar(let scalar) = entry.key.kind else { return false }
      return FileKey(rawValue: scalar.text) != nil
    }
  }

  private mutating func version(_ node: YAMLNode) {
    guard let version = text(node, "`version`"), version.text != "1" else { return }
    report(.unsupportedVersion(version.text, at: location(version.range)))
  }

  private mutating func events(_ node: YAMLNode, into file: inout FileSyntax) {
    guard let fields = fields(node, "`events`", known: EventsKey.words) else { return }
    file.eventType = fields["type"].flatMap { expression($0, "`type`") }
    file.eventID = fields["id"].flatMap { expression($0, "`id`") }
    file.eventTime = fields["time"].flatMap { expression($0, "`time`") }
  }

  private mutating func lists(_ node: YAMLNode) -> [ListSyntax] {
    var lists: [ListSyntax] = []
    for (name, value) in freeEntries(node, "`lists`") ?? [] {
      let items = items(value, "the list `\(name.text)`") ?? []
      let constants = items.compactMap { literal($0, "an item of `\(name.text)`") }
      lists.append(ListSyntax(name: name, items: constants.map(\.literal)))
      note(constants, at: value.range, named: name.text)
    }
    return lists
  }

  /// Remembers where the constants of a list stand.
  mutating func note(
    _ constants: [(literal: Literal, range: SourceRange)], at range: SourceRange,
    named name: String? = nil
  ) {
    constantLists.append(
      ConstantList(
        name: name, range: range.start..<range.end,
        items: constants.map { ($0.literal, $0.range.start..<$0.range.end) }))
  }

  /// A constant of the type that JSON would give it.
  package mutating func literal(
    _ node: YAMLNode, _ what: @autoclosure () -> String
  ) -> (literal: Literal, range: SourceRange)? {
    guard let scalar = scalar(node, what()) else { return nil }
    guard scalar.style == .plain else { return (.string(scalar.text), node.range) }
    guard !scalar.text.isEmpty else {
      report(emptyText(what(), node.range))
      return nil
    }
    return (Rulesets.literal(ofPlain: scalar.text), node.range)
  }

  private mutating func lets(_ node: YAMLNode) -> [LetSyntax] {
    (freeEntries(node, "`let`") ?? []).map { name, value in
      LetSyntax(name: name, expression: expression(value, "`\(name.text)`"))
    }
  }
}

extension Diagnostic {
  static func notARuleFile(at location: SourceLocation) -> Self {
    Diagnostic(
      .notARuleFile, "this is no rule file", at: location,
      label: "no `version`, no `rules`",
      help: "a rule file starts with `version: 1` and has `rules:`")
  }

  static func unsupportedVersion(_ version: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .unsupportedVersion, "`version` must be 1", at: location,
      label: "version \(version) is not known", help: "write `version: 1`",
      fix: Fix([Fix.Edit(at: location, with: "1")]))
  }
}
