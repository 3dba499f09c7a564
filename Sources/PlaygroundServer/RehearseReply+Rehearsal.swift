import CEL
import Planning
import Playground

extension RehearseReply {
  /// Calls an hour of each quota, as the API documents them.
  private static let quotaLimit = 2_500

  /// Tells in short what came of a rehearsal.
  mutating func tell(_ rehearsal: Rehearsal, _ veil: Veil) {
    rules = rehearsal.rules.rules.map {
      Rule(id: $0.id, about: $0.about, file: $0.path, line: $0.line, enabled: $0.isEnabled)
    }
    objection = rehearsal.objection
    events = zip(rehearsal.events, rehearsal.steps).map { event, step in
      Event(
        line: event.line, id: veil.id(step.outcomes.id), type: step.outcomes.type ?? "",
        fired: step.outcomes.fired, unknown: step.outcomes.unknown.count, isRepeat: step.isRepeat,
        problem: step.outcomes.problem)
    }
    tellLines(of: rehearsal)
    let figures = RehearsalFigures(rehearsal)
    summary = Summary(
      events: rehearsal.events.count, made: figures.made, changed: figures.changed,
      deleted: figures.deleted, calls: figures.calls.total, naive: figures.calls.naive,
      setAside: figures.setAside.reduce(0) { $0 + $1.count })
    tellQuota(figures.calls)
  }

  private mutating func tellLines(of rehearsal: Rehearsal) {
    let places = rehearsal.rules.rules.map { outline in
      outline.allLines.map { line in
        lines.append(Line(file: outline.path, line: line.line))
        return lines.count - 1
      }
    }
    for step in rehearsal.steps {
      var outcomes = step.outcomes.lines.makeIterator()
      for place in step.outcomes.rules.flatMap({ places[$0] }) {
        switch outcomes.next() {
        case .isTrue: lines[place].holds += 1
        case .isFalse: lines[place].fails += 1
        case .isUnknown: lines[place].unknown += 1
        case nil: break
        }
      }
    }
  }

  private mutating func tellQuota(_ calls: CallCounts) {
    let contacts = calls.posts + calls.lookups
    let others = calls.total - contacts
    let windows = max(0, max(contacts, others) - 1) / Self.quotaLimit
    quota = Quota(
      contacts: contacts, others: others, limit: Self.quotaLimit, seconds: windows * 3_600)
  }
}
