import Contacts
import Knowledge
import Rulesets
import Testing

@testable import Planning

@Suite("Guards")
struct GuardTests {
  /// What the guards find in one window, or in several of the same.
  private func judge(
    _ guards: Guards, before: Int = 0, contacts: Int? = nil, windows: Int = 1
  ) -> Verdicts {
    var ledger = GuardLedger(guards, profile: .rapidpro, contactCount: contacts)
    for _ in 0..<windows {
      var draft = DraftBatch()
      draft.part("tel:+1", event: 0, [.plain(.deleteContact)])
      draft.part("tel:+2", event: 1, [.add("VIP"), .remove("Leads")])
      draft.part("tel:+3", event: 2, [.add("vip")])
      draft.part("tel:+3", round: 1, event: 3, [.name("C")])
      var batch = draft.batch
      var nothing = ContactSnapshot(.rapidpro)
      let table = Planner.plan(
        &batch, PlanningWishes(profile: .rapidpro, recording: .changes), knowing: &nothing)
      ledger.add(table, of: batch)
    }
    return Verdicts(counts: ledger.counts(deletesBefore: before))
  }

  private struct Verdicts {
    var counts: [GuardedCount]

    var exceeded: String? {
      counts.lazy.compactMap { if case .exceeded(let words) = $0.verdict { words } else { nil } }
        .first
    }

    var notJudged: [String] {
      counts.compactMap { if case .notJudged(let words) = $0.verdict { words } else { nil } }
    }
  }

  @Test("deletions count in the window and over the run")
  func deletes() {
    #expect(judge(Guards(maxDeletes: .count(1))).exceeded == nil)
    #expect(
      judge(Guards(maxDeletes: .count(1)), before: 1).exceeded
        == "`max_deletes`: 2 contacts would be deleted, the limit is 1")
  }

  @Test("a contact changed in two rounds is one")
  func changed() {
    let report = judge(Guards(maxChanged: .count(2)))
    #expect(report.counts.map(\.count) == [3])
    #expect(report.exceeded == "`max_changed`: 3 contacts would be changed, the limit is 2")
  }

  @Test("groups are guarded whatever the case of their names")
  func groups() {
    let report = judge(Guards(groups: [("Vip", .count(1)), ("none", .count(0))]))
    #expect(report.counts.map(\.count) == [2, 0])
    #expect(
      report.exceeded == "`groups`: the group `Vip` would change by 2 contacts, the limit is 1")
    #expect(
      judge(Guards(never: ["LEADS"])).exceeded
        == "`never`: the group `LEADS` would be changed")
  }

  @Test("a percentage is of the snapshot, and is not judged without one")
  func percentages() {
    let guards = Guards(maxDeletes: .percent(20))
    #expect(judge(guards).exceeded == nil)
    #expect(judge(guards).notJudged.count == 1)
    #expect(judge(guards, contacts: 5).exceeded == nil)
    #expect(judge(guards, contacts: 4).exceeded != nil)
  }

  @Test("whom the snapshot does not know is made rather than changed")
  func created() {
    let report = judge(Guards(maxCreated: .count(1), maxChanged: .count(1)), contacts: 10)
    #expect(report.counts.map(\.subject) == [.changed, .created])
    #expect(report.counts.map(\.count) == [1, 2])
    #expect(
      report.exceeded == "`max_created`: 2 contacts would be made, the limit is 1")
    #expect(judge(Guards(maxCreated: .count(1))).notJudged.count == 1)
  }

  @Test("a contact that several windows change counts once")
  func windows() {
    let guards = Guards(
      maxDeletes: .count(1), maxCreated: .count(2), maxChanged: .count(1),
      groups: [("VIP", .count(2))])
    #expect(judge(guards, contacts: 10, windows: 3).exceeded == nil)
    #expect(judge(guards, contacts: 10, windows: 3).counts.map(\.count) == [1, 1, 2, 2])
  }
}
