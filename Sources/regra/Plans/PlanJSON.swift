import CEL
import Plans

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

  private var document: Literal {
    let report = overview.report
    let calls = report.calls
    return object([
      ("events", count(report.statistics.eventCount)), ("known", .string(overview.words)),
      ("deletes", count(overview.count(of: .delete))),
      ("creates", count(overview.count(of: .create))),
      ("changes", count(overview.count(of: .change))),
      ("new_fields", count(overview.recorder.newFieldCount)),
      ("new_groups", count(overview.recorder.newGroupCount)),
      ("contacts", .list(overview.recorder.contacts.map(contact))),
      (
        "calls",
        object([
          ("total", count(calls.total)), ("posts", count(calls.posts)),
          ("lookups", count(calls.lookups)), ("groups", count(calls.groups)),
          ("statuses", count(calls.statuses)), ("deletes", count(calls.deletes)),
          ("workspace", count(calls.workspace)), ("one_per_write", count(calls.naive)),
        ])
      ),
      ("unchanged_writes", count(calls.unchanged)), ("proof", .string(overview.proof)),
      ("contact_calls", count(overview.contactCalls)),
      ("other_calls", count(overview.otherCalls)), ("seconds", count(overview.seconds)),
      ("overwritten_writes", count(report.statistics.overwrittenCount)),
      ("set_aside", count(report.statistics.setAsideCount)),
      ("unusable_events", count(report.statistics.withoutContact + report.problemCount)),
    ])
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
    var entries: [(String, Literal)] = [("subject", .string(line.subject))]
    if let sign = line.sign { entries.append(("in", .bool(sign == .plus))) }
    if line.isOldKnown { entries.append(("old", line.old.map { text($0) } ?? .null)) }
    entries += [
      ("new", line.new.map { text($0) } ?? .null), ("rule", .string(overview.rule(line.rule))),
      ("at", .string(overview.place(line.rule))), ("event", text(line.event)),
      (
        "overwritten",
        .list(
          line.overwritten.map {
            object([
              ("value", text($0.value)), ("rule", .string(overview.rule($0.rule))),
              ("event", text($0.event)),
            ])
          })
      ),
    ]
    return object(entries)
  }

  private func object(_ entries: [(String, Literal)]) -> Literal {
    .map(entries.map { (.string($0.0), $0.1) })
  }

  private func count(_ number: Int) -> Literal { .int(Int64(number)) }

  private func name(_ key: String) -> String {
    privacy == .revealed ? key : "p:" + Mask.pseudonym(of: key)
  }

  private func text(_ text: String) -> Literal {
    .string(privacy == .revealed ? text : Mask.masked(text))
  }
}
