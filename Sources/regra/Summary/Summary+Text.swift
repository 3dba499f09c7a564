import Engine
import Planning
import Streams

extension Summary {
  /// The summary for people, 80 columns wide where names allow it.
  var text: String {
    let sections = [
      [headline], events, rules, missing, calls, badLines, setAside, notes, warnings,
    ]
    return sections.joined().map { $0 + "\n" }.joined()
  }

  private var headline: String {
    let seconds = Double(report.nanoseconds) / 1e9
    let rate = seconds > 0 ? Int(Double(report.statistics.eventCount) / seconds) : 0
    let time = seconds < 1 ? "" : " · \(grouped(rate)) events/s"
    let ending =
      switch report.ending {
      case .interrupted: " · interrupted"
      case .complete, .badLine, .outputClosed, .guardExceeded, .inputFailed, .outputFailed: ""
      }
    let rules = report.statistics.rules.count(where: \.isEnabled)
    return counted(report.statistics.eventCount, "event")
      + " · \(counted(rules, "rule")) · nothing was sent\(time)\(ending)"
  }

  private var events: [String] {
    let statistics = report.statistics
    let counts = [
      (statistics.matchedCount, "matched a rule"),
      (statistics.repeats, statistics.repeats == 1 ? "was a repeat" : "were repeats"),
      (statistics.withoutType, "without a type"),
      (statistics.withoutContact, "without a usable contact"),
      (report.problemCount, report.problemCount == 1 ? "bad line" : "bad lines"),
    ]
    let words = counts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    let empty = report.emptyInputs.map { "\(report.inputs[$0].path) holds no events" }
    return labelled("events", wrapped(words.isEmpty ? ["none matched a rule"] : words) + empty)
  }

  private var rules: [String] {
    let all = report.statistics.rules
    var shown = all.filter { $0.fired + $0.skipped + $0.setAside + $0.unknown > 0 }
    if all.count > 20, shown.count > 20 {
      let worst = shown.sorted { left, right in
        (left.skipped + left.setAside + left.unknown, left.fired)
          > (right.skipped + right.setAside + right.unknown, right.fired)
      }
      let kept = Set(worst.prefix(20).map(\.id))
      shown = shown.filter { kept.contains($0.id) }
    } else if all.count <= 20 {
      shown = all
    }
    guard !all.isEmpty else { return [] }
    let width = min(34, shown.map(\.id.count).max() ?? 0)
    var lines =
      shown.isEmpty ? [] : [ruleRow("", width, ["fired", "skipped", "set aside", "unknown"])]
    for rule in shown {
      guard rule.isEnabled else {
        lines.append(padded(rule.id, width) + "  switched off")
        continue
      }
      lines.append(
        ruleRow(
          rule.id, width, [rule.fired, rule.skipped, rule.setAside, rule.unknown].map(grouped)))
    }
    let rest = all.count - shown.count
    if rest > 0 {
      let fired = all.count { $0.fired > 0 } - shown.count { $0.fired > 0 }
      lines.append("and \(counted(rest, "more rule")), of which \(grouped(fired)) fired")
    }
    return labelled("rules", lines)
  }

  private func ruleRow(_ id: String, _ width: Int, _ cells: [String]) -> String {
    padded(id, width)
      + cells.map { cell in
        String(repeating: " ", count: max(1, 11 - cell.count)) + cell
      }.joined()
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private var missing: [String] {
    let gaps = gaps
    var lines = gaps.prefix(8).map { gap in
      let count = gap.line.missing + gap.line.otherType
      let what =
        gap.line.missing == 0
        ? "of another type" : gap.line.otherType == 0 ? "missing" : "missing or of another type"
      return "\(gap.line.path) was \(what) in \(grouped(count)) of "
        + "\(grouped(gap.line.of)) \(gap.type ?? "events") (\(gap.rule), line \(gap.line.line))"
    }
    if gaps.count > 8 { lines.append("and \(counted(gaps.count - 8, "more line"))") }
    return labelled("missing", lines)
  }

  private var calls: [String] {
    let calls = report.calls
    let kinds = [
      (calls.posts, "create or update"), (calls.lookups, "look-up"), (calls.groups, "group"),
      (calls.statuses, "status"), (calls.deletes, "delete"), (calls.workspace, "field or group"),
    ]
    let parts = kinds.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    let detail = parts.count > 0 ? " (\(parts.joined(separator: ", ")))" : ""
    let batches =
      report.batchCount > 1 ? " in \(counted(report.batchCount, "batch", "batches"))" : ""
    var lines = ["\(grouped(calls.total))\(batches)\(detail)"]
    if calls.naive > calls.total {
      lines.append("one call per action would be \(grouped(calls.naive))")
    }
    return labelled("calls", lines)
  }

  private var badLines: [String] {
    var lines = report.problems.prefix(10).map { "\(place(of: $0)): \($0.cause)" }
    if report.problemCount > 10 {
      lines.append("and \(grouped(report.problemCount - 10)) more")
    }
    return labelled("bad lines", lines)
  }

  private var setAside: [String] {
    let statistics = report.statistics
    var lines = statistics.setAside.prefix(10).map {
      "\($0.at): \($0.rule), event \(shown(id: $0.event)): \(shown($0.reason))"
    }
    if statistics.setAsideCount > 10 {
      lines.append("and \(grouped(statistics.setAsideCount - 10)) more")
    }
    return labelled("set aside", lines)
  }

  private var notes: [String] {
    let statistics = report.statistics
    var lines = statistics.notes.prefix(10).map {
      "\(shown($0.reason)) (\($0.rule), event \(shown(id: $0.event)))"
    }
    if statistics.noteCount > 10 { lines.append("and \(grouped(statistics.noteCount - 10)) more") }
    return labelled("notes", lines)
  }

  private var warnings: [String] {
    let statistics = report.statistics
    var lines: [String] = []
    if statistics.overwrittenCount > 0 {
      lines.append("\(counted(statistics.overwrittenCount, "write")) overwritten by a later rule")
    }
    if statistics.changedRepeats > 0 {
      lines.append(
        counted(statistics.changedRepeats, "event")
          + " with the type and id of an earlier one but other content; applied")
    }
    if statistics.outOfOrder > 0 {
      lines.append(
        "\(counted(statistics.outOfOrder, "event")) older than one applied to the same contact")
    }
    if statistics.madeAgain > 0 {
      lines.append("\(counted(statistics.madeAgain, "contact")) made again after a deletion")
    }
    if report.earlyWindowCount > 0 {
      lines.append(
        counted(report.earlyWindowCount, "window") + " closed early to keep memory bounded")
    }
    lines += report.unjudgedGuards
    if ensuresObjects {
      lines.append("what `ensure` names may not exist yet; `regra provision` makes it")
    }
    return labelled("warnings", lines)
  }

  /// Items joined by dots, in lines that fit.
  private func wrapped(_ items: [String]) -> [String] {
    var lines: [String] = []
    for item in items {
      if let last = lines.last, last.count + item.count + 3 <= 68 {
        lines[lines.count - 1] = "\(last) · \(item)"
      } else {
        lines.append(item)
      }
    }
    return lines
  }

  /// A label in front of the first line, blanks in front of the others.
  private func labelled(_ label: String, _ lines: [String]) -> [String] {
    lines.enumerated().map { index, line in padded(index == 0 ? label : "", 11) + line }
  }
}
