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
    case .scalar:
      guard let expression = expression(node, "a line of \(what)") else { return [] }
      return [predicate(.expression(expression), node.range)]
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
    let count = diagnostics.count
    let path = expression(scalar, 0..<scalar.text.utf8.count, range: key.range)
    let tests = fieldTests(value, of: key.text)
    guard let path, diagnostics.count == count else { return [] }
    let lines = tests.map { predicate(.test(path: path, $0), range) }
    return lines.count == 1 ? lines : [predicate(.all(lines), range)]
  }

  private func predicate(_ kind: PredicateSyntax.Kind, _ range: SourceRange) -> PredicateSyntax {
    PredicateSyntax(kind: kind, range: range, text: folded(range))
  }

  /// What stands in a range, with one blank between words.
  private func folded(_ range: SourceRange) -> String {
    if !mayNeedFolding(source.utf8[range.start..<range.end]) { return written(range) }
    let words = written(range).split { $0 == " " || $0.isNewline }
    return words.joined(separator: " ")
  }

  /// Whether there may be line breaks, or blanks but one between words; letters of Latin-1 are seen
  /// through, others are left to those who know them.
  private func mayNeedFolding(_ bytes: ArraySlice<UInt8>) -> Bool {
    let space = UInt8(ascii: " ")
    guard bytes.first != space, bytes.last != space else { return true }
    var before: UInt8 = 0
    for byte in bytes {
      let isLatin = byte < 0x80 ? byte >= space : byte == 0xC3 || before == 0xC3
      guard isLatin, byte != space || before != space else { return true }
      before = byte
    }
    return false
  }
}
