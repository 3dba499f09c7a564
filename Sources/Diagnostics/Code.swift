/// A stable name for a kind of problem: never renumbered, never reused.
///
/// By stage: 01 YAML and structure, 02 names and types, 03 rules and rulesets, 04 actions, 05 configuration.
package enum Code: String, Sendable, CaseIterable {
  case malformedYAML = "E0101"
}
