package import Contacts
package import Engine
package import Knowledge
package import Rulesets

/// Turns merged mutations into the fewest calls known to reach the same state.
package enum Planner {
  /// Plans one batch.
  ///
  /// - Parameters:
  ///   - batch: gets the texts that only the plan needs, such as uuids.
  ///   - snapshot: what is known of the contacts; carried forward with what the calls will change.
  package static func plan(
    _ batch: inout Batch, program: Program, mode: Merger.Mode,
    knowing snapshot: inout ContactSnapshot
  ) -> CallTable {
    plan(
      &batch, profile: program.profile, ensure: program.ensure, mode: mode, knowing: &snapshot)
  }

  /// Plans one batch for a dialect; `ensure` says which fields are places.
  package static func plan(
    _ batch: inout Batch, profile: APIProfile, ensure: Ensure, mode: Merger.Mode,
    knowing snapshot: inout ContactSnapshot
  ) -> CallTable {
    var given = Batch(number: batch.number)
    var known = ContactSnapshot(profile)
    swap(&given, &batch)
    swap(&known, &snapshot)
    var builder = PlanBuilder(
      given, profile: profile, ensure: ensure, mode: mode, knowing: known)
    // The builder's must be the only ones: it changes them in place.
    given = Batch(number: 0)
    known = ContactSnapshot(profile)
    builder.build()
    swap(&builder.batch, &batch)
    swap(&builder.snapshot, &snapshot)
    return builder.table
  }

  /// Plans one batch without knowing any contact's present state.
  package static func plan(
    _ batch: borrowing Batch, profile: APIProfile, ensure: Ensure, mode: Merger.Mode
  ) -> CallTable {
    var batch = copy batch
    var nothing = ContactSnapshot(profile)
    return plan(&batch, profile: profile, ensure: ensure, mode: mode, knowing: &nothing)
  }
}
