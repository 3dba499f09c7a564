internal import Contacts
internal import Diagnostics
internal import Knowledge

/// Finds actions of one rule that write the same thing: only one of them could be meant.
struct ActionTargets {
  private var seen: [(target: Target, range: SourceRange)] = []
  private let source: SourceText
  private let inventory: Inventory?

  /// What a write changes; a group or URN is known by its text.
  private enum Target: Hashable {
    case name, language, status, contact, interruption, messages
    case field(String), group(String), urn(String)
    case allGroups, allURNs
    case fieldObject(String), groupObject(String)

    func overlaps(_ other: Target) -> Bool {
      switch (self, other) {
      case (.allGroups, .group), (.group, .allGroups), (.allURNs, .urn), (.urn, .allURNs): true
      default: self == other
      }
    }

    var words: String {
      switch self {
      case .name: "the name"
      case .language: "the language"
      case .status: "the status"
      case .contact: "whether the contact exists"
      case .interruption: "the contact's flow"
      case .messages: "the contact's messages"
      case .field(let key): "the field `\(key)`"
      case .group: "one group"
      case .urn: "one URN"
      case .allGroups: "the groups"
      case .allURNs: "the URNs"
      case .fieldObject: "one field of the workspace"
      case .groupObject: "one group of the workspace"
      }
    }
  }

  private init(source: SourceText, inventory: Inventory?) {
    self.source = source
    self.inventory = inventory
  }

  /// What is wrong between the actions of one rule; an inventory tells which names are one group.
  static func problems(
    among actions: [ActionSyntax], in source: SourceText, _ inventory: Inventory?
  ) -> [Diagnostic] {
    guard actions.reduce(0, { $0 + $1.targetCount }) > 1 || actions.count > 1 else { return [] }
    var targets = ActionTargets(source: source, inventory: inventory)
    var problems: [Diagnostic] = []
    for action in actions {
      for write in action.writes {
        for target in targets.targets(of: write.kind) {
          if let problem = targets.add(target, write.range) { problems.append(problem) }
        }
      }
    }
    return problems + targets.uselessBesideDeletion(actions)
  }

  private mutating func add(_ target: Target, _ range: SourceRange) -> Diagnostic? {
    defer { seen.append((target, range)) }
    guard let other = seen.first(where: { $0.target.overlaps(target) }) else { return nil }
    return .sameTarget(target.words, at: location(range), other: location(other.range))
  }

  private func uselessBesideDeletion(_ actions: [ActionSyntax]) -> [Diagnostic] {
    guard let deletion = actions.first(where: { $0.word == .deleteContact }) else { return [] }
    return actions.filter { $0.word.needsContact && $0.word != .deleteContact }.map {
      .deletionCancels($0.word.rawValue, at: location($0.range), deletion: location(deletion.range))
    }
  }

  private func location(_ range: SourceRange) -> SourceLocation {
    SourceLocation(path: source.path, range: range)
  }

  private func targets(of kind: ActionSyntax.Kind) -> [Target] {
    switch kind {
    case .setName, .clearName: [.name]
    case .setLanguage, .clearLanguage: [.language]
    case .setField(let key, _), .clearField(let key): [.field(key.text)]
    case .addToGroup(let group), .removeFromGroup(let group): [.group(self.group(group))]
    case .setGroups: [.allGroups]
    case .addURN(let urn, _), .removeURN(let urn): [.urn(name(urn))]
    case .setURNs: [.allURNs]
    case .createContact, .note: []
    case .deleteContact: [.contact]
    case .blockContact, .unblockContact: [.status]
    case .interruptContact: [.interruption]
    case .archiveMessages: [.messages]
    case .createField(let label, _): [.fieldObject(name(label))]
    case .createGroup(let group), .deleteGroup(let group): [.groupObject(self.group(group))]
    case .renameGroup(let from, let to): [.groupObject(group(from)), .groupObject(group(to))]
    }
  }

  private func name(_ template: TemplateSyntax) -> String {
    (template.constant ?? template.source).lowercased()
  }

  private func group(_ template: TemplateSyntax) -> String {
    guard let inventory, let text = template.constant else { return name(template) }
    let number = inventory.group(text)
    return number < 0 ? name(template) : inventory.groups[Int(number)].name.lowercased()
  }
}

extension ActionSyntax {
  /// How many things its writes may change, at most.
  fileprivate var targetCount: Int {
    // To give a group a new name is about both.
    writes.count * (word == .renameGroup ? 2 : 1)
  }
}

extension Diagnostic {
  static func sameTarget(
    _ words: String, at location: SourceLocation, other: SourceLocation
  ) -> Self {
    Diagnostic(
      .sameTarget, "two actions of one rule write \(words)", at: location, label: "again here",
      notes: [Note("first written here", at: other)], help: "keep one of them")
  }

  static func deletionCancels(
    _ word: String, at location: SourceLocation, deletion: SourceLocation
  ) -> Self {
    Diagnostic(
      .deletionCancels, "`\(word)` has no effect: the same rule deletes the contact",
      at: location, notes: [Note("deleted here", at: deletion)],
      help: "remove one of the two")
  }
}
