internal import CEL
package import Diagnostics
package import Rulesets

/// Holds rules against what events look like.
package struct FactChecker {
  /// Fewer events prove nothing about what never or always happens.
  static let leastEvents = 20

  let ruleset: Ruleset
  let sources: [SourceText]
  var catalogue: TypeCatalogue
  let outcomes: [RuleOutcome]
  private let reported: [Diagnostic]
  /// The types that each rule listens to, among those seen.
  let typesOfRules: [Set<Int>]
  private(set) var diagnostics: [Diagnostic] = []
  /// What each line reads and compares.
  private(set) var usesOfLines: [LineID: [FieldUse]] = [:]
  private(set) var comparisonsOfLines: [LineID: [Comparison]] = [:]
  /// Lines of which something was said that explains why they hold or do not.
  var explained: Set<LineID> = []

  /// - Parameters:
  ///   - ruleset: the rules as far as they could be read.
  ///   - sources: their files, in the ruleset's order.
  ///   - evidence: what samples tell.
  ///   - reported: what was found without samples.
  package init(
    _ ruleset: Ruleset, _ sources: [SourceText], _ evidence: SampleEvidence,
    beside reported: [Diagnostic] = []
  ) {
    self.ruleset = ruleset
    self.sources = sources
    self.reported = reported
    let catalogue = TypeCatalogue(evidence.schema)
    outcomes = evidence.outcomes
    typesOfRules = ruleset.rules.map { rule in
      catalogue.types(of: rule.trigger, typing: ruleset.files[rule.file].typing)
    }
    self.catalogue = catalogue
  }

  /// Everything that the samples speak against.
  package mutating func check() -> [Diagnostic] {
    for file in ruleset.files.indices { checkTypes(of: file) }
    var collector = UseCollector(ruleset, sources)
    for rule in ruleset.rules.indices where isCovered(rule) {
      collector.collect(rule, types: typesOfRules[rule])
    }
    for file in ruleset.files.indices {
      let types = ruleset.rules.indices.filter { ruleset.rules[$0].file == file && isCovered($0) }
        .reduce(into: Set<Int>()) { $0.formUnion(typesOfRules[$1]) }
      if !types.isEmpty { collector.collect(file: file, types: types) }
    }
    var places: Set<String> = []
    for (_, use) in collector.uses.sorted(by: { $0.key < $1.key }) {
      if let place = checkField(use) { places.insert(place) }
      for line in use.context.lines { usesOfLines[line, default: []].append(use) }
    }
    for comparison in collector.comparisons.values {
      for line in comparison.context.lines {
        comparisonsOfLines[line, default: []].append(comparison)
      }
    }
    for (_, comparison) in collector.comparisons.sorted(by: { $0.key < $1.key })
    where !places.contains("\(comparison.context.file) \(comparison.path.range)") {
      checkComparison(comparison)
    }
    for rule in outcomes.indices where isCovered(rule) { checkOutcomes(of: rule) }
    return diagnostics
  }

  /// Files of which no rule meets any of the samples.
  package var uncoveredFiles: [String] {
    ruleset.files.indices.filter { file in
      let rules = ruleset.rules.indices.filter { ruleset.rules[$0].file == file }
      return !rules.isEmpty && !rules.contains { isCovered($0) }
    }.map { ruleset.files[$0].path }
  }

  func isCovered(_ rule: Int) -> Bool {
    ruleset.rules[rule].isEnabled && catalogue.count(of: typesOfRules[rule]) > 0
  }

  func location(_ range: Range<Int>, in file: Int) -> SourceLocation {
    SourceLocation(path: ruleset.files[file].path, range: SourceRange(range))
  }

  func written(_ range: Range<Int>, in file: Int) -> String {
    String(decoding: sources[file].utf8[range], as: UTF8.self)
  }

  mutating func report(_ diagnostic: Diagnostic, explaining lines: Set<LineID> = []) {
    explained.formUnion(lines)
    diagnostics.append(diagnostic)
  }

  /// Whether something was found in a place without looking at samples.
  func isReported(_ range: Range<Int>, in file: Int) -> Bool {
    reported.contains { diagnostic in
      let place = diagnostic.location
      return place.path == ruleset.files[file].path && place.range.start >= range.lowerBound
        && place.range.end <= range.upperBound
    }
  }
}

extension RuleFile {
  /// The label of the place where the type of an event is.
  var typing: String { eventType.description }
}
