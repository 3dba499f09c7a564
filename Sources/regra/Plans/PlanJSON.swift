import CEL
import Engine
import Planning
import Plans
import Streams

/// A plan for programs: the same data as its text, one JSON object.
struct PlanJSON {
  let overview: PlanOverview
  let privacy: Summary.Privacy

  init(_ overview: PlanOverview, privacy: Summary.Privacy) {
    self.overview = overview
    self.privacy = privacy
  }

  var bytes: [UInt8] {
    var scratch = Scratch()
    var writer = JSONWriter()
    writer.write(scratch.makeValue(document), of: scratch)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private typealias Entries = [(String, Literal)]

  private var document: Literal {
    let contacts = Literal.list(overview.recorder.contacts.map(contact))
    let counts = object(callCounts)
    let entries: Entries = [
      ("known", .string(overview.words)), ("contacts", contacts), ("calls", counts),
      ("proof", .string(overview.proof)), ("guards", .list(overview.guards.map(guarded))),
      ("urn_conflicts", .list(overview.conflicts.map { conflict($0.conflict, isMove: $0.isMove) })),
    ]
    return object(changeCounts + entries + eventCounts)
  }

  private func conflict(_ conflict: Statistics.URNConflict, isMove: Bool) -> Literal {
    object([
      ("urn", text(conflict.urn)), ("owner", .string(name(conflict.owner))),
      ("contact", .string(name(conflict.contact))), ("moves", .bool(isMove)),
      ("names_contact", .bool(overview.isNamed(by: conflict.urn))),
      ("rule", .string(overview.rule(conflict.rule))),
      ("at", .string(overview.place(conflict.rule))), ("event", text(conflict.event)),
    ])
  }

  private func guarded(_ count: GuardedCount) -> Literal {
    guard case .map(let entries) = count.literal else { return count.literal }
    return .map(entries + [(.string("holds"), .bool(count.verdict == .holds))])
  }

  private var changeCounts: Entries {
    [
      ("deletes", count(overview.count(of: .delete))),
      ("creates", count(overview.count(of: .create))),
      ("changes", count(overview.count(of: .change))),
      ("new_fields", count(overview.recorder.newFieldCount)),
      ("new_groups", count(overview.recorder.newGroupCount)),
    ]
  }

  private var callCounts: Entries {
    let calls = overview.report.calls
    return [
      ("total", count(calls.total)), ("bound", overview.leastCalls.map(count) ?? .null),
      ("posts", count(calls.posts)),
      ("lookups", count(calls.lookups)), ("groups", count(calls.groups)),
      ("statuses", count(calls.statuses)), ("deletes", count(calls.deletes)),
      ("workspace", count(calls.workspace)), ("one_per_write", count(calls.naive)),
      ("contact_quota", count(overview.contactCalls)),
      ("other_quota", count(overview.otherCalls)), ("seconds", count(overview.seconds)),
    ]
  }

  private var eventCounts: Entries {
    let statistics = overview.report.statistics
    return [
      ("events", count(statistics.eventCount)),
      ("unchanged_writes", count(overview.report.calls.unchanged)),
      ("overwritten_writes", count(statistics.overwrittenCount)),
      ("set_aside", count(statistics.setAsideCount)),
      ("unusable_events", count(statistics.withoutContact + overview.report.problemCount)),
    ]
  }

  private func contact(_ contact: ContactDiff) -> Literal {
    let action =
      switch contact.kind {
      case .delete: "delete"
      case .create: "create"
      case .change: "change"
      }
    return object([
      ("action", .string(action)), ("contact", .string(name(contact.key))),
      ("lines", .list(contact.lines.map(line))),
    ])
  }

  private func line(_ line: ContactDiff.Line) -> Literal {
    var entries: Entries = [("subject", .string(line.subject))]
    if let sign = line.sign { entries.append(("in", .bool(sign == .plus))) }
    if line.isOldKnown { entries.append(("old", line.old.map { value($0, of: line) } ?? .null)) }
    entries.append(("new", line.new.map { value($0, of: line) } ?? .null))
    entries.append(("rule", .string(overview.rule(line.rule))))
    entries.append(("at", .string(overview.place(line.rule))))
    entries.append(("event", text(line.event)))
    let overwritten = line.overwritten.map { old in
      object([
        ("value", value(old.value, of: line)), ("rule", .string(overview.rule(old.rule))),
        ("event", text(old.event)),
      ])
    }
    entries.append(("overwritten", .list(overwritten)))
    return object(entries)
  }

  private func object(_ entries: Entries) -> Literal {
    .map(entries.map { entry in (key: .string(entry.0), value: entry.1) })
  }

  private func count(_ number: Int) -> Literal { .int(Int64(number)) }

  private func name(_ key: String) -> String {
    privacy == .revealed ? key : "p:" + Mask.pseudonym(of: key)
  }

  private func value(_ value: String, of line: ContactDiff.Line) -> Literal {
    .string(privacy == .revealed ? value : Mask.masked(value, of: line.subject))
  }

  private func text(_ text: String) -> Literal {
    .string(privacy == .revealed ? text : Mask.masked(text))
  }
}
