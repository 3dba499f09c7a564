internal import Diagnostics

/// Rule ids that stand twice in the ruleset, cases counted by `id/key`.
func duplicateRuleIDs(_ files: [FileSyntax]) -> [Diagnostic] {
  var places: [String: SourceLocation] = [:]
  places.reserveCapacity(files.reduce(0) { $0 + $1.rules.count })
  var found: [Diagnostic] = []
  for file in files {
    for rule in file.rules.indices {
      file.rules[rule].forEachID { id, range in
        guard !id.isEmpty else { return }
        let location = file.location(range)
        if let first = places[id] {
          found.append(.duplicateRuleID(id, at: location, first: first))
        } else {
          places[id] = location
        }
      }
    }
  }
  return found
}

extension RuleSyntax {
  /// The ids of the rules it makes; a repeated id with cases is said once, at the id.
  fileprivate func forEachID(_ body: (String, SourceRange) -> Void) {
    body(id.text, id.range)
    guard case .cases(let match) = self.body, !id.text.isEmpty else { return }
    for item in match.cases + (match.otherwise.map { [$0] } ?? []) {
      body("\(id.text)/\(item.key.text)", item.key.range)
    }
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
