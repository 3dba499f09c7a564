internal import CEL
internal import Diagnostics

extension FactChecker {
  /// Constants that no sample has, where one has something like it.
  mutating func checkValues(_ comparison: Comparison, _ facts: PathFacts) {
    let facts = facts.lists > 0 && comparison.kind == .part ? items(of: comparison) : facts
    guard let facts, !facts.values.areMany, facts.texts > 0 else { return }
    let texts = facts.values.values.compactMap { value, _ -> String? in
      if case .text(let text) = value { text } else { nil }
    }
    let written = comparison.operands.compactMap { operand -> String? in
      if case .string(let text) = operand.literal { text } else { nil }
    }
    let unseen = written.filter { text in !texts.contains { comparison.kind.holds($0, text) } }
    let isFatal = unseen.count == comparison.operands.count && comparison.context.isNeeded
    for (literal, range) in comparison.operands {
      guard case .string(let text) = literal, unseen.contains(text), !text.isEmpty else { continue }
      let candidates = comparison.kind.candidates(among: texts, like: text)
      guard let near = nearest(to: text, among: candidates, facts),
        !written.contains(near), !isReported(range, in: comparison.context.file)
      else { continue }
      reportValue(text, near, comparison, facts, isFatal: isFatal, at: range)
    }
  }

  private mutating func reportValue(
    _ text: String, _ near: String, _ comparison: Comparison, _ facts: PathFacts, isFatal: Bool,
    at range: Range<Int>
  ) {
    let path = comparison.path.steps
    let isShown =
      Disclosure.masked.shows(facts, at: path) || !Disclosure.isPersonal(facts, at: path)
    let count = facts.values.values.first { $0.value == .text(near) }?.count
    let source = written(range, in: comparison.context.file)
    report(
      .valueNeverSeen(
        text, at: path.text, isFatal: isFatal,
        label: "never in \(catalogue.words(of: comparison.context.types))",
        near: isShown ? near : nil, count: count,
        fix: isShown && source == text ? near : nil,
        location: location(range, in: comparison.context.file)),
      explaining: isFatal ? comparison.context.lines : [])
  }

  /// A value that was meant, most likely.
  private func nearest(
    to text: String, among candidates: [String], _ facts: PathFacts
  ) -> String? {
    guard let near = NearWord.nearest(to: text, in: candidates) else { return nil }
    if near.difference == .spelling { return near.word }
    // Ids and codes are near each other without meaning each other.
    let shape = TextShape(of: near.word)
    guard text.count >= 3,
      Disclosure.isEnumeration(facts)
        || near.difference == .slip && (shape == .word || shape == .sentence)
    else { return nil }
    return near.word
  }

  /// What the items of a list are.
  private mutating func items(of comparison: Comparison) -> PathFacts? {
    catalogue.node(of: comparison.context.types).node(at: comparison.path.steps + [.item])?.facts
  }
}

extension Comparison.Kind {
  /// Whether a value satisfies a constant.
  fileprivate func holds(_ value: String, _ constant: String) -> Bool {
    switch self {
    case .part: value.contains(constant)
    case .start: value.hasPrefix(constant)
    case .end: value.hasSuffix(constant)
    case .equality, .membership, .matchCase, .order, .arithmetic: value.hasSameBytes(as: constant)
    }
  }

  /// What a constant may have been meant to be.
  fileprivate func candidates(among values: [String], like constant: String) -> [String] {
    switch self {
    case .part:
      values
        + values.flatMap { value in
          value.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }.map(String.init)
        }
    case .start: values.map { String($0.prefix(constant.count)) }
    case .end: values.map { String($0.suffix(constant.count)) }
    case .equality, .membership, .matchCase: values
    case .order, .arithmetic: []
    }
  }
}

extension Diagnostic {
  static func valueNeverSeen(
    _ value: String, at path: String, isFatal: Bool, label: String, near: String?, count: Int?,
    fix: String?, location: SourceLocation
  ) -> Self {
    let rate = count.map { " " + counted($0, "sample") } ?? ""
    return Diagnostic(
      isFatal ? .valueNeverSeen : .valueNotSeen, "no `\(path)` is `\(value)`", at: location,
      label: label,
      help: near.map { "did you mean `\($0)`?\(rate)" }
        ?? "a value that differs little is there, and may say who somebody is",
      fix: fix.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }
}
