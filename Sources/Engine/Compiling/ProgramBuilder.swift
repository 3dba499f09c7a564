import CEL
import Contacts
import Rulesets

/// Collects the tables of a `Program`: rules first, everything they mention once.
struct ProgramBuilder {
  let ruleset: Ruleset
  let profile: APIProfile
  var environment: CEL.Environment
  var cel = CEL.Program()
  var layout = SlotLayout()

  var shapes: [EventShape] = []
  var rules: [RuleRow] = []
  var predicates: [PredicateRow] = []
  var predicateLists: [Int32] = []
  var texts: [TextConstant] = []
  var actions: [ActionRow] = []
  var templates: [TemplateRow] = []
  var parts: [TemplatePart] = []
  var contacts: [ContactRow] = []
  var identifiers: [IdentifierRow] = []
  var constants: [UInt8] = []
  var targets: [(text: TextRange, isGroup: Bool)] = []
  var lines: [[PredicateLine]] = []

  var shapeOfFile: [Int] = []
  /// By file and number of the line.
  var compiledLines: [Int: CompiledLine] = [:]
  var predicateNumbers = NumberTable()
  /// The entries by the bytes of their texts.
  var entryNumbers: [[UInt8]: Int32] = [:]
  var readsContact: [Bool] = []
  var targetNumbers = NumberTable()
  /// By file and line: rules of a file share theirs.
  var contactNumbers: [Int: Int32] = [:]
  /// The constants that are shared, and their numbers.
  var sharedTexts: [TextConstant] = []
  var sharedTextNumbers = NumberTable()
  /// Where lists begin in ``texts`` and ``predicateLists``.
  var textListStarts = NumberTable()
  var predicateListStarts = NumberTable()
  var templateNumbers = NumberTable()
  /// The slots of whole paths over the event.
  var slotNumbers = NumberTable()

  init(_ ruleset: Ruleset, profile: APIProfile) {
    self.ruleset = ruleset
    self.profile = profile
    environment = ruleset.files.first?.environment ?? CEL.Environment(profile: .regra)
    for (number, file) in ruleset.files.enumerated() {
      for binding in file.lets {
        environment.define(
          Self.unique(binding.name, in: number),
          as: binding.expression.renamingComputed { Self.unique($0, in: number) })
      }
    }
  }

  /// A `let` name that no other file has.
  static func unique(_ name: String, in file: Int) -> String { "\(name) of file \(file)" }

  mutating func build() {
    for file in ruleset.files.indices { shapeOfFile.append(shape(of: file)) }
    let all = ruleset.rules
    lines.reserveCapacity(all.count)
    rules.reserveCapacity(all.count)
    for number in all.indices {
      guard all[number].isEnabled else {
        lines.append([])
        continue
      }
      let (row, ruleLines) = row(ofRule: number)
      lines.append(ruleLines)
      rules.append(row)
    }
  }

  /// Compiles an expression of a file; the same text in files of the same names is one entry.
  mutating func entry(_ expression: CEL.Expression, in file: Int) -> Int32 {
    let renamed = expression.renamingComputed { Self.unique($0, in: file) }
    let text = Array(renamed.description.utf8)
    if let entry = entryNumbers[text] { return entry }
    let entry = Int32(cel.add(renamed, in: environment, layout: &layout))
    entryNumbers[text] = entry
    return entry
  }

  private mutating func shape(of number: Int) -> Int {
    let file = ruleset.files[number]
    let zone = CEL.Expression(.literal(.string(file.zone ?? "UTC")), 0..<0)
    let time = file.eventTime.map {
      CEL.Expression(.call("date", target: nil, arguments: [$0, zone]), $0.range)
    }
    let shape = EventShape(
      type: entry(file.eventType, in: number),
      id: file.eventID.map { entry($0, in: number) } ?? -1,
      time: time.map { entry($0, in: number) } ?? -1,
      typeSlot: slotNumber(of: file.eventType), idSlot: slotNumber(of: file.eventID),
      timeSlot: file.zone == nil ? slotNumber(of: file.eventTime) : -1)
    if let known = shapes.firstIndex(where: {
      $0.type == shape.type && $0.id == shape.id && $0.time == shape.time
    }) {
      return known
    }
    shapes.append(shape)
    return shapes.count - 1
  }

  private mutating func slotNumber(of expression: CEL.Expression?) -> Int32 {
    expression.flatMap { slot(of: $0) }.map(Int32.init) ?? -1
  }

  /// The row of a rule that may be switched off, and its lines.
  mutating func row(ofRule number: Int) -> (row: RuleRow, lines: [PredicateLine]) {
    // A copy of a rule would count references to each of its parts.
    let file = ruleset.rules[number].file
    let predicates = ruleset.rules[number].predicates
    let ruleActions = ruleset.rules[number].actions
    let ruleReadsContact = ruleset.rules[number].readsContact
    var list: [Int32] = []
    var ruleLines: [PredicateLine] = []
    list.reserveCapacity(predicates.count)
    ruleLines.reserveCapacity(predicates.count)
    for index in predicates.indices {
      list.append(predicate(index, of: predicates, in: file, lines: &ruleLines))
    }
    list = inOrder(list)
    let all = append(list)
    let readContact = list.contains { readsContact[Int($0)] }
    let ofEvent = readContact ? append(list.filter { !readsContact[Int($0)] }) : all
    let firstAction = actions.count
    for index in ruleActions.indices { add(ruleActions[index], in: file) }
    let needsContact =
      ruleReadsContact || actions[firstAction...].contains { $0.kind.isAboutContact }
    let reference = needsContact ? ruleset.rules[number].contact : nil
    let row = RuleRow(
      number: Int32(number), shape: Int32(shapeOfFile[file]), predicates: all,
      eventPredicates: ofEvent,
      actions: RowRange(first: Int32(firstAction), count: Int32(actions.count - firstAction)),
      contact: reference.map { contact($0, in: file) } ?? -1, readsContact: ruleReadsContact)
    return (row, ruleLines)
  }

  mutating func append(_ list: [Int32]) -> RowRange {
    defer { predicateLists += list }
    return RowRange(first: Int32(predicateLists.count), count: Int32(list.count))
  }

  private mutating func contact(_ reference: ContactReference, in file: Int) -> Int32 {
    let place = file << 32 | reference.line
    if let known = contactNumbers[place] { return known }
    let first = identifiers.count
    for identifier in reference.identifiers {
      let row =
        switch identifier {
        case .urn(let text):
          IdentifierRow(template: template(text, as: .addURN, nil, in: file), isUUID: false)
        case .uuid(let text):
          IdentifierRow(template: template(text, as: nil, nil, in: file), isUUID: true)
        }
      identifiers.append(row)
    }
    contacts.append(
      ContactRow(
        identifiers: RowRange(first: Int32(first), count: Int32(identifiers.count - first)),
        missing: reference.missing))
    contactNumbers[place] = Int32(contacts.count - 1)
    return Int32(contacts.count - 1)
  }
}

extension TextConstant {
  /// Bytes that are to stand at an offset.
  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    self.init(
      offset: UInt32(offset), length: UInt32(bytes.count), head: PathTrie.head(bytes),
      tail: bytes.count > 8
        ? PathTrie.head(UnsafeRawBufferPointer(rebasing: bytes.suffix(8))) : 0)
  }
}

extension MutationKind {
  /// Whether it changes a contact, rather than the workspace or nothing.
  var isAboutContact: Bool {
    switch self {
    case .createField, .createGroup, .renameGroup, .deleteGroup, .note: false
    case .setName, .clearName, .setLanguage, .clearLanguage, .setField, .clearField, .addToGroup,
      .removeFromGroup, .replaceGroups, .addURN, .preferURN, .removeURN, .replaceURNs,
      .createContact, .deleteContact, .blockContact, .unblockContact, .interruptContact,
      .archiveMessages:
      true
    }
  }
}
