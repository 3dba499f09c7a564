import Diagnostics

/// What differs between two editions of the rules, told by their ids.
struct RuleChanges: Equatable {
  private(set) var added: [String] = []
  private(set) var removed: [String] = []
  private(set) var changed: [String] = []
  /// Whether something differs that rules share: lists, `let`, `contact`, guards, their order.
  private(set) var changesShared = false

  init(from old: WrittenRules, to new: WrittenRules) {
    added = new.rules.filter { old.texts[$0.id] == nil }.map(\.id)
    removed = old.rules.filter { new.texts[$0.id] == nil }.map(\.id)
    changed = new.rules.filter { rule in old.texts[rule.id].map { $0 != rule.text } ?? false }
      .map(\.id)
    changesShared = added.isEmpty && removed.isEmpty && changed.isEmpty && old.whole != new.whole
  }

  var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty && !changesShared }

  /// `2 changed (a, b), 1 added (c)`.
  var sentence: String {
    if isEmpty { return "nothing differs" }
    if changesShared { return "no rule itself, but what they share or their order" }
    return [("changed", changed), ("added", added), ("removed", removed)]
      .filter { !$0.1.isEmpty }
      .map { "\($0.1.count) \($0.0) (\(Self.list($0.1)))" }
      .joined(separator: ", ")
  }

  private static func list(_ ids: [String]) -> String {
    let shown = ids.prefix(5).joined(separator: ", ")
    return ids.count > 5 ? "\(shown), …" : shown
  }
}

/// Rules as they stand in their files.
struct WrittenRules {
  struct Rule {
    var id: String
    /// From its first line to the next rule's, without blanks at the ends.
    var text: String
  }

  private(set) var rules: [Rule] = []
  private(set) var texts: [String: String] = [:]
  private(set) var whole: [[UInt8]]

  init(_ digest: RuleDigest, in sources: [SourceText]) {
    whole = sources.map { Array($0.utf8) }
    for (number, path) in digest.paths.enumerated() {
      guard let source = sources.first(where: { $0.path == path }) else { continue }
      let own = digest.rules.filter { $0.file == number }
      let lines = Set(own.map(\.line)).sorted()
      let next = Dictionary(uniqueKeysWithValues: zip(lines, lines.dropFirst()))
      for rule in own {
        let end = next[rule.line].map { source.start(ofLine: $0) } ?? source.utf8.count
        let bytes = source.utf8[source.start(ofLine: rule.line)..<end]
        rules.append(
          Rule(id: rule.id, text: Self.trimmed(String(decoding: bytes, as: UTF8.self))))
      }
    }
    for rule in rules { texts[rule.id] = rule.text }
  }

  private static func trimmed(_ text: String) -> String {
    let body = text.drop { $0.isWhitespace }
    let end = body.lastIndex { !$0.isWhitespace }
    return end.map { String(body[...$0]) } ?? ""
  }
}
