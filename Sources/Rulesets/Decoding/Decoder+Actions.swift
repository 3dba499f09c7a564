internal import Contacts
internal import Diagnostics
internal import YAMLTree

extension Decoder {
  /// A list of actions, or one mapping of them, in written order.
  mutating func actions(_ node: YAMLNode, _ what: String) -> [ActionSyntax] {
    if case .sequence = node.kind {
      var actions: [ActionSyntax] = []
      for item in items(node, what, .actions) ?? [] { actions += step(item, what) }
      return actions
    }
    return step(node, what)
  }

  /// `set_name: …`, several such keys, or the bare word of an action without a value.
  private mutating func step(_ node: YAMLNode, _ what: String) -> [ActionSyntax] {
    if case .scalar(let scalar) = node.kind, node.tag == nil {
      guard !scalar.text.isEmpty else {
        report(.nothingInside(what, at: location(node.range)))
        return []
      }
      let key = TextSyntax(text: scalar.text, range: node.range)
      return action(key, nil).map { [$0] } ?? []
    }
    guard let entries = freeEntries(node, "an action of \(what)", .textOrMapping) else { return [] }
    if entries.isEmpty { report(.nothingInside(what, at: location(node.range))) }
    var actions: [ActionSyntax] = []
    for (key, value) in entries {
      if let action = action(key, value) { actions.append(action) }
    }
    return actions
  }

  private mutating func action(_ key: TextSyntax, _ node: YAMLNode?) -> ActionSyntax? {
    guard let word = ActionWord(rawValue: key.text) else {
      report(.unknownAction(key.text, at: location(key.range)))
      return nil
    }
    var action = ActionSyntax(word: word, range: key.range, writes: [])
    if let kind = plainKind(word) {
      if let node { requireYes(node, word) }
      action.writes = [.init(kind: kind, range: key.range)]
      return action
    }
    if word == .createContact {
      action.writes = createContact(node, key)
      return action
    }
    guard let node, !isMissing(node) else {
      report(
        .actionWithoutValue(word, at: location(key.range), help: helpForHash(after: key.range)))
      return nil
    }
    action.writes = writes(word, node, key)
    return action
  }

  private func isMissing(_ node: YAMLNode) -> Bool {
    guard case .scalar(let scalar) = node.kind, node.tag == nil else { return false }
    return scalar.text.isEmpty && scalar.style == .plain
  }

  /// Actions that say everything by their word.
  private func plainKind(_ word: ActionWord) -> ActionSyntax.Kind? {
    switch word {
    case .clearName: .clearName
    case .clearLanguage: .clearLanguage
    case .blockContact: .blockContact
    case .unblockContact: .unblockContact
    case .interruptContact: .interruptContact
    case .archiveMessages: .archiveMessages
    case .setName, .setLanguage, .setFields, .clearFields, .addToGroup, .removeFromGroup,
      .setGroups, .addURN, .removeURN, .setURNs, .createContact, .deleteContact, .createField,
      .createGroup, .renameGroup, .deleteGroup, .note:
      nil
    }
  }

  private mutating func requireYes(_ node: YAMLNode, _ word: ActionWord) {
    if isMissing(node) { return }
    if case .scalar(let scalar) = node.kind, node.tag == nil, scalar.text == "true" { return }
    report(.actionTakesNoValue(word, at: location(node.range)))
  }

  private mutating func writes(
    _ word: ActionWord, _ node: YAMLNode, _ key: TextSyntax
  ) -> [ActionSyntax.Write] {
    let what = "`\(word.rawValue)`"
    func one(_ kind: ActionSyntax.Kind?) -> [ActionSyntax.Write] {
      kind.map { [.init(kind: $0, range: key.range)] } ?? []
    }
    func each(_ make: (TemplateSyntax) -> ActionSyntax.Kind) -> [ActionSyntax.Write] {
      templates(node, what).map { .init(kind: make($0), range: $0.range) }
    }
    switch word {
    case .setName: return one(template(node, what).map { .setName($0) })
    case .setLanguage: return one(template(node, what).map { .setLanguage($0) })
    case .setFields: return setFields(node)
    case .clearFields: return clearFields(node)
    case .addToGroup: return each { .addToGroup($0) }
    case .removeFromGroup: return each { .removeFromGroup($0) }
    case .setGroups: return one(.setGroups(wholeList(node, what)))
    case .addURN: return addURNs(node)
    case .removeURN: return each { .removeURN($0) }
    case .setURNs: return one(.setURNs(wholeList(node, what)))
    case .deleteContact: return one(confirmed(node, key) ? .deleteContact : nil)
    case .createField: return one(createField(node))
    case .createGroup: return one(template(node, what).map { .createGroup($0) })
    case .renameGroup: return one(renameGroup(node))
    case .deleteGroup: return one(deleteGroup(node, key))
    case .note: return one(template(node, what).map { .note($0) })
    case .clearName, .clearLanguage, .blockContact, .unblockContact, .interruptContact,
      .archiveMessages, .createContact:
      return []
    }
  }

  /// The items of `set_groups` and `set_urns`; `[]` is a list too: it empties.
  private mutating func wholeList(_ node: YAMLNode, _ what: String) -> [TemplateSyntax] {
    if case .sequence(let items) = node.kind, items.isEmpty { return [] }
    return templates(node, what)
  }

  private mutating func setFields(_ node: YAMLNode) -> [ActionSyntax.Write] {
    let entries = freeEntries(node, "`set_fields`") ?? []
    if case .mapping = node.kind, entries.isEmpty {
      report(.nothingInside("`set_fields`", at: location(node.range)))
    }
    var writes: [ActionSyntax.Write] = []
    for (key, value) in entries {
      guard let template = template(value, "the field `\(key.text)`") else { continue }
      writes.append(.init(kind: .setField(key, template), range: key.range))
    }
    return writes
  }

  private mutating func clearFields(_ node: YAMLNode) -> [ActionSyntax.Write] {
    var writes: [ActionSyntax.Write] = []
    for item in itemsOrOne(node, "`clear_fields`") ?? [] {
      guard let key = text(item, "`clear_fields`", .textOrList) else { continue }
      writes.append(.init(kind: .clearField(key), range: key.range))
    }
    return writes
  }
}

extension Diagnostic {
  static func unknownAction(_ word: String, at location: SourceLocation) -> Self {
    let near =
      MeantWord.actions[word.lowercased()]
      ?? closestMatch(to: word, in: ActionWord.allCases.map(\.rawValue))
    let starts = ["send_", "start_", "enviar_", "trigger_", "reply"]
    let isMessage = starts.contains { word.lowercased().hasPrefix($0) }
    return Diagnostic(
      .unknownAction, "unknown action `\(word)`", at: location, label: "not an action",
      help: near.map { "did you mean `\($0)`?" }
        ?? (isMessage ? "actions change contacts; they send no messages and start no flows" : nil),
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }

  static func actionWithoutValue(
    _ word: ActionWord, at location: SourceLocation, help: String?
  ) -> Self {
    Diagnostic(
      .emptyText, "`\(word.rawValue)` needs a value", at: location, label: "nothing follows",
      help: help)
  }

  static func actionTakesNoValue(_ word: ActionWord, at location: SourceLocation) -> Self {
    Diagnostic(
      .unknownWord, "`\(word.rawValue)` takes no value", at: location,
      label: "only `true` may stand here", help: "write `- \(word.rawValue)`")
  }
}
