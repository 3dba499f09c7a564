import CEL
package import Contacts
package import Rulesets

/// A ruleset compiled for the event loop: flat tables, immutable, shared by all workers.
package struct Program: Sendable {
  /// Rule ids in firing order, what `Write.rule` indexes; rules that are switched off count too.
  package let ruleIDs: [String]
  /// `PATH:LINE` of each rule.
  package let ruleLocations: TextList
  /// `"rule":"ID","at":"PATH:LINE"` of each rule, as JSON without braces, and behind them of each
  /// field and each group of `ensure`.
  package let provenance: TextList
  package let isRuleEnabled: [Bool]
  package let profile: APIProfile
  package let guards: Guards
  /// Whether the rules limit what one window may change.
  package var isGuarded: Bool { !guards.isEmpty }
  package let ensure: Ensure

  let cel: CEL.Program
  let slotCount: Int
  let trie: PathTrie
  /// The slot of `now`, and those of `contact` with their paths; -1 where no rule reads it.
  let nowSlot: Int
  let contactSlots: [(slot: Int, path: [String])]
  /// The path of each slot, for people.
  let paths: [[String]]
  let shapes: Table<EventShape>
  let rules: Table<RuleRow>
  let listeners: Listeners
  let predicates: Table<PredicateRow>
  let selectivity: Selectivity
  /// Lists of predicates that rows point into.
  let predicateLists: Table<Int32>
  /// Lists of constant texts that rows point into.
  let texts: Table<TextConstant>
  let actions: Table<ActionRow>
  let templates: Table<TemplateRow>
  let parts: Table<TemplatePart>
  let contacts: Table<ContactRow>
  let identifiers: Table<IdentifierRow>
  /// The bytes of all constant texts; the first bytes of every batch, too.
  let constants: Table<UInt8>
  /// Constant field keys and groups, in ``constants``, and whether each is a group.
  let targets: [(text: TextRange, isGroup: Bool)]
  /// The lines of each rule.
  let lines: RuleLines

  /// Compiles a checked ruleset; rules that are switched off stay out.
  package init(_ ruleset: Ruleset, profile: APIProfile, on work: ForkJoin = .inOrder) {
    let work = work.isWorth(ruleset.rules.count) ? work : .inOrder
    let (beside, builder) = work.both({ (RuleNames(ruleset), Listeners(of: ruleset)) }) {
      var builder = ProgramBuilder(ruleset, profile: profile)
      builder.build()
      return builder
    }
    self.init(builder, beside.0, beside.1)
  }

  init(_ builder: ProgramBuilder) {
    self.init(builder, RuleNames(builder.ruleset), Listeners(of: builder.ruleset))
  }

  private init(_ builder: ProgramBuilder, _ names: RuleNames, _ listeners: Listeners) {
    let ruleset = builder.ruleset
    profile = builder.profile
    ruleIDs = names.ids
    ruleLocations = names.locations
    provenance = names.provenance
    isRuleEnabled = ruleset.rules.map(\.isEnabled)
    guards = ruleset.guards
    ensure = ruleset.ensure
    cel = builder.cel
    paths = builder.layout.paths
    slotCount = paths.count
    trie = PathTrie(paths: paths, root: "event")
    nowSlot = paths.firstIndex(of: ["now"]) ?? -1
    contactSlots = paths.enumerated().filter { $0.element.first == "contact" }
      .map { ($0.offset, $0.element) }
    shapes = Table(builder.shapes)
    rules = Table(builder.rules)
    self.listeners = listeners
    predicates = Table(builder.predicates)
    selectivity = Selectivity(
      builder.predicates, lists: builder.predicateLists, texts: builder.texts)
    predicateLists = Table(builder.predicateLists)
    texts = Table(builder.texts)
    actions = Table(builder.actions)
    templates = Table(builder.templates)
    parts = Table(builder.parts)
    contacts = Table(builder.contacts)
    identifiers = Table(builder.identifiers)
    constants = Table(builder.constants)
    targets = builder.targets
    lines = RuleLines(builder.lines)
  }

  /// Whether some rule reads `contact` and is therefore finished at merge.
  package var readsContact: Bool { !contactSlots.isEmpty }
}

extension Listeners {
  /// The rules that are not switched off, by their rows.
  fileprivate init(of ruleset: Ruleset) {
    self.init(ruleset.rules.filter(\.isEnabled).map(\.trigger))
  }
}

/// What rules are called, and where they stand.
private struct RuleNames: Sendable {
  let ids: [String]
  private(set) var locations = TextList()
  private(set) var provenance = TextList()

  init(_ ruleset: Ruleset) {
    ids = ruleset.rules.map(\.id)
    for rule in ruleset.rules {
      let location = "\(ruleset.files[rule.file].path):\(rule.line)"
      locations.append(location.utf8)
      addProvenance(rule.id, at: location)
    }
    for place in ruleset.ensure.fields.map(\.place) + ruleset.ensure.groups.map(\.place) {
      addProvenance("ensure", at: place.text)
    }
  }

  private mutating func addProvenance(_ id: String, at place: String) {
    provenance.append("\"rule\":\(jsonText(id)),\"at\":\(jsonText(place))".utf8)
  }
}

/// A text as a JSON string.
package func jsonText(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy {
    $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
  }
  if isPlain { return "\"\(text)\"" }
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
