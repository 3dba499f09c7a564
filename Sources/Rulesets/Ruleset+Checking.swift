package import Contacts
package import Diagnostics
package import Knowledge
internal import YAMLTree

extension Ruleset {
  /// Reads and checks all files of a ruleset, given in the order their rules fire.
  ///
  /// With an inventory, what rules name is held against what the workspace has. Files with many rules
  /// are read in parts that may go on at the same time; what is found is the same.
  ///
  /// - Returns: the ruleset, absent if any error was found, and everything found, sorted by
  ///   file and place.
  package static func check(
    _ sources: [SourceText], profile: APIProfile, inventory: Inventory? = nil,
    on work: ForkJoin = .inOrder
  ) -> (ruleset: Ruleset?, diagnostics: [Diagnostic]) {
    check(sources, profile: profile, inventory: inventory, on: work, knowing: .files) { _, _ in []
    }
  }

  /// The same with checks that know what events look like: they get the rules as far as they could be
  /// read, and what was found.
  package static func check(
    _ sources: [SourceText], profile: APIProfile, inventory: Inventory? = nil,
    on work: ForkJoin = .inOrder, facts: (Ruleset, [Diagnostic]) throws -> [Diagnostic]
  ) rethrows -> (ruleset: Ruleset?, diagnostics: [Diagnostic]) {
    try check(
      sources, profile: profile, inventory: inventory, on: work, knowing: .events, facts)
  }

  private static func check(
    _ sources: [SourceText], profile: APIProfile, inventory: Inventory?, on work: ForkJoin,
    knowing knowledge: Suppressions.Knowledge,
    _ facts: (Ruleset, [Diagnostic]) throws -> [Diagnostic]
  ) rethrows -> (ruleset: Ruleset?, diagnostics: [Diagnostic]) {
    let inventory = inventory.flatMap { $0.isKnown ? $0 : nil }
    let decoded = sources.map { decode($0, on: work) }
    let syntax = decoded.map(\.file)
    let ensured = EnsureChecker(syntax, profile: profile, inventory: inventory)
    let guards = StrictestGuards(syntax)
    var found = decoded.flatMap(\.diagnostics) + ensured.diagnostics + guards.diagnostics
    var files: [RuleFile] = []
    var rules: [Rule] = []
    for (index, file) in syntax.enumerated() {
      var checker = FileChecker(
        file, index: index, isBroken: !decoded[index].diagnostics.isEmpty, profile: profile,
        fieldTypes: ensured.fieldTypes, inventory: inventory, on: work)
      let (checked, diagnostics) = checker.check()
      files.append(checked)
      if rules.isEmpty { rules = checker.rules } else { rules += checker.rules }
      found += diagnostics
    }
    let (together, names) = (work.isWorth(rules.count) ? work : .inOrder).both(
      {
        duplicateRuleIDs(syntax) + mixedAddressing(syntax)
          + (inventory == nil ? mixedGroupNames(syntax, profile: profile) : [])
      }, { ObjectNames(syntax, ensure: ensured.ensure, profile: profile) })
    found += together + (inventory.map { names.problems(against: $0) } ?? [])
    let ruleset = Ruleset(
      files: files, rules: rules, ensure: ensured.ensure, guards: guards.guards,
      named: names.named, fieldTypes: ensured.fieldTypes)
    found += try facts(ruleset, found)
    var suppressions = Suppressions(
      syntax, knowsWorkspace: inventory != nil, knowing: knowledge)
    let remaining = sorted(suppressions.apply(to: found), like: sources)
    work.release(syntax, of: rules.count)
    guard !remaining.contains(where: { $0.severity == .error }) else { return (nil, remaining) }
    return (ruleset, remaining)
  }

  private static func decode(
    _ source: SourceText, on work: ForkJoin
  ) -> (file: FileSyntax, diagnostics: [Diagnostic]) {
    let document = YAMLDocument.parse(
      source, on: work.both(for: source.utf8.count / leastRuleLength))
    guard document.root != nil || document.diagnostics.isEmpty else {
      return (FileSyntax(source: source, comments: document.comments), document.diagnostics)
    }
    var decoder = Decoder(source: source, comments: document.comments)
    decoder.work = work
    let file = decoder.file(document.root)
    defer { work.release(document, of: file.rules.count) }
    let consequences = decoder.diagnostics.filter { problem in
      isConsequence(problem, of: document.diagnostics)
    }
    return (
      file, document.diagnostics + decoder.diagnostics.filter { !consequences.contains($0) }
    )
  }

  /// How many bytes a rule has at least that does something, about.
  private static let leastRuleLength = 100

  /// What the YAML reader dropped or read as text looks empty or wrong here, but has been said.
  private static func isConsequence(_ problem: Diagnostic, of earlier: [Diagnostic]) -> Bool {
    let range = problem.location.range
    return earlier.contains { other in
      let place = other.location.range
      let isInside = place.start >= range.start && place.end <= range.end
      let isAround = range.start >= place.start && range.end <= place.end
      return isAround || isInside && (problem.code == .nothingInside || problem.code == other.code)
    }
  }

  /// By file in firing order, then by place; two at one place by code.
  private static func sorted(
    _ diagnostics: [Diagnostic], like sources: [SourceText]
  )
    -> [Diagnostic]
  {
    let order = Dictionary(
      sources.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    let key = { (diagnostic: Diagnostic) in
      (
        order[diagnostic.location.path] ?? 0, diagnostic.location.range.start,
        diagnostic.location.range.end, diagnostic.code.rawValue
      )
    }
    // An alias is read at each of its places, and what is wrong in it is wrong once.
    var seen: Set<Diagnostic> = []
    return diagnostics.filter { seen.insert($0).inserted }.sorted { key($0) < key($1) }
  }
}
