package import Contacts
package import Engine
package import Rulesets

/// Turns merged mutations into the fewest calls known to reach the same state.
package enum Planner {
  /// Plans one batch without knowing any contact's present state.
  package static func plan(
    _ batch: borrowing Batch, program: Program, mode: Merger.Mode
  ) -> CallTable {
    plan(batch, profile: program.profile, ensure: program.ensure, mode: mode)
  }

  /// Plans one batch for a dialect; `ensure` says which fields are places.
  package static func plan(
    _ batch: borrowing Batch, profile: APIProfile, ensure: Ensure, mode: Merger.Mode
  ) -> CallTable {
    var builder = PlanBuilder(batch, profile: profile, ensure: ensure, mode: mode)
    builder.build()
    return builder.table
  }
}
