import Engine
import Planning
import Streams

extension Summary {
  /// The summary as one JSON object with stable keys, described in `docs/summary.md`.
  var json: String { value.text + "\n" }

  private var value: JSONValue {
    let statistics = report.statistics
    return .object(
      [
        ("ending", .text(ending)),
        ("events", events(statistics)),
        ("calls", calls(report.calls)),
        ("batches", .number(report.batchCount)),
        ("windows_closed_early", .number(report.earlyWindowCount)),
        ("contacts", .number(statistics.contactCount)),
        ("mutations", .number(statistics.mutationCount)),
        ("overwritten", .number(statistics.overwrittenCount)),
        ("made_again", .number(statistics.madeAgain)),
        ("rules", .array(statistics.rules.map(rule))),
        ("paths", .array(statistics.paths.map(path))),
        ("bad_lines", badLines),
        ("set_aside", listed(statistics.setAside, of: statistics.setAsideCount, "reason")),
        ("notes", listed(statistics.notes, of: statistics.noteCount, "text")),
        ("guards_not_judged", .array(report.unjudgedGuards.map(JSONValue.text))),
        ("empty_inputs", .array(report.emptyInputs.map { .text(report.inputs[$0].path) })),
      ] + (report.profile == nil ? [] : [("profile", profileValue)]))
  }

  private var ending: String {
    switch report.ending {
    case .complete: "complete"
    case .interrupted: "interrupted"
    case .badLine: "bad_line"
    case .outputClosed: "output_closed"
    case .guardExceeded: "guard_exceeded"
    case .inputFailed: "input_failed"
    case .outputFailed: "output_failed"
    }
  }

  private func events(_ statistics: Statistics) -> JSONValue {
    .object([
      ("read", .number(statistics.eventCount)),
      ("matched", .number(statistics.matchedCount)),
      ("repeats", .number(statistics.repeats)),
      ("changed_repeats", .number(statistics.changedRepeats)),
      ("with_repeated_keys", .number(statistics.repeatedKeyCount)),
      ("out_of_order", .number(statistics.outOfOrder)),
      ("without_type", .number(statistics.withoutType)),
      ("without_contact", .number(statistics.withoutContact)),
    ])
  }

  private func calls(_ calls: CallCounts) -> JSONValue {
    .object([
      ("total", .number(calls.total)),
      ("posts", .number(calls.posts)),
      ("lookups", .number(calls.lookups)),
      ("groups", .number(calls.groups)),
      ("statuses", .number(calls.statuses)),
      ("deletes", .number(calls.deletes)),
      ("workspace", .number(calls.workspace)),
      ("one_per_write", .number(calls.naive)),
    ])
  }

  private func rule(_ rule: Statistics.RuleCount) -> JSONValue {
    .object([
      ("id", .text(rule.id)),
      ("at", .text(rule.at)),
      ("enabled", .boolean(rule.isEnabled)),
      ("fired", .number(rule.fired)),
      ("skipped", .number(rule.skipped)),
      ("set_aside", .number(rule.setAside)),
      ("unknown", .number(rule.unknown)),
      (
        "lines",
        .array(
          rule.lines.map { line in
            .object([
              ("line", .number(line.line)), ("text", .text(line.text)), ("path", .text(line.path)),
              ("missing", .number(line.missing)), ("other_type", .number(line.otherType)),
              ("of", .number(line.of)),
            ])
          })
      ),
    ])
  }

  private func path(_ path: Statistics.PathCount) -> JSONValue {
    .object([
      ("type", .text(path.type)), ("path", .text(path.path)), ("missing", .number(path.missing)),
      ("null", .number(path.null)), ("other_type", .number(path.otherType)),
      ("of", .number(path.of)),
    ])
  }

  private var badLines: JSONValue {
    let first = report.problems.map { problem in
      JSONValue.object([("at", .text(place(of: problem))), ("cause", .text(problem.cause))])
    }
    return .object([("count", .number(report.problemCount)), ("first", .array(first))])
  }

  private func listed(
    _ items: [Statistics.SetAside], of count: Int, _ reasonKey: String
  ) -> JSONValue {
    let first = items.map { item in
      JSONValue.object([
        ("rule", .text(item.rule)), ("event", .text(shown(id: item.event))), ("at", .text(item.at)),
        (reasonKey, .text(shown(item.reason))),
      ])
    }
    return .object([("count", .number(count)), ("first", .array(first))])
  }
}

/// A JSON value that keeps the order of its keys.
indirect enum JSONValue {
  case number(Int)
  case text(String)
  case boolean(Bool)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// The value on one line.
  var text: String {
    switch self {
    case .number(let number): "\(number)"
    case .text(let text): jsonText(text)
    case .boolean(let holds): holds ? "true" : "false"
    case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { jsonText($0.key) + ":" + $0.value.text }.joined(separator: ",")
        + "}"
    }
  }
}
