internal import CEL
internal import Contacts
internal import Diagnostics
internal import Knowledge
internal import YAMLTree

/// Turns one file's syntax into its part of the ruleset.
struct FileChecker: Sendable {
  private let file: FileSyntax
  private let index: Int
  private var actions: ActionChecker
  private(set) var rules: [Rule] = []
  private var lets: [Let] = []
  private var diagnostics: [Diagnostic] = []
  /// Whether parts could not be read, so that what they mention is not known.
  private let isBroken: Bool
  private let inventory: Inventory?
  private let work: ForkJoin

  init(
    _ file: FileSyntax, index: Int, isBroken: Bool, profile: APIProfile,
    fieldTypes: [String: FieldType], inventory: Inventory?, on work: ForkJoin
  ) {
    self.work = work
    self.isBroken = isBroken
    self.inventory = inventory
    self.file = file
    self.index = index
    var zone: String?
    if let name = file.zone {
      if ZoneRules(name.text) != nil {
        zone = name.text
      } else {
        diagnostics.append(.unknownZone(name.text, at: file.location(name.range)))
      }
    }
    actions = ActionChecker(
      constants: ConstantChecker(source: file.source, profile: profile, fieldTypes: fieldTypes),
      expressions: ExpressionChecker(source: file.source, zone: zone))
  }

  /// Checks everything; what was found is in the second part.
  mutating func check() -> (file: RuleFile, diagnostics: [Diagnostic]) {
    lets = actions.expressions.declareNames(lists: file.lists, lets: file.lets)
    let ofEvent = checkEvents()
    let contact = file.contact.map { check($0) }
    checkRules(fileContact: contact)
    let isSure = !isBroken && !actions.expressions.diagnostics.contains { $0.severity == .error }
    let unused =
      isSure ? actions.expressions.unusedNames(lists: file.lists, lets: file.lets) : []
    let environment = actions.expressions.environment
    let checked = RuleFile(
      path: file.source.path, about: file.about, eventType: ofEvent.type, eventID: ofEvent.id,
      eventTime: ofEvent.time, zone: actions.expressions.zone, environment: environment,
      lets: lets, contact: contact, constantLists: file.constantLists)
    let all =
      diagnostics + actions.expressions.diagnostics + actions.constants.diagnostics + unused
    return (checked, all)
  }

  /// Checks the rules; many in two parts, of which the second knows nothing of the first.
  private mutating func checkRules(fileContact contact: ContactReference?) {
    let all = file.rules
    rules.reserveCapacity(all.count)
    guard work.isWorth(all.count) else {
      for index in all.indices { check(all[index], fileContact: contact) }
      return
    }
    let half = all.count / 2
    let same = self
    let parts = work.both(
      {
        var checker = same
        checker.rules.reserveCapacity(all.count - half)
        for index in half..<all.count { checker.check(all[index], fileContact: contact) }
        return checker
      },
      { for index in 0..<half { check(all[index], fileContact: contact) } })
    add(parts.other, behind: same)
  }

  /// Takes over what a checker found that went on from where this one was as `start`.
  private mutating func add(_ other: FileChecker, behind start: FileChecker) {
    rules += other.rules[start.rules.count...]
    diagnostics += other.diagnostics[start.diagnostics.count...]
    actions.add(other.actions, behind: start.actions)
  }

  private mutating func checkEvents() -> (type: Expression, id: Expression?, time: Expression?) {
    let type = file.eventType.map { aboutEvent($0, "the type of an event") }
    let standard = Expression(
      .select(Expression(.identifier("event"), 0..<0), field: "type"), 0..<0)
    return (
      type ?? actions.expressions.check(standard, style: .plain),
      file.eventID.map { aboutEvent($0, "the id of an event") },
      file.eventTime.map { aboutEvent($0, "the time of an event") }
    )
  }

  /// An expression that is needed before the contact is known.
  private mutating func aboutEvent(_ syntax: ExpressionSyntax, _ what: String) -> Expression {
    let checked = actions.expressions.check(syntax)
    if actions.expressions.readsContact(checked) {
      diagnostics.append(.contactNotReadable(what, at: file.location(syntax.range)))
    }
    return checked
  }

  private mutating func check(_ contact: ContactSyntax) -> ContactReference {
    var identifiers: [ContactReference.Identifier] = []
    for identifier in contact.identifiers {
      switch identifier {
      case .urn(let urn):
        identifiers.append(.urn(address(urn, .urn, "`urn`")))
      case .uuid(let uuid):
        identifiers.append(.uuid(address(uuid, .uuid, "`uuid`")))
      }
    }
    return ContactReference(
      identifiers: identifiers, missing: contact.missing, line: file.line(of: contact.range))
  }

  private mutating func address(
    _ template: TemplateSyntax, _ use: ConstantChecker.Use, _ what: String
  ) -> Template {
    let checked = actions.value(template, use, what)
    if readsContact(checked) {
      diagnostics.append(
        .contactNotReadable("who the contact is", at: file.location(template.range)))
    }
    return checked
  }

  private func readsContact(_ template: Template) -> Bool {
    template.readsContact(through: actions.expressions.contactReaders)
  }
}

extension FileChecker {
  private mutating func check(_ rule: RuleSyntax, fileContact: ContactReference?) {
    let contact = rule.hasContact ? rule.contact.map { check($0) } : fileContact
    let predicates = rule.predicates.map { actions.expressions.check($0) }
    let hasContact = rule.hasContact || file.hasContact
    var common = Rule(
      id: rule.id.text, about: rule.about, file: index, line: file.line(of: rule.range),
      isEnabled: rule.isEnabled, trigger: rule.trigger, predicates: predicates, contact: contact,
      actions: [], readsContact: false,
      triggerRanges: rule.triggerRanges.map { $0.start..<$0.end })
    if !hasContact, let place = needOfContact(rule, predicates) {
      diagnostics.append(
        .ruleWithoutContact(rule.id.text, at: file.location(place)))
    }
    switch rule.body {
    case .actions(let syntax):
      append(common, syntax)
    case .cases(let match):
      let subject = match.subject.map { actions.expressions.check($0) }
      common.predicates = predicates
      for item in match.cases {
        appendCase(common, item, subject: match.subject, checked: subject, keys: nil)
      }
      if let otherwise = match.otherwise {
        let keys = match.cases.map(\.key.text)
        appendCase(common, otherwise, subject: match.subject, checked: subject, keys: keys)
      }
    }
  }

  /// One case as a rule of its own; `keys` are those that `otherwise` leaves out.
  private mutating func appendCase(
    _ common: Rule, _ item: MatchSyntax.Case, subject: ExpressionSyntax?, checked: Expression?,
    keys: [String]?
  ) {
    var rule = common
    rule.id += "/" + item.key.text
    rule.line = file.line(of: item.key.range)
    if let subject {
      let range = item.key.range.start..<item.key.range.end
      let tree =
        keys.map { FieldTest.matchOtherwise(subject.expression, keys: $0) }
        ?? FieldTest.matchCase(subject.expression, key: item.key.text, at: range)
      let text = String(
        decoding: file.source.utf8[subject.range.start..<subject.range.end], as: UTF8.self)
      rule.predicates.append(
        Predicate(
          .expression(actions.expressions.check(tree, style: subject.style)), line: rule.line,
          text: keys == nil ? "\(text): \(item.key.text)" : "\(text): otherwise", range: range))
    }
    append(rule, item.actions)
  }

  private mutating func append(_ rule: Rule, _ syntax: [ActionSyntax]) {
    var rule = rule
    rule.actions = actions.check(syntax)
    diagnostics += ActionTargets.problems(
      among: syntax, in: file.source, inventory)
    let readers = actions.expressions.contactReaders
    rule.readsContact =
      rule.predicates.contains { actions.expressions.readsContact($0) }
      || rule.actions.contains { $0.templates.contains { $0.readsContact(through: readers) } }
    rules.append(rule)
  }

  /// What in a rule asks for a contact: an action upon one, or a line that reads one.
  private mutating func needOfContact(_ rule: RuleSyntax, _ predicates: [Predicate]) -> SourceRange?
  {
    if let action = rule.allActions.first(where: { $0.word.needsContact }) { return action.range }
    let line = zip(rule.predicates, predicates).first { actions.expressions.readsContact($0.1) }
    return line?.0.range
  }
}

extension Template {
  fileprivate func readsContact(through readers: Set<String>) -> Bool {
    parts.contains { part in
      guard case .hole(let hole) = part else { return false }
      return hole.readsContact(through: readers)
    }
  }
}

extension Diagnostic {
  static func unknownZone(_ name: String, at location: SourceLocation) -> Self {
    let common = [
      "America/Sao_Paulo", "America/Manaus", "America/Fortaleza", "America/Recife",
      "America/Maceio", "America/Bahia", "America/Belem", "America/Cuiaba",
      "America/Campo_Grande", "America/Rio_Branco", "America/New_York", "Europe/Lisbon", "UTC",
    ]
    let near = closestMatch(to: name, in: common)
    return Diagnostic(
      .unknownZone, "no time zone `\(name)`", at: location,
      label: "not a name of the time zone database",
      help: near.map { "did you mean `\($0)`?" } ?? "write a name such as `America/Sao_Paulo`",
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }

  static func contactNotReadable(_ what: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .contactNotReadable, "\(what) cannot depend on `contact`", at: location,
      label: "needed before the contact is found", help: "read it from `event`")
  }

  static func ruleWithoutContact(_ id: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .ruleWithoutContact, "the rule `\(id)` does not say whom it is about", at: location,
      label: "needs a contact",
      help: "add `contact: {urn: …}` to the file or to the rule")
  }
}
