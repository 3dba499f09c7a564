import CEL
import Planning

/// A rehearsal for programs: a line of JSON for each event, each window, and for what came of it.
package struct RehearsalJSON {
  private let rehearsal: Rehearsal
  private let veil: Veil
  private let traces: TraceJSON
  private let calls: CallText

  private typealias Entries = [(key: String, value: Literal)]

  package init(_ rehearsal: Rehearsal, veil: Veil) {
    self.rehearsal = rehearsal
    self.veil = veil
    traces = TraceJSON(rehearsal.rules, veil: veil)
    calls = CallText(veil: veil)
  }

  package func bytes(of steps: [Int]) -> [UInt8] {
    var coder = JSONCoder()
    var tracer = Tracer(rehearsal.rules)
    var output: [UInt8] = []
    func add(_ entries: Entries) {
      output += coder.bytes(of: .object(entries))
      output.append(UInt8(ascii: "\n"))
    }
    for step in steps { add(event(step, by: &tracer)) }
    for number in rehearsal.windows.indices { add(window(number)) }
    add([("summary", summary)])
    return output
  }

  private func event(_ step: Int, by tracer: inout Tracer) -> Entries {
    let state = rehearsal.steps[step]
    let trace = rehearsal.trace(of: step, by: &tracer)
    let refused = state.setAside.map { refused in
      Literal.object([
        ("rule", refused.rule.map { .string(rehearsal.rules.rules[$0].id) } ?? .null),
        ("reason", .string(veil.text(refused.reason))),
      ])
    }
    return [
      ("event", count(step + 1)), ("line", count(rehearsal.events[step].line)),
      ("window", count(state.window + 1)), ("repeat", .bool(state.isRepeat)),
    ] + traces.entries(trace) + [
      ("changes", .list(state.changes.map { change($0, Origins(trace, rehearsal.rules)) })),
      ("set_aside", .list(refused)),
    ]
  }

  private func change(_ change: ContactChange, _ origins: Origins) -> Literal {
    let cover = rehearsal.rules.cover(veil)
    let differences = change.differences.map { difference in
      func shown(_ value: String?) -> Literal {
        value.map { .string(cover($0, difference.subject)) } ?? .null
      }
      let rule = origins.rule(for: difference)
      return Literal.object([
        ("of", .string(difference.word)), ("old", shown(difference.old)),
        ("new", shown(difference.new)), ("rule", rule.isEmpty ? .null : .string(rule)),
      ])
    }
    let kind = change.before == nil ? "made" : change.after == nil ? "deleted" : "changed"
    return .object([
      ("contact", .string(veil.contact(change.name))), ("kind", .string(kind)),
      ("differences", .list(change.after == nil ? [] : differences)),
    ])
  }

  private func window(_ number: Int) -> Entries {
    let window = rehearsal.windows[number]
    let list = window.calls.enumerated().map { index, call in
      let problem = index < window.outcomes.count ? window.outcomes[index].problem : "not sent"
      return Literal.object([
        ("call", count(call.number)), ("method", .string(call.method.rawValue)),
        ("path", .string(call.path)), ("about", .string(calls.subject(call))),
        ("what", .texts(calls.details(call))), ("problem", problem.map { .string($0) } ?? .null),
      ])
    }
    return [
      ("window", count(number + 1)),
      (
        "events",
        .list([count(window.steps.lowerBound + 1), count(window.steps.upperBound)])
      ), ("calls", .list(list)),
      ("guard", window.objection.map { .string($0) } ?? .null),
    ]
  }

  private var summary: Literal {
    let figures = RehearsalFigures(rehearsal)
    let rules = rehearsal.rules.rules.enumerated().map { number, rule in
      let counts = figures.rules[number]
      return Literal.object([
        ("rule", .string(rule.id)), ("at", .string("\(rule.path):\(rule.line)")),
        ("fired", count(counts.fired)), ("false", count(counts.isFalse)),
        ("unknown", count(counts.unknown)),
      ])
    }
    return .object([
      ("events", count(rehearsal.events.count)), ("rules", .list(rules)),
      ("contacts_before", count(rehearsal.before.count)),
      ("contacts_after", count(rehearsal.after.count)), ("made", count(figures.made)),
      ("changed", count(figures.changed)), ("deleted", count(figures.deleted)),
      ("calls", count(figures.calls.total)), ("one_per_write", count(figures.calls.naive)),
      ("set_aside", count(figures.setAside.reduce(0) { $0 + $1.count })),
      ("overwritten", count(figures.overwritten)), ("repeats", count(figures.repeats)),
      ("problems", count(figures.problems)),
      ("guard", rehearsal.objection.map { .string($0) } ?? .null),
    ])
  }

  private func count(_ number: Int) -> Literal { .int(Int64(number)) }
}
