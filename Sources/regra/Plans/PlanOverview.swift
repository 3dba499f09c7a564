import Covering
import Delivery
import Diagnostics
import Engine
import Planning
import Plans
import StateStore
import Streams

/// All that a plan's text and JSON say.
struct PlanOverview {
  let report: RunReport
  let recorder: PlanRecorder
  let program: Program
  /// Where the rules are, as it was given.
  let rules: String
  /// What is known of contacts, in words.
  let words: String
  /// Whether nothing is known of any contact.
  let isBlind: Bool
  /// What guards limit, over the whole plan.
  let guards: [GuardedCount]

  func count(of kind: ContactDiff.Kind) -> Int { recorder.contacts.count { $0.kind == kind } }

  /// URNs that writes want and others have: some are taken, some are set aside.
  var conflicts: [(conflict: Statistics.URNConflict, isMove: Bool)] {
    report.statistics.conflicts.map { ($0, false) } + recorder.moves.map { ($0, true) }
  }

  /// Whether the plan also names a contact by a URN that it moves; then it is about who has it at that
  /// place in the order of calls.
  func isNamed(by urn: String) -> Bool { recorder.keys.contains(urn) }

  /// Calls that take from the quota of contacts, and all others.
  var contactCalls: Int { report.calls.posts + report.calls.lookups }
  var otherCalls: Int {
    report.calls.groups + report.calls.statuses + report.calls.deletes + report.calls.workspace
  }

  /// Calls an hour of each quota, unless the server was set up otherwise (contact-api.md 1.3).
  static let quota = 2_500
  /// Calls that a server answers in a second, roughly.
  private static let rate = 100

  /// Seconds until all calls are made: beyond a quota an hour passes for each further one.
  var seconds: Int {
    var quota = QuotaWindow(limit: Self.quota)
    let hours = quota.time(for: max(contactCalls, otherCalls), at: PointInTime(microseconds: 0))
    let waits = report.calls.workspace > 0 ? Self.newObjectWait : 0
    return hours.wholeSeconds + report.calls.total / Self.rate + waits
  }

  /// How long new fields and groups take until they can be used.
  static let newObjectWait = 6

  /// How few the calls are proved to be.
  var proof: String {
    if isBlind {
      let count = recorder.contacts.count
      return "minimal if all \(counted(count, "unconfirmed contact")) exist"
    }
    let gap = recorder.proofs.lazy.map(\.gap).max() ?? 0
    let isOfCalls = recorder.proofs.allSatisfy { $0.leastCalls != nil }
    let subject = isOfCalls ? "group changes" : "the wait for quotas"
    guard gap > 0 else { return "\(subject) proved minimal" }
    return "\(subject) at most \(Int((gap * 100).rounded(.up))) % above the bound"
  }

  /// Fewer calls cannot reach the same state: only group changes leave a choice.
  ///
  /// Absent where another thing than calls was made least.
  var leastCalls: Int? {
    var least = report.calls.total
    for proof in recorder.proofs {
      guard let calls = proof.leastCalls else { return nil }
      least += calls - proof.cover.total
    }
    return least
  }

  /// What an independent checker finds wrong with a proof; absent if all hold.
  var objection: String? {
    for proof in recorder.proofs {
      if let objection = proof.objection() { return objection }
    }
    return nil
  }

  func rule(_ number: Int) -> String { program.ruleIDs[number] }
  /// File and line of a rule.
  func place(_ number: Int) -> String { program.ruleLocations[number] }

  /// The same, beside the rules' own directory.
  func shortPlace(_ number: Int) -> Substring {
    let place = place(number)
    guard place.hasPrefix(rules) else { return place[...] }
    let rest = place.dropFirst(rules.count)
    if rules.hasSuffix("/") { return rest }
    // A directory, or the file itself.
    return rest.hasPrefix("/")
      ? rest.dropFirst()
      : place[(place.lastIndex(of: "/").map(place.index(after:)) ?? place.startIndex)...]
  }
}
