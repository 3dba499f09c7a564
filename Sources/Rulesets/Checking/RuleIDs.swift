internal import Diagnostics

/// Rule ids that stand twice in the ruleset, cases counted by `id/key`.
func duplicateRuleIDs(_ files: [FileSyntax]) -> [Diagnostic] {
  var places: [String: SourceLocation] = [:]
  var found: [Diagnostic] = []
  for file in files {
    for (id, range) in file.rules.flatMap(\.ids) where !id.isEmpty {
      if let first = places[id] {
        found.append(.duplicateRuleID(id, at: file.location(range), first: first))
      } else {
        places[id] = file.location(range)
      }
    }
  }
  return found
}

extension RuleSyntax {
  /// The ids of the rules it makes; a repeated id with cases is said once, at the id.
  fileprivate var ids: [(String, SourceRange)] {
    guard case .cases(let match) = body, !id.text.isEmpty else { return [(id.text, id.range)] }
    let cases = match.cases + (match.otherwise.map { [$0] } ?? [])
    return [(id.text, id.range)] + cases.map { ("\(id.text)/\($0.key.text)", $0.key.range) }
  }
}

extension Diagnostic {
  static func duplicateRuleID(
    _ id: String, at location: SourceLocation, first: SourceLocation
  ) -> Self {
    Diagnostic(
      .duplicateRuleID, "the rule id `\(id)` stands twice in this ruleset", at: location,
      label: "again here", notes: [Note("first defined here", at: first)],
      help: "ids name rules in reports and tests: choose another")
  }
}
