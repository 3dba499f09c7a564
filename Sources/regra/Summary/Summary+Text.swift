import Diagnostics
import Engine
import Planning
import Streams

extension Summary {
  /// The summary for people, 80 columns wide where names allow it.
  var text: String {
    let sections = [
      [headline], events, rules, missing, calls, badLines, setAside, notes, warnings,
      profile,
    ]
    return sections.joined().map { $0 + "\n" }.joined()
  }

  /// What else there is to know besides the changes: for a plan, which shows those itself.
  var notices: String {
    [missing, badLines, setAside, notes, warnings].joined().map { $0 + "\n" }.joined()
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
      + " · \(counted(rules, "rule"))\(isSent ? "" : " · nothing was sent")\(time)\(ending)"
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

  func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
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
      lines.append("one call per write would be \(grouped(calls.naive))")
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
    return labelled(
      "set aside",
      occurrences(statistics.setAside, of: statistics.setAsideCount) { group in
        "\(group.first.rule): \(shown(group.first.reason))\(group.times) "
          + "(\(group.firstly)\(group.first.at))"
      })
  }

  private var notes: [String] {
    let statistics = report.statistics
    return labelled(
      "notes",
      occurrences(statistics.notes, of: statistics.noteCount) { group in
        "\(shown(group.first.reason))\(group.times) "
          + "(\(group.first.rule), \(group.firstly)event \(shown(id: group.first.event)))"
      })
  }

  /// One line for what has the same rule and reason, the most frequent first.
  private func occurrences(
    _ items: [Statistics.SetAside], of count: Int, line: (Occurrences) -> String
  ) -> [String] {
    let groups = Occurrences.groups(of: items)
    var lines = groups.prefix(10).map(line)
    let rest = count - groups.prefix(10).reduce(0) { $0 + $1.count }
    if rest > 0 { lines.append("and \(grouped(rest)) more") }
    return lines
  }

  private var warnings: [String] {
    let statistics = report.statistics
    var lines: [String] = []
    if statistics.eventCount > 0, statistics.withoutType == statistics.eventCount {
      lines.append("no event has a type: `events: {type: …}` says where it stands")
    }
    if statistics.overwrittenCount > 0 {
      lines.append("\(counted(statistics.overwrittenCount, "write")) overwritten by a later rule")
    }
    if statistics.changedRepeats > 0 {
      lines.append(
        counted(statistics.changedRepeats, "event")
          + " with the type and id of an earlier one but other content; applied")
    }
    if let first = statistics.repeatedKeys.first {
      lines.append(
        counted(statistics.repeatedKeyCount, "event")
          + " with a key twice, the last one counts (first \(place(of: first)))")
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
  func labelled(_ label: String, _ lines: [String]) -> [String] {
    lines.enumerated().map { index, line in padded(index == 0 ? label : "", 11) + line }
  }
}
