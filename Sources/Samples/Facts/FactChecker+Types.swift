internal import CEL
internal import Diagnostics
internal import Engine
internal import Rulesets

extension FactChecker {
  /// Types of events that rules listen to and that no sample has.
  mutating func checkTypes(of file: Int) {
    let typing = ruleset.files[file].typing
    let names = catalogue.names(typing: typing)
    let rules = ruleset.rules.indices.filter {
      ruleset.rules[$0].file == file && ruleset.rules[$0].isEnabled
    }
    guard !names.isEmpty else { return checkTypePath(of: file) }
    let isAboutOthers = !rules.contains { !typesOfRules[$0].isEmpty }
    for rule in rules {
      guard case .types(let patterns) = ruleset.rules[rule].trigger else { continue }
      for (pattern, range) in zip(patterns, ruleset.rules[rule].triggerRanges) {
        let isSeen = names.contains { Trigger.types([pattern]).listens(to: $0) }
        let near = isSeen ? nil : nearType(to: pattern, in: names)
        guard !isSeen, near != nil || !isAboutOthers else { continue }
        report(
          .typeNeverSeen(
            pattern, isOnly: typesOfRules[rule].isEmpty, near: near,
            words: counted(catalogue.types.reduce(0) { $0 + $1.count }, "sample"),
            at: location(range, in: file)))
      }
    }
  }

  /// A type that differs in spelling or by a slip; of a pattern, one of which a part does.
  private func nearType(to pattern: String, in names: [String]) -> (name: String, count: Int)? {
    let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
    let candidates: [String]
    switch pieces.count {
    case 1: candidates = names
    case 2 where pieces[1].isEmpty:
      candidates = names.map { String($0.prefix(pieces[0].count)) + "*" }
    case 2 where pieces[0].isEmpty:
      candidates = names.map { "*" + String($0.suffix(pieces[1].count)) }
    default: return nil
    }
    guard let near = NearWord.nearest(to: pattern, in: candidates, within: .slip) else {
      return nil
    }
    let count = catalogue.types.reduce(0) { sum, type in
      Trigger.types([near.word]).listens(to: type.type) ? sum + type.count : sum
    }
    return (near.word, count)
  }

  /// No sample has a type where the file says: perhaps the path is misspelt.
  private mutating func checkTypePath(of file: Int) {
    let expression = ruleset.files[file].eventType
    guard case .select(_, let field) = expression.kind, let path = expression.path,
      let range = expression.nameRange, !range.isEmpty
    else { return }
    let untyped = Set(
      catalogue.types.indices.filter { catalogue.types[$0].typing == ruleset.files[file].typing })
    let above = catalogue.node(of: untyped).node(at: path.dropFirst().dropLast().map { .key($0) })
    guard let above, above.isComplete, above.child(.key(field)) == nil,
      let near = NearWord.nearest(to: field, in: above.keys, within: .slip),
      let facts = above.child(.key(near.word))?.facts, facts.texts > 0
    else { return }
    report(
      .fieldNeverSeen(
        field, of: path.dropLast().joined(separator: "."), isFatal: true,
        label: "never seen in \(catalogue.words(of: untyped))",
        help: "did you mean `\(near.word)`? it is in \(rateWords(facts.events, untyped))",
        replacement: near.word, at: location(range, in: file)))
  }
}

extension Diagnostic {
  static func typeNeverSeen(
    _ type: String, isOnly: Bool, near: (name: String, count: Int)?, words: String,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      isOnly ? .eventTypeNeverSeen : .typeNotSeen, "no event of type `\(type)`", at: location,
      label: "not the type of any of \(words)",
      help: near.map { "did you mean `\($0.name)`? \(counted($0.count, "sample"))" },
      fix: near.map { Fix([Fix.Edit(at: location, with: $0.name)]) })
  }
}
