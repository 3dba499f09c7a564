import Contacts
package import Engine
import Plans
import Simulator

/// Two rulesets while the same events go through both, window after window.
///
/// Events are given once and not kept. Kept are both workspaces, the changes of each contact, and the
/// writes of the open window.
package struct ComparisonRun: ~Copyable {
  private var old: ComparedSide
  private var new: ComparedSide
  private let start: [ContactRecord]
  private var calls = Comparison.CallDifference()
  private var byRule: [String: Comparison.CallDifference] = [:]
  private var problemCount = 0

  /// A run of nothing yet.
  ///
  /// - Parameters:
  ///   - old: the rules that are compared with.
  ///   - new: the rules that are compared.
  ///   - scene: who is there, and when the first event comes.
  ///   - options: how each runs; windows end when ``closeWindow(at:isLast:)`` says so.
  ///   - sources: what people call the inputs.
  package init(
    old: TracedRules, new: TracedRules, in scene: RehearsalScene,
    _ options: RehearsalOptions = RehearsalOptions(), sources: [String] = ["events"]
  ) {
    self.old = ComparedSide(old, in: scene, options, sources: sources)
    self.new = ComparedSide(new, in: scene, options, sources: sources)
    start = self.old.records
  }

  /// Bytes of the open window's writes, of the side that has more.
  package var byteCount: Int { max(old.byteCount, new.byteCount) }

  /// Puts events through both rulesets.
  ///
  /// - Parameters:
  ///   - bytes: their texts, with readable padding behind.
  ///   - records: where each stands.
  ///   - source: index of the input they come from.
  ///   - now: the run's clock, nanoseconds since 1970.
  package mutating func put(
    _ bytes: UnsafeRawBufferPointer, _ records: [Record], source: Int32 = 0, at now: Int64
  ) {
    old.put(bytes, records, source: source, at: now)
    new.put(bytes, records, source: source, at: now)
  }

  /// Counts what of an input could not be made a record.
  package mutating func addProblems(_ count: Int) { problemCount += count }

  /// The first records that are no events.
  package var problems: [InputProblem] { old.statistics.problems }

  /// Ends the window: its calls go to both servers.
  package mutating func closeWindow(at now: Int64, isLast: Bool) async {
    let before = await old.closeWindow(at: now, isLast: isLast)
    let after = await new.closeWindow(at: now, isLast: isLast)
    calls.add(CallTally.difference(before.all, after.all))
    for rule in Set(before.byRule.keys).union(after.byRule.keys) {
      byRule[rule, default: Comparison.CallDifference()].add(
        CallTally.difference(before.byRule[rule] ?? [:], after.byRule[rule] ?? [:]))
    }
  }

  /// What came of it, once the last window is closed.
  package consuming func finish() -> Comparison {
    var comparison = Comparison(old: old.result, new: new.result)
    comparison.eventCount = old.statistics.eventCount
    comparison.problemCount = problemCount + old.statistics.problemCount
    comparison.contactCount = start.count
    comparison.calls = calls
    comparison.rules = rules(of: comparison)
    comparison.contacts = contacts()
    return comparison
  }

  private func rules(of comparison: Comparison) -> [Comparison.RuleDifference] {
    let (before, after) = (comparison.old.rules.rules, comparison.new.rules.rules)
    let (oldIDs, newIDs) = (before.map(\.id), after.map(\.id))
    let gone = oldIDs.filter { !newIDs.contains($0) }
    let asked = byRule[CallTally.ensure] == nil ? [] : [CallTally.ensure]
    return (newIDs + gone + asked).map { id in
      Comparison.RuleDifference(
        id: id, old: oldIDs.firstIndex(of: id), new: newIDs.firstIndex(of: id),
        calls: byRule[id] ?? Comparison.CallDifference())
    }
  }
}

extension ComparisonRun {
  /// Who ends differently.
  private func contacts() -> [Comparison.Contact] {
    let (left, right) = (old.records, new.records)
    let judge = ContactJudge(start: start, old: old.origins, new: new.origins)
    let pairs = ContactPairs(old: left, new: right, start: start).pairs
    let found = pairs.compactMap { judge.contact($0) } + namedDeletions()
    func contacts(_ kind: Comparison.Contact.Kind) -> [Comparison.Contact] {
      found.filter { $0.kind == kind }
    }
    return contacts(.deleted(.new)) + contacts(.deleted(.old)) + contacts(.made(.new))
      + contacts(.made(.old)) + contacts(.changed)
  }

  /// Who was not there before the first event, as far as anybody knows, and one side deletes by name.
  private func namedDeletions() -> [Comparison.Contact] {
    let profile = old.rules.profile
    let urns = start.flatMap(\.urns)
    let known = Set(start.map(\.uuid) + urns + urns.compactMap { profile.otherSpelling(of: $0) })
    func deletions(
      _ mine: [String: Comparison.Origin], _ others: [String: Comparison.Origin],
      _ side: Comparison.Side
    ) -> [Comparison.Contact] {
      mine.filter { others[$0.key] == nil && !known.contains($0.key) }
        .sorted { $0.key < $1.key }
        .map { name, origin in
          var contact = Comparison.Contact(kind: .deleted(side), name: name)
          contact.origins[side] = origin
          return contact
        }
    }
    return deletions(new.deleted, old.deleted, .new) + deletions(old.deleted, new.deleted, .old)
  }
}

/// Says how the contacts of a pair differ, and who did it.
private struct ContactJudge {
  private let start: [String: ContactRecord]
  private let old: WriteOrigins
  private let new: WriteOrigins

  init(start: [ContactRecord], old: WriteOrigins, new: WriteOrigins) {
    self.start = Dictionary(
      start.map { ($0.uuid, $0) }, uniquingKeysWith: { first, _ in first })
    self.old = old
    self.new = new
  }

  func contact(_ pair: ContactPairs.Pair) -> Comparison.Contact? {
    guard let any = pair.old ?? pair.new else { return nil }
    let first = start[any.uuid]
    let change = ContactChange(uuid: any.uuid, before: pair.old, after: pair.new)
    let differences = change.differences
    guard !differences.isEmpty || pair.old == nil || pair.new == nil else { return nil }
    let records = [first, pair.old, pair.new].compactMap(\.self)
    // Where somebody was made on each side, each has a uuid of its own.
    let names = Array(Set(records.map(\.uuid) + records.flatMap(\.urns))).sorted()
    let (before, after) = (old.lines(of: names), new.lines(of: names))
    var contact = Comparison.Contact(
      kind: .changed, name: first.map { $0.urns.first ?? $0.uuid } ?? pair.name)
    let side: Comparison.Side = pair.old == nil ? .new : .old
    if first != nil, pair.old == nil || pair.new == nil {
      contact.kind = .deleted(side.other)
      contact.origins[side.other] = (side == .old ? after : before).deletingOrigin
      return contact
    }
    if pair.old == nil || pair.new == nil {
      contact.kind = .made(side)
      contact.origins[side] = (side == .old ? before : after).makingOrigin
    }
    contact.parts = differences.map { difference in
      Comparison.Part(
        difference: difference,
        origins: Comparison.Origins(
          old: before.origin(of: difference, on: .old),
          new: after.origin(of: difference, on: .new)))
    }
    return contact
  }
}

extension Comparison {
  /// Compares what two rulesets make of events.
  package init(
    _ events: [RehearsalEvent], old: TracedRules, new: TracedRules, in scene: RehearsalScene,
    _ options: RehearsalOptions = RehearsalOptions()
  ) async {
    var run = ComparisonRun(old: old, new: new, in: scene, options)
    let size = max(1, options.windowLimit ?? events.count)
    for first in stride(from: 0, to: events.count, by: size) {
      let last = min(events.count, first + size)
      let window = EventTexts(events[first..<last])
      window.bytes.withUnsafeBytes { run.put($0, window.records, at: scene.now) }
      await run.closeWindow(at: scene.now, isLast: last == events.count)
    }
    self = run.finish()
  }
}

extension Comparison.CallDifference {
  fileprivate mutating func add(_ other: Self) {
    same += other.same
    changed += other.changed
    lost += other.lost
    gained += other.gained
  }
}
