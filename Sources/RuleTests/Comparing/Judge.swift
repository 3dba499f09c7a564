internal import Contacts
internal import Engine
internal import Playground
internal import Rulesets

/// Holds what a test's events came to against what the test wants.
struct Judge {
  let test: TestCase
  let record: TestRecord
  let runner: TestRunner
  /// What the file of the test's snapshot says; absent where there is no such file.
  let snapshot: String?
  /// What stands for values in a snapshot.
  let mask: (Words.Piece) -> String
  private(set) var mismatches: [Mismatch] = []
  /// What the file of the test's snapshot should say.
  private(set) var snapshotText: String?

  init(
    _ test: TestCase, _ record: TestRecord, _ runner: TestRunner, snapshot: String?,
    mask: @escaping (Words.Piece) -> String
  ) {
    self.mask = mask
    self.test = test
    self.record = record
    self.runner = runner
    self.snapshot = snapshot
  }

  mutating func note(_ mismatch: Mismatch) { mismatches.append(mismatch) }

  /// All mismatches, in the order in which a test says what it expects.
  mutating func judge(tracing tracer: inout Tracer) {
    let wanted = test.expectation
    judgeFired(wanted)
    judgeNotFired(wanted, &tracer)
    for contact in wanted.contacts { judge(contact) }
    if let calls = wanted.calls { judge(calls) }
    judgeCounts(wanted)
    if let file = wanted.snapshot { judgeSnapshot(file) }
  }

  func ruleID(_ rule: Int) -> String { runner.ruleset.rules[rule].id }
}

// Firings.
extension Judge {
  private mutating func judgeFired(_ wanted: Expectation) {
    guard let fired = wanted.fired else { return }
    var counts: [String: Int] = [:]
    for rule in record.events.flatMap(\.fired) { counts[ruleID(rule), default: 0] += 1 }
    var seen: Set<String> = []
    for item in fired.value where seen.insert(item.text).inserted {
      let expected = fired.value.count { $0.text == item.text }
      let got = counts[item.text] ?? 0
      guard got != expected else { continue }
      note(
        Mismatch(
          message: got == 0
            ? "`\(item.text)` did not fire"
            : "`\(item.text)` fired \(times(got)), not \(times(expected))",
          range: item.range, label: got == 0 ? "did not fire" : "fired \(times(got))",
          suspects: suspects(item.text, firing: got > expected)))
    }
    for (rule, id) in runner.ruleset.rules.map(\.id).enumerated()
    where !seen.contains(id) && (counts[id] ?? 0) > 0 {
      note(
        Mismatch(
          message: "`\(id)` fired, and is not listed", range: fired.range,
          label: "`\(id)` fired \(times(counts[id] ?? 0)) too",
          suspects: suspects(ofFiring: rule)))
    }
  }

  private func times(_ count: Int) -> String {
    switch count {
    case 1: "once"
    case 2: "twice"
    default: "\(count) times"
    }
  }

  private func suspects(_ id: String, firing: Bool) -> [Mismatch.Suspect] {
    guard let rule = runner.ruleset.rules.firstIndex(where: { $0.id == id }) else { return [] }
    return firing ? suspects(ofFiring: rule) : suspects(ofResting: rule)
  }

  /// The first event that a rule fired for.
  private func suspects(ofFiring rule: Int) -> [Mismatch.Suspect] {
    record.events.firstIndex { $0.fired.contains(rule) }
      .map { [Mismatch.Suspect(rule: rule, event: $0)] } ?? []
  }

  /// The first event of its type that a rule did not fire for, or the first event at all.
  func suspects(ofResting rule: Int) -> [Mismatch.Suspect] {
    let resting = record.events.firstIndex { event in
      !event.fired.contains(rule) && event.verdict(of: rule) != nil
    }
    // One that listens to other types is shown so, if it never fired at all.
    let isIdle = !record.events.contains { $0.fired.contains(rule) }
    let event = resting ?? (isIdle ? record.events.indices.first : nil)
    return event.map { [Mismatch.Suspect(rule: rule, event: $0)] } ?? []
  }

  private mutating func judgeNotFired(_ wanted: Expectation, _ tracer: inout Tracer) {
    for entry in wanted.notFired {
      guard let rule = runner.ruleset.rules.firstIndex(where: { $0.id == entry.rule.text })
      else { continue }
      let got = standing(of: rule, &tracer)
      if let reason = entry.reason {
        guard got.reason != reason.value else { continue }
        note(
          Mismatch(
            message: "`\(entry.rule.text)` \(got.words)", range: reason.range,
            label: got.reason.map { "`\($0.rawValue)` instead" } ?? "it fired",
            suspects: got.reason == nil ? suspects(ofFiring: rule) : suspects(ofResting: rule)))
      } else if got.reason == nil {
        note(
          Mismatch(
            message: "`\(entry.rule.text)` \(got.words)", range: entry.rule.range,
            label: "it fired", suspects: suspects(ofFiring: rule)))
      }
    }
  }

  /// Why a rule did not fire, and how to say so; without a reason where it did.
  private func standing(
    of rule: Int, _ tracer: inout Tracer
  ) -> (reason: Expectation.Reason?, words: String) {
    var sawUnknown = false
    var sawFalse = false
    var sawIdle: String?
    for event in record.events {
      if event.fired.contains(rule) {
        guard let idle = idleness(of: rule, event, &tracer) else { return (nil, "fired") }
        sawIdle = idle
        continue
      }
      switch event.verdict(of: rule) {
      case .isUnknown: sawUnknown = true
      case .isFalse: sawFalse = true
      case .fired, .nobody: sawIdle = "was not asked: the event is a repeat"
      case .otherType, .switchedOff, nil: break
      }
    }
    if sawUnknown { return (.unknown, "did not fire because something is unknown") }
    if sawFalse { return (.isFalse, "did not fire because a condition is false") }
    if let sawIdle { return (.skipped, sawIdle) }
    let isOff = !runner.ruleset.rules[rule].isEnabled
    return (.skipped, isOff ? "is switched off" : "was not asked: no event is of its type")
  }

  /// Why a rule that fired wrote nothing; absent where it wrote.
  private func idleness(
    of rule: Int, _ event: TestRecord.Event, _ tracer: inout Tracer
  ) -> String? {
    if event.verdict(of: rule) == .nobody { return "fired, but its contact cannot be found out" }
    let trace = tracer.trace(
      of: rule, event.json, now: event.now, knowing: event.views[rule])
    guard let writes = trace?.writes, !writes.isEmpty,
      writes.allSatisfy({ $0.write.outcome == .skipped })
    else { return nil }
    return "fired, but every value that it writes is empty"
  }
}

// Counts.
extension Judge {
  private mutating func judgeCounts(_ wanted: Expectation) {
    if let count = wanted.setAside, !count.value.holds(for: record.setAsideCount) {
      note(
        Mismatch(
          message: "\(record.setAsideCount) set aside, not \(count.value.words)",
          range: count.range, label: "got \(record.setAsideCount)",
          details: record.setAside.map { Words([.value($0, of: "reason")]) }))
    }
    let details = record.problems.map { Words([.value($0, of: "problem")]) }
    switch wanted.problems?.value {
    case nil:
      guard !record.problems.isEmpty else { return }
      note(
        Mismatch(
          message:
            "\(record.problems.count == 1 ? "a problem" : "problems") that the test does not name",
          range: wanted.range, label: "got \(record.problems.count)", details: details))
    case .count(let count):
      guard !count.holds(for: record.problems.count) else { return }
      note(
        Mismatch(
          message: "\(record.problems.count) problems, not \(count.words)",
          range: wanted.problems?.range ?? wanted.range, label: "got \(record.problems.count)",
          details: details))
    case .all(let texts):
      let isRight =
        texts.count == record.problems.count
        && zip(texts, record.problems).allSatisfy { $1.contains($0.text) }
      guard !isRight else { return }
      note(
        Mismatch(
          message: "other problems than expected", range: wanted.problems?.range ?? wanted.range,
          label: "got \(record.problems.count)", details: details))
    }
  }
}

extension ExpectedCount {
  var words: String {
    switch self {
    case .exactly(let count): "\(count)"
    case .between(let low?, let high?): "\(low) to \(high)"
    case .between(let low?, nil): "at least \(low)"
    case .between(nil, let high?): "at most \(high)"
    case .between(nil, nil): "any number"
    }
  }
}

// Snapshots.
extension Judge {
  private mutating func judgeSnapshot(_ file: TextSyntax) {
    let got = SnapshotText(record: record, test: test, ruleIDs: runner.ruleset.rules.map(\.id))
      .text(mask)
    snapshotText = got
    guard let snapshot else {
      note(
        Mismatch(
          message: "there is no snapshot yet", range: file.range,
          label: "`--update` writes it"))
      return
    }
    guard got != snapshot else { return }
    note(
      Mismatch(
        message: "the snapshot differs", range: file.range,
        label: "`--update` writes it anew", details: difference(snapshot, got)))
  }

  /// The lines that are not in both, as a few lines.
  private func difference(_ old: String, _ new: String) -> [Words] {
    let old = old.split(separator: "\n").map(String.init)
    let new = new.split(separator: "\n").map(String.init)
    var lines: [Words] = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(_, let line, _): lines.append("− \(line)")
      case .insert(_, let line, _): lines.append("+ \(line)")
      }
    }
    let limit = 12
    guard lines.count > limit else { return lines }
    return lines.prefix(limit) + ["and \(lines.count - limit) more lines"]
  }
}
