internal import CEL
internal import Diagnostics
internal import YAMLTree

extension Decoder {
  /// The lines of `if`, `any`, `all` or `none`: a list, or one line alone.
  mutating func conditions(_ node: YAMLNode, _ what: String) -> [PredicateSyntax] {
    var lines: [PredicateSyntax] = []
    for item in itemsOrOne(node, what) ?? [] { lines += condition(item, what) }
    return lines
  }

  private mutating func condition(_ node: YAMLNode, _ what: String) -> [PredicateSyntax] {
    switch node.kind {
    case .scalar(let scalar):
      let line = line(node.range, LineForm(of: scalar)) { decoder in
        decoder.expression(node, "a line of \(what)").map { .expression($0) }
      }
      return line.map { [$0] } ?? []
    case .mapping:
      var lines: [PredicateSyntax] = []
      for entry in freeEntries(node, "a line of \(what)", .condition) ?? [] {
        lines += line(entry.key, entry.value, in: node)
      }
      return lines
    case .sequence:
      report(
        .wrongShape(
          "a line of \(what)", is: .list, not: .condition, at: location(node.range)))
      return []
    }
  }

  /// `any: …` and its kin, or `path: test`.
  private mutating func line(
    _ key: TextSyntax, _ value: YAMLNode, in mapping: YAMLNode
  ) -> [PredicateSyntax] {
    let range = SourceRange(key.range.start..<max(key.range.end, value.range.end))
    let what = "`\(key.text)`"
    switch CombinationWord(rawValue: key.text) {
    case .any: return [predicate(.any(conditions(value, what)), range)]
    case .all: return [predicate(.all(conditions(value, what)), range)]
    case .some(.none): return [predicate(.none(conditions(value, what)), range)]
    case nil: break
    }
    if case .sequence = value.kind, let meant = MeantWord.combinations[key.text.lowercased()] {
      report(
        .unknownKey(
          key.text, at: location(key.range), in: "a condition", known: CombinationWord.words,
          near: meant))
      return []
    }
    guard case .mapping(let entries) = mapping.kind,
      let node = entries.first(where: { $0.key.range == key.range })?.key,
      case .scalar(let scalar) = node.kind
    else { return [] }
    let form = LineForm(of: scalar, before: value, from: range.start)
    let line = line(range, form) { decoder in
      let count = decoder.diagnostics.count
      let path = decoder.expression(scalar, 0..<scalar.text.utf8.count, range: key.range)
      let tests = decoder.fieldTests(value, of: key.text)
      guard let path, decoder.diagnostics.count == count else { return nil }
      if tests.count == 1 { return .test(path: path, tests[0]) }
      return .all(tests.map { decoder.predicate(.test(path: path, $0), range) })
    }
    return line.map { [$0] } ?? []
  }

  private func predicate(_ kind: PredicateSyntax.Kind, _ range: SourceRange) -> PredicateSyntax {
    PredicateSyntax(kind, range: range, text: folded(range))
  }
}
