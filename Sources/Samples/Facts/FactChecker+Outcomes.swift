internal import CEL
internal import Diagnostics
internal import Rulesets

extension FactChecker {
  /// Lines that hold always or never, and rules that never fire.
  mutating func checkOutcomes(of number: Int) {
    let outcome = outcomes[number]
    let rule = ruleset.rules[number]
    guard outcome.events >= Self.leastEvents else { return }
    let words = catalogue.words(of: typesOfRules[number])
    var isExplained = false
    for (leaf, line) in rule.predicates.flatMap(\.leaves).enumerated() {
      let id = LineID(rule: number, leaf: leaf)
      if explained.contains(id) || isReported(line.predicate.range, in: rule.file) {
        isExplained = true
        continue
      }
      guard !line.predicate.isCase else { continue }
      guard canJudge(line.predicate, in: rule.file) else {
        isExplained = true
        continue
      }
      let isAlways = outcome.lines[leaf].fails + outcome.lines[leaf].unknown == 0
      if isAlways, line.role == .needed, isGuard(line.predicate, id) { continue }
      if check(line.predicate, line.role, outcome.lines[leaf], words, in: rule.file) {
        isExplained = true
      }
    }
    let isOfCase = rule.predicates.contains { $0.isCase }
    if !isExplained { checkFirings(rule, outcome, words, isOfCase: isOfCase) }
  }

  /// - Returns: whether the rule cannot fire because of the line.
  private mutating func check(
    _ line: Predicate, _ role: Predicate.Role, _ outcome: LineOutcome, _ words: String, in file: Int
  ) -> Bool {
    let place = location(line.range, in: file)
    if outcome.fails + outcome.unknown == 0 {
      report(.alwaysHolds(role, words, at: place))
      return role == .excluded
    }
    guard outcome.holds == 0, role != .excluded else { return false }
    report(.neverHolds(unknown: outcome.unknown, words, at: place))
    return true
  }

  private mutating func checkFirings(
    _ rule: Rule, _ outcome: RuleOutcome, _ words: String, isOfCase: Bool
  ) {
    let range = lineRange(rule.line, in: rule.file)
    if outcome.fired == 0, !rule.readsContact, !isOfCase, rule.predicates.count > 1 {
      report(.neverFires(rule.id, words, at: location(range, in: rule.file)))
    }
    guard outcome.fired >= Self.leastEvents,
      (outcome.fired - outcome.withoutContact) * 20 < outcome.fired
    else { return }
    report(
      .nobodyToWriteTo(
        rule.id, outcome.withoutContact, of: outcome.fired, at: location(range, in: rule.file)))
  }

  /// The text of a line, without what indents it.
  private func lineRange(_ line: Int, in file: Int) -> Range<Int> {
    let text = sources[file].line(line)
    let indent = text.utf8.prefix { $0 == UInt8(ascii: " ") }.count
    let start = sources[file].start(ofLine: line) + indent
    return start..<start + text.utf8.count - indent
  }

  /// Whether a line depends on the events alone: samples do not show the contact, nor when they came
  /// unless their file says so.
  private func canJudge(_ line: Predicate, in file: Int) -> Bool {
    guard case .expression(let expression) = line.kind else { return false }
    var names: Set<String> = []
    return canJudge(expression, ruleset.files[file], &names)
  }

  private func canJudge(
    _ expression: Expression, _ file: RuleFile, _ names: inout Set<String>
  ) -> Bool {
    for reference in expression.references {
      switch reference {
      case .variable("contact"): return false
      case .variable("now"): if file.eventTime == nil { return false }
      case .computed(let name):
        guard names.insert(name).inserted, let binding = file.lets.first(where: { $0.name == name })
        else { continue }
        guard canJudge(binding.expression, file, &names) else { return false }
      case .variable, .local, .unbound: continue
      }
    }
    return true
  }
}

extension Predicate {
  /// Whether it is what a case of `match`, or `otherwise`, stands for: text of a value against keys.
  fileprivate var isCase: Bool {
    guard case .expression(let expression) = kind,
      case .binary(.and, let guarding, let test) = expression.kind,
      case .call("present", nil, _) = guarding.kind
    else { return false }
    switch test.kind {
    case .binary(.equal, let text, _): return text.isTextOfSame
    case .unary(.not, let inner):
      guard case .binary(.isIn, let text, _) = inner.kind else { return false }
      return text.isTextOfSame
    default: return false
    }
  }
}

extension Expression {
  /// `string(x)` that nobody wrote: it stands where `x` does.
  fileprivate var isTextOfSame: Bool {
    guard case .call("string", nil, let arguments) = kind, let inner = arguments.first else {
      return false
    }
    return inner.range == range
  }
}

extension Diagnostic {
  static func alwaysHolds(
    _ role: Predicate.Role, _ words: String, at location: SourceLocation
  ) -> Self {
    let label = "true for all \(words)"
    return switch role {
    case .needed:
      Diagnostic(
        .alwaysHolds, "this line always holds", at: location, label: label,
        help: "leave it out, if it is to choose events")
    case .alternative:
      Diagnostic(
        .alwaysHolds, "this line always holds, and `any` with it", at: location, label: label,
        help: "leave out what is meant to be one of several")
    case .excluded:
      Diagnostic(
        .alwaysHolds, "this line always holds, so that `none` never does", at: location,
        label: label)
    }
  }

  static func neverHolds(unknown: Int, _ words: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .neverHolds, "this line never holds", at: location,
      label: unknown > 0 ? "false or unknown for all \(words)" : "false for all \(words)",
      notes: unknown > 0 ? [Note("unknown for \(counted(unknown, "sample"))")] : [])
  }

  static func neverFires(_ id: String, _ words: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .neverFires, "the rule `\(id)` never fires", at: location, label: "for none of \(words)",
      help: "each of its lines holds for some, all together for none")
  }

  static func nobodyToWriteTo(
    _ id: String, _ count: Int, of fired: Int, at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .nobodyToWriteTo, "the rule `\(id)` hardly ever finds anybody to write to", at: location,
      label: "no usable contact in \(grouped(count)) of \(counted(fired, "sample")) it fires for")
  }
}
