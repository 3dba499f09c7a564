internal import CEL
internal import Diagnostics
package import YAMLTree

extension Decoder {
  /// The rules of a file; many are read in two parts, of which the second knows nothing of the first.
  mutating func rules(_ node: YAMLNode) -> [RuleSyntax] {
    guard let items = items(node, "`rules`") else { return [] }
    guard work.isWorth(items.count) else { return rules(items[...]) }
    let half = items.count / 2
    var empty = Decoder(source: source, comments: comments)
    // No file has so many lines.
    empty.firstLineNumber = 1 << 30
    var all: [RuleSyntax] = []
    let (other, _) = work.both(
      { [empty] in
        var decoder = empty
        let rules = decoder.rules(items[half...])
        return (rules: rules, diagnostics: decoder.diagnostics, lists: decoder.constantLists)
      }, { all = rules(items[..<half], room: items.count) })
    diagnostics += other.diagnostics
    constantLists += other.lists
    all += other.rules
    return all
  }

  /// The rules among items, in a list with room for more where more are to follow.
  private mutating func rules(
    _ items: ArraySlice<YAMLNode>, room: Int = 0
  ) -> [RuleSyntax] {
    var rules: [RuleSyntax] = []
    rules.reserveCapacity(max(items.count, room))
    for index in items.indices {
      if let rule = rule(items[index]) { rules.append(rule) }
    }
    return rules
  }

  private static let ruleKeys = RuleKey.words

  private mutating func rule(_ node: YAMLNode) -> RuleSyntax? {
    guard let fields = fields(node, "a rule", known: Self.ruleKeys, required: ["id"]) else {
      return nil
    }
    let id = fields["id"].flatMap { text($0, "`id`") }
    let first = fields.entries.first?.key.range ?? node.range
    let predicates = fields["if"].map { conditions($0, "`if`") }
    let types = fields["when"].map { triggerTypes($0) }
    return RuleSyntax(
      id: id ?? TextSyntax(text: "", range: first),
      about: fields["about"].flatMap { scalar($0, "`about`") }?.text ?? "",
      range: first,
      isEnabled: fields["enabled"].flatMap { flag($0, "`enabled`") } ?? true,
      trigger: types.map { .types($0.map(\.text)) } ?? .every,
      triggerRanges: types?.map(\.range) ?? [],
      predicates: predicates ?? [],
      contact: fields["contact"].flatMap { contact($0) },
      hasContact: !fields.lacks("contact"),
      body: body(fields, id: first))
  }

  private mutating func triggerTypes(_ node: YAMLNode) -> [TextSyntax] {
    let items = itemsOrOne(node, "`when`") ?? []
    let types = items.compactMap { text($0, "`when`", .textOrList) }
    for type in types where type.text.utf8.contains(UInt8(ascii: "=")) && type.text.contains("==") {
      report(.conditionAsType(at: location(type.range)))
    }
    return types
  }

  package mutating func flag(_ node: YAMLNode, _ what: String) -> Bool? {
    guard let word = text(node, what) else { return nil }
    switch word.text {
    case "true": return true
    case "false": return false
    default:
      report(
        .unknownWord(
          word.text, at: location(word.range), of: what, words: ["true", "false"]))
      return nil
    }
  }

  private mutating func body(_ fields: Fields, id: SourceRange) -> RuleSyntax.Body {
    let key = { (name: String) in fields.entries.first { $0.key.text == name }?.key.range }
    if let match = key("match") ?? key("cases") ?? key("otherwise") {
      if let actions = key("do") {
        report(
          .mixedForms(
            "a rule has either `do` or `match` with `cases`", at: location(actions),
            other: ("the cases are here", location(match)),
            help: "move `do` into a rule of its own"))
      }
      for name in ["match", "cases"] where fields.lacks(name) {
        report(.missingKey(name, of: "a rule with cases", at: location(match)))
      }
      return .cases(cases(fields))
    }
    guard let value = fields["do"] else {
      if fields.lacks("do"), fields.lacks("match"), fields.lacks("cases") {
        report(.missingKey("do", of: "a rule", at: location(id)))
      }
      return .actions([])
    }
    return .actions(actions(value, "`do`"))
  }

  private mutating func cases(_ fields: Fields) -> MatchSyntax {
    var match = MatchSyntax(
      subject: fields["match"].flatMap { expression($0, "`match`") }, cases: [])
    if let node = fields["cases"] {
      let entries = freeEntries(node, "`cases`") ?? []
      if case .mapping = node.kind, entries.isEmpty {
        report(.nothingInside("`cases`", at: location(node.range)))
      }
      for (key, value) in entries {
        match.cases.append(.init(key: key, actions: actions(value, "the case `\(key.text)`")))
      }
    }
    if let entry = fields.entries.first(where: { $0.key.text == "otherwise" }) {
      match.otherwise = .init(key: entry.key, actions: actions(entry.value, "`otherwise`"))
    }
    return match
  }
}

extension Diagnostic {
  static func conditionAsType(at location: SourceLocation) -> Self {
    Diagnostic(
      .pathAsText, "`when` takes the types of events, not a condition", at: location,
      label: "read as the name of a type",
      help: "write the type alone, such as `order.paid`; conditions stand under `if`")
  }
}
