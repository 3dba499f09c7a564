internal import CEL
internal import Contacts
internal import Diagnostics

/// Checks what rules ask for: constants against the API, holes against the names in scope.
struct ActionChecker {
  var constants: ConstantChecker
  var expressions: ExpressionChecker

  /// Takes over what a checker found that went on from where this one was as `start`.
  mutating func add(_ other: ActionChecker, behind start: ActionChecker) {
    for diagnostic in other.constants.diagnostics[start.constants.diagnostics.count...] {
      constants.report(diagnostic)
    }
    expressions.add(other.expressions, behind: start.expressions)
  }

  /// The actions of one rule, one write each.
  mutating func check(_ actions: [ActionSyntax]) -> [Action] {
    var checked: [Action] = []
    for group in actions.indices {
      for index in actions[group].writes.indices {
        let kind = kind(of: actions[group].writes[index])
        let line = expressions.source.line(of: actions[group].writes[index].range.start)
        checked.append(Action(kind, line: line, group: group))
      }
    }
    return checked
  }

  private mutating func kind(of write: ActionSyntax.Write) -> Action.Kind {
    switch write.kind {
    case .setName(let name): .setName(value(name, .name, "`set_name`"))
    case .clearName: .clearName
    case .setLanguage(let language): .setLanguage(value(language, .language, "`set_language`"))
    case .clearLanguage: .clearLanguage
    case .setField(let key, let template): setField(key, template)
    case .clearField(let key): clearField(key)
    case .addToGroup(let group): .addToGroup(value(group, .group, "`add_to_group`"))
    case .removeFromGroup(let group): .removeFromGroup(value(group, .group, "`remove_from_group`"))
    case .setGroups(let groups): setGroups(groups, at: write.range)
    case .addURN(let urn, let position):
      .addURN(value(urn, .urn, "`add_urn`"), position: position)
    case .removeURN(let urn): .removeURN(value(urn, .urn, "`remove_urn`"))
    case .setURNs(let urns): .setURNs(values(urns, .urn, "`set_urns`", at: write.range))
    case .createContact(let urns):
      .createContact(urns: values(urns, .urn, "`create_contact`", at: write.range))
    case .deleteContact: .deleteContact
    case .blockContact: .blockContact
    case .unblockContact: .unblockContact
    case .interruptContact: .interruptContact
    case .archiveMessages: .archiveMessages
    case .createField(let label, let type): createField(label, type)
    case .createGroup(let name): .createGroup(value(name, .group, "`create_group`"))
    case .renameGroup(let from, let to):
      .renameGroup(
        from: value(from, .group, "`from`"), to: value(to, .group, "`to`"))
    case .deleteGroup(let group): .deleteGroup(value(group, .group, "`delete_group`"))
    case .note(let text): .note(note(text))
    }
  }

  /// A value whose constant form the API has seen.
  mutating func value(
    _ template: TemplateSyntax, _ use: ConstantChecker.Use, _ what: String
  ) -> Template {
    expressions.check(constants.check(template, as: use, what))
  }

  private mutating func note(_ text: TemplateSyntax) -> Template {
    if let path = text.constant.flatMap({ pathLook($0) }) {
      constants.report(.pathAsText(path, at: constants.location(text.range)))
    }
    return expressions.check(text)
  }

  private mutating func values(
    _ templates: [TemplateSyntax], _ use: ConstantChecker.Use, _ what: String,
    at range: SourceRange
  ) -> [Template] {
    constants.checkCount(templates, what, at: range)
    return templates.map { value($0, use, what) }
  }

  private mutating func setField(_ key: TextSyntax, _ template: TemplateSyntax) -> Action.Kind {
    constants.checkKey(key)
    let type = constants.fieldTypes[key.text]
    return .setField(key: key.text, value(template, .value(type), "the field `\(key.text)`"))
  }

  private mutating func clearField(_ key: TextSyntax) -> Action.Kind {
    constants.checkKey(key)
    return .clearField(key: key.text)
  }

  private mutating func setGroups(_ groups: [TemplateSyntax], at range: SourceRange) -> Action.Kind
  {
    if groups.count == 1, groups[0].constant != nil {
      constants.report(.replacesAllGroups(at: constants.location(range)))
    }
    return .setGroups(values(groups, .group, "`set_groups`", at: range))
  }

  private mutating func createField(_ label: TemplateSyntax, _ type: FieldType) -> Action.Kind {
    if let text = label.constant { _ = constants.checkLabel(text, at: label.range) }
    return .createField(label: expressions.check(label), type: type)
  }
}

extension Diagnostic {
  static func replacesAllGroups(at location: SourceLocation) -> Self {
    Diagnostic(
      .replacesAllGroups, "`set_groups` with one group takes the contact out of all others",
      at: location, label: "replaces all groups", help: "did you mean `add_to_group`?")
  }
}
