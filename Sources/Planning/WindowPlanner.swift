package import Engine
import Knowledge

/// Closes the windows of a run and plans them, one after the other.
///
/// It keeps what lasts from window to window: how much was deleted, whether what `ensure` names was
/// asked for, and by how much what is known has aged.
package struct WindowPlanner {
  /// A window that asks for something.
  package struct Window {
    package var batch: Batch
    package var table: CallTable
    /// Why the guards forbid it.
    package var objection: String?
  }

  private var program: Program
  private let wishes: Wishes
  /// Of the snapshot before anything was planned; absent without one.
  private let contactCount: Int?
  /// The run's clock at its start, nanoseconds since 1970, and what counted as fresh then.
  private let startedAt: Int64
  private let freshAtStart: Int64
  private var deleteCount: Int
  private var memory = PlanMemory()
  /// Whether the rules in force have asked for calls.
  private var hasAsked = false
  /// Why guards could not be judged, each reason once.
  package private(set) var unjudgedGuards: [String] = []

  /// A planner for one run.
  ///
  /// - Parameters:
  ///   - program: the rules.
  ///   - wishes: what is wanted of every window.
  ///   - merger: what the run begins with.
  ///   - contactCount: of the snapshot; absent without one.
  ///   - deleteCount: what earlier runs deleted that this one continues.
  ///   - startedAt: the run's clock, nanoseconds since 1970.
  package init(
    _ program: Program, _ wishes: Wishes, beginningWith merger: borrowing Merger,
    contactCount: Int?, deleteCount: Int = 0, startedAt: Int64
  ) {
    self.program = program
    self.wishes = wishes
    self.contactCount = contactCount
    self.deleteCount = deleteCount
    self.startedAt = startedAt
    freshAtStart = merger.snapshot.freshSince
  }
}

extension WindowPlanner {
  /// Deletions of the run so far.
  package var deletionCount: Int { deleteCount }

  /// Goes on with other rules, at the beginning of a window.
  package mutating func adopt(_ program: Program) {
    self.program = program
    hasAsked = false
  }

  /// Closes the merger's window and plans it; what planning cannot carry out is set aside there.
  ///
  /// - Parameters:
  ///   - merger: whose window ends.
  ///   - now: the run's clock, nanoseconds since 1970.
  ///   - isLast: whether no window follows.
  /// - Returns: the window, which asks for nothing if its batch is empty.
  package mutating func closeWindow(
    of merger: inout Merger, at now: Int64, isLast: Bool
  ) -> Window {
    var window = Window(batch: merger.closeWindow(), table: CallTable(), objection: nil)
    guard !window.batch.parts.isEmpty || !window.batch.workspace.isEmpty else { return window }
    age(&merger, to: now)
    var wishes = planning
    wishes.isLast = isLast
    window.table = Planner.plan(
      &window.batch, wishes, knowing: &merger.snapshot, in: &memory)
    if self.wishes.guarding != .ignored { window.objection = judge(window, merger) }
    guard window.objection == nil || self.wishes.guarding == .told else { return window }
    for write in window.table.refused {
      merger.setAside(rule: write.rule, event: write.event, reason: write.reason)
    }
    if window.table.count > 0 { hasAsked = true }
    return window
  }

  /// Takes the memory of a window that nobody looks at any more, for the next one, and leaves it empty.
  package mutating func takeBack(_ window: inout Window, for merger: inout Merger) {
    memory.takeBack(&window.table)
    merger.takeBack(&window.batch)
  }

  /// What was fresh when the run began is less so by the time that has passed since.
  private func age(_ merger: inout Merger, to now: Int64) {
    let seconds = max(0, (now - startedAt) / 1_000_000_000)
    merger.snapshot.freshSince = freshAtStart.addingReportingOverflow(seconds).partialValue
    merger.snapshot.now =
      merger.snapshot.freshSince.addingReportingOverflow(wishes.freshSeconds).partialValue
    merger.snapshot.written.age(to: seconds, keeping: wishes.freshSeconds)
    merger.snapshot.compactIfGrown()
  }

  private var planning: PlanningWishes {
    PlanningWishes(
      profile: program.profile, ensure: program.ensure,
      ensuring: hasAsked ? .nothing : .whatLacks(firstRule: program.ruleIDs.count),
      mode: wishes.mode, aim: wishes.aim,
      recording: program.isGuarded || wishes.recordsChanges ? .changes : .nothing)
  }

  /// Why the guards forbid a window.
  private mutating func judge(_ window: Window, _ merger: borrowing Merger) -> String? {
    var ledger = GuardLedger(
      program.guards, profile: program.profile, contactCount: contactCount)
    ledger.add(window.table, of: window.batch, knowing: merger.snapshot.inventory)
    var objection: String?
    for count in ledger.counts(deletesBefore: deleteCount) {
      switch count.verdict {
      case .holds: break
      case .exceeded(let sentence): objection = objection ?? sentence
      case .notJudged(let sentence):
        if !unjudgedGuards.contains(sentence) { unjudgedGuards.append(sentence) }
      }
    }
    deleteCount += ledger.deleteCount
    return objection
  }
}

extension WindowPlanner {
  /// What becomes of guards.
  package enum Guarding: Sendable {
    /// What they forbid is not sent.
    case enforced
    /// What they forbid is told, and planned as if they did not.
    case told
    case ignored
  }

  /// What a run wants of every window.
  package struct Wishes: Sendable {
    package var mode = Merger.Mode.window
    package var aim = Aim.calls
    /// Whether somebody looks at the changes of each contact.
    package var recordsChanges = false
    package var guarding = Guarding.enforced
    /// Seconds for which what is known of contacts is relied on.
    package var freshSeconds: Int64 = 900

    package init() {}
  }
}
