import Contacts
import Diagnostics
import Engine

/// What rules made of an event, as a tree of lines with their values.
package struct TraceTree {
  private let rules: TracedRules
  private let veil: Veil
  /// What every line begins with.
  private let margin: String

  package init(_ rules: TracedRules, veil: Veil, indent: Int = 0) {
    self.rules = rules
    self.veil = veil
    margin = String(repeating: " ", count: indent)
  }

  /// Every rule that listens, line by line, and the names of the others.
  package func lines(_ trace: EventTrace) -> [String] {
    if let problem = trace.problem { return [margin + "! this is no event: \(problem)"] }
    let heard = trace.rules.filter { $0.verdict != .otherType && $0.verdict != .switchedOff }
    return heard.flatMap { rule($0) }
      + others(
        trace, .otherType, "· \(heard.isEmpty ? "all rules" : "others") listen to other types:")
      + others(trace, .switchedOff, "○ switched off:")
  }

  private func others(
    _ trace: EventTrace, _ verdict: RuleTrace.Verdict, _ words: String
  ) -> [String] {
    let ids = trace.rules.filter { $0.verdict == verdict }.map { rules.rules[$0.rule].id }
    guard !ids.isEmpty else { return [] }
    return Columns.wrap(
      [margin + words] + ids.dropLast().map { $0 + "," } + ids.suffix(1),
      indent: margin.count + 4)
  }

  /// The rule and its place.
  func head(_ trace: RuleTrace) -> [String] {
    let outline = rules.rules[trace.rule]
    return Columns.line(
      "\(margin)\(trace.verdict.mark) \(outline.id)", right: "\(outline.shortPath):\(outline.line)")
  }

  /// One rule with all its lines, and what it wrote.
  package func rule(_ trace: RuleTrace) -> [String] {
    var lines = head(trace)
    switch trace.verdict {
    case .otherType:
      lines.append(margin + "    when: it listens to other types than \(type(of: trace))")
    case .switchedOff: lines.append(margin + "    it is switched off: `enabled: false`")
    case .fired, .nobody, .isFalse, .isUnknown: break
    }
    lines += trace.lines.flatMap { line($0, indent: margin.count + 4) }
    if trace.verdict == .nobody {
      lines += Columns.line(
        margin + "    ! nobody to write to", at: 50, values(trace.identifiers, of: ""),
        indent: margin.count + 8)
    }
    if let contact = trace.contact, trace.verdict.isFiring, !trace.writes.isEmpty {
      lines.append(margin + "    → \(veil.contact(contact))")
    }
    return lines + trace.writes.flatMap { write($0, verdict: trace.verdict) }
  }

  private func type(of trace: RuleTrace) -> String { trace.type.map { "`\($0)`" } ?? "none" }

  /// A line, its values, and the lines in it.
  private func line(_ trace: LineTrace, indent: Int) -> [String] {
    let start = String(repeating: " ", count: indent) + "\(trace.outcome.mark) "
    // Tests of one path that stand together are parts of one line.
    let parts = trace.children.allSatisfy { $0.text == trace.text } ? trace.children : []
    guard trace.kind == .test || !parts.isEmpty else {
      return [start + trace.kind.word] + trace.children.flatMap { line($0, indent: indent + 4) }
    }
    let reads = parts.first?.reads ?? trace.reads
    let doubt = parts.compactMap(\.doubt).first ?? trace.doubt
    return Columns.line(
      start + trace.text, at: 50, values(reads, of: trace.text, doubt), indent: indent + 4)
  }

  /// The lines that kept a rule from firing, with their values.
  func stoppers(_ trace: RuleTrace) -> [String] {
    trace.stoppers.prefix(1).flatMap { line($0, indent: margin.count + 4) }
  }

  /// The values of what a line reads; why it is unknown comes first.
  private func values(_ reads: [ReadTrace], of line: String, _ doubt: Doubt? = nil) -> [String] {
    var pieces: [String] = []
    if let doubt { pieces.append(doubt.sentence) }
    for (index, read) in reads.enumerated() {
      switch read.value {
      case .value(let literal):
        let value = ValueText(veil: veil).text(literal, isPersonal: read.isPersonal)
        // What stands at the beginning of the line needs no name.
        let isSubject = index == 0 && doubt == nil && line.hasPrefix(read.text)
        pieces.append(isSubject ? value : "\(read.text) = \(value)")
      case .unknown(let other):
        let sentence = other.sentence
        if !pieces.contains(sentence), doubt == nil || other.text != doubt?.text {
          pieces.append(sentence)
        }
      }
    }
    return pieces
  }

  private func write(_ trace: WriteTrace, verdict: RuleTrace.Verdict) -> [String] {
    let words = WriteText(trace, veil)
    switch trace.write.outcome {
    case .written: return Columns.wrap([margin + "      \(words.effect)"], indent: margin.count + 8)
    case .nobody: return []
    case .skipped:
      return Columns.wrap(
        [margin + "      – \(words.subject): skipped, \(words.gap)"], indent: margin.count + 8)
    case .refused(let refusal):
      let sentence = refusal.sentence(in: rules.profile)
      return Columns.wrap(
        [margin + "      ! \(words.subject): set aside, \(sentence)"], indent: margin.count + 8)
    }
  }
}

extension RuleTrace.Verdict {
  /// One sign for each.
  package var mark: String {
    switch self {
    case .fired: "✓"
    case .nobody: "!"
    case .isFalse: "✗"
    case .isUnknown: "?"
    case .otherType: "·"
    case .switchedOff: "○"
    }
  }
}

extension LineOutcome {
  package var mark: String {
    switch self {
    case .isTrue: "✓"
    case .isFalse: "✗"
    case .isUnknown: "?"
    }
  }
}

extension RuleOutline.Line.Kind {
  /// As rules write it.
  package var word: String {
    switch self {
    case .test: "test"
    case .all: "all"
    case .any: "any"
    case .none: "none"
    }
  }
}
