import Rulesets

/// What a run asks of its rules once they are compiled: far less than their trees, which may go.
struct RuleDigest: Sendable {
  /// Where a rule stands.
  struct Rule: Sendable {
    var id: String
    /// Index in ``RuleDigest/paths``.
    var file: Int
    var line: Int
  }

  /// Of the files, in the order in which their rules fire.
  let paths: [String]
  let rules: [Rule]
  let guards: Guards
  /// Whether `ensure` names anything.
  let ensuresObjects: Bool
  /// What the conditions of rules want to know of the contact, by rule id.
  let contactReads: [String: ContactRead]

  init(_ ruleset: Ruleset) {
    paths = ruleset.files.map(\.path)
    rules = ruleset.rules.map { Rule(id: $0.id, file: $0.file, line: $0.line) }
    guards = ruleset.guards
    ensuresObjects = !ruleset.ensure.isEmpty
    contactReads = ruleset.contactReads
  }
}
