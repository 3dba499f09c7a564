import CEL
package import Contacts
package import Diagnostics
package import Engine
package import Rulesets

/// A checked ruleset, compiled to run and to be asked about: make it once for each version of the rules.
package struct TracedRules: Sendable {
  package let ruleset: Ruleset
  package let sources: [SourceText]
  package let rules: [RuleOutline]
  package let profile: APIProfile
  /// How many lines there are, combinations too.
  package let lineCount: Int
  let inquiry: Inquiry
  /// The numbers of the rules that read `contact`.
  let contactReaders: [Int]
  /// Keys of fields that some rule fills with what may be personal.
  package let personalFields: Set<String>
  /// Of each rule its lines, as ``RuleOutline/allLines`` has them.
  let conditions: [[Inquiry.Condition]]

  /// What runs.
  package var program: Engine.Program { inquiry.program }

  /// Compiles a ruleset.
  ///
  /// - Parameters:
  ///   - ruleset: the rules.
  ///   - sources: the texts they were read from, in the order of the ruleset's files.
  ///   - profile: the dialect they were checked for.
  package init(_ ruleset: Ruleset, sources: [SourceText], profile: APIProfile) {
    var outliner = Outliner(ruleset, sources, profile)
    rules = ruleset.rules.map { outliner.outline($0) }
    contactReaders = rules.indices.filter { [rules] in rules[$0].readsContact }
    personalFields = Set(rules.flatMap(\.personalFields))
    conditions = rules.map { $0.allLines.map(\.condition) }
    lineCount = outliner.lineCount
    inquiry = outliner.builder.build()
    self.ruleset = ruleset
    self.sources = sources
    self.profile = profile
  }
}

extension RuleOutline {
  fileprivate var personalFields: [String] {
    zip(actions, holes).compactMap { action, holes in
      guard case .setField(let key, _) = action.kind, holes.contains(where: \.isPersonal) else {
        return nil
      }
      return key
    }
  }
}

/// Makes the outlines of rules, and wants the values they show.
private struct Outliner {
  let ruleset: Ruleset
  let sources: [SourceText]
  var builder: InquiryBuilder
  var lineCount = 0
  /// Of the directory that all files stand in.
  private let commonLength: Int

  init(_ ruleset: Ruleset, _ sources: [SourceText], _ profile: APIProfile) {
    self.ruleset = ruleset
    self.sources = sources
    builder = InquiryBuilder(ruleset, profile: profile)
    let paths = ruleset.files.map(\.path)
    let common = paths.dropFirst().reduce(paths.first ?? "") { $0.commonPrefix(with: $1) }
    commonLength =
      common.lastIndex(of: "/").map { common.distance(from: common.startIndex, to: $0) + 1 } ?? 0
  }

  mutating func outline(_ rule: Rule) -> RuleOutline {
    RuleOutline(
      id: rule.id, about: rule.about, file: rule.file, path: ruleset.files[rule.file].path,
      shortPath: String(ruleset.files[rule.file].path.dropFirst(commonLength)),
      line: rule.line, isEnabled: rule.isEnabled, trigger: rule.trigger,
      lines: rule.predicates.map { line($0, in: rule.file) }, actions: rule.actions,
      holes: rule.actions.map { reads(of: $0.templates, in: rule.file) },
      identifiers: reads(of: rule.contact?.templates ?? [], in: rule.file),
      readsContact: rule.readsContact)
  }

  private mutating func line(_ predicate: Predicate, in file: Int) -> RuleOutline.Line {
    let number = lineCount
    lineCount += 1
    var line = RuleOutline.Line(
      number: number, kind: .test, text: predicate.text, line: predicate.line,
      range: predicate.range, children: [], condition: builder.condition(predicate, in: file),
      reads: [], whole: nil)
    switch predicate.kind {
    case .expression(let expression):
      return RuleOutline.Line(
        number: number, kind: .test, text: predicate.text, line: predicate.line,
        range: predicate.range, children: [], condition: line.condition,
        reads: reads(of: [expression], in: file), whole: builder.question(expression, in: file))
    case .all(let parts):
      line.kind = .all
      line.children = parts.map { self.line($0, in: file) }
    case .any(let parts):
      line.kind = .any
      line.children = parts.map { self.line($0, in: file) }
    case .none(let parts):
      line.kind = .none
      line.children = parts.map { self.line($0, in: file) }
    }
    return line
  }

  private mutating func reads(of templates: [Template], in file: Int) -> [RuleOutline.Read] {
    let holes = templates.flatMap(\.parts).compactMap { part in
      if case .hole(let expression) = part { expression } else { nil }
    }
    return reads(of: holes, in: file)
  }

  private mutating func reads(
    of expressions: [CEL.Expression], in file: Int
  ) -> [RuleOutline.Read] {
    var readings = Readings(ruleset.files[file], source: sources[file])
    for expression in expressions { readings.add(expression) }
    return readings.parts.map { part in
      if part.isNamedList, case .literal(let literal) = part.expression.kind {
        return RuleOutline.Read(
          text: part.text, name: part.name, source: .constant(literal), isPersonal: false)
      }
      return RuleOutline.Read(
        text: part.text, name: part.name,
        source: .question(builder.question(part.expression, in: file)),
        isPersonal: readings.isPersonal(part.expression))
    }
  }
}

extension ContactReference {
  var templates: [Template] {
    identifiers.map { identifier in
      switch identifier {
      case .urn(let template), .uuid(let template): template
      }
    }
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
