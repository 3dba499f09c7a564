package import Contacts
package import Engine
package import Knowledge
package import Rulesets

/// What a plan is made for.
package struct PlanningWishes: Sendable {
  package var profile: APIProfile
  /// Says which fields are places.
  package var ensure: Ensure
  /// What becomes of fields and groups under `ensure` that a known inventory does not have.
  package var ensuring: Ensuring
  package var mode: Merger.Mode
  package var aim: Aim
  package var recording: Recording
  /// Whether no batch follows, so that what this one writes need not be kept in mind.
  package var isLast = false

  package enum Ensuring: Sendable {
    case nothing
    /// They are made before the first call. What `ensure` names is counted behind the rules, from
    /// this number on: fields, then groups.
    case whatLacks(firstRule: Int)
  }

  package init(
    profile: APIProfile, ensure: Ensure = Ensure(), ensuring: Ensuring = .nothing,
    mode: Merger.Mode = .window, aim: Aim = .calls, recording: Recording = .nothing
  ) {
    self.profile = profile
    self.ensure = ensure
    self.ensuring = ensuring
    self.mode = mode
    self.aim = aim
    self.recording = recording
  }
}

/// Turns merged mutations into the fewest calls known to reach the same state.
package enum Planner {
  /// Plans one batch.
  ///
  /// The batch gets the texts that only the plan needs, such as uuids, and its writes stand in another order:
  /// only those that others replaced are still found, as ``PlannedChange/previous``. The snapshot, what is
  /// known of the contacts, is carried forward with what the calls will change.
  package static func plan(
    _ batch: inout Batch, _ wishes: PlanningWishes, knowing snapshot: inout ContactSnapshot
  ) -> CallTable {
    var memory = PlanMemory()
    return plan(&batch, wishes, knowing: &snapshot, in: &memory)
  }

  /// The same in memory that is kept for the next batch.
  static func plan(
    _ batch: inout Batch, _ wishes: PlanningWishes, knowing snapshot: inout ContactSnapshot,
    in memory: inout PlanMemory
  ) -> CallTable {
    var given = Batch(number: batch.number)
    var known = ContactSnapshot(wishes.profile)
    swap(&given, &batch)
    swap(&known, &snapshot)
    var room = PlanMemory()
    swap(&room, &memory)
    var builder = PlanBuilder(given, known, wishes, in: room)
    // The builder's must be the only ones: it changes them in place.
    given = Batch(number: 0)
    known = ContactSnapshot(wishes.profile)
    room = PlanMemory()
    builder.build()
    swap(&builder.writes, &builder.batch.writes)
    swap(&builder.batch, &batch)
    swap(&builder.snapshot, &snapshot)
    swap(&builder.steps, &memory.steps)
    swap(&builder.places, &memory.places)
    swap(&builder.known, &memory.known)
    return builder.table
  }

  /// Plans one batch without knowing any contact's present state.
  package static func plan(
    _ batch: borrowing Batch, profile: APIProfile, ensure: Ensure, mode: Merger.Mode
  ) -> CallTable {
    var batch = copy batch
    var nothing = ContactSnapshot(profile)
    return plan(
      &batch, PlanningWishes(profile: profile, ensure: ensure, mode: mode), knowing: &nothing)
  }
}
