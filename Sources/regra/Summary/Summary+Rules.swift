import Diagnostics
import Engine
import Rulesets
import Streams

extension Summary {
  /// What each rule did: those that did nothing share a line.
  var rules: [String] {
    let all = report.statistics.rules
    let active = all.filter { !$0.isQuiet }
    var shown = active
    if active.count > 20 {
      let worst = active.sorted { left, right in
        (left.skipped + left.setAside + left.unknown, left.fired)
          > (right.skipped + right.setAside + right.unknown, right.fired)
      }
      let kept = Set(worst.prefix(20).map(\.id))
      shown = active.filter { kept.contains($0.id) }
    }
    let width = min(34, shown.map(\.id.count).max() ?? 0)
    var lines =
      shown.isEmpty ? [] : [row("", width, ["fired", "skipped", "set aside", "unknown"])]
    for rule in shown {
      lines.append(
        row(rule.id, width, [rule.fired, rule.skipped, rule.setAside, rule.unknown].map(grouped)))
    }
    if active.count > shown.count {
      let fired = active.count { $0.fired > 0 } - shown.count { $0.fired > 0 }
      let rest = counted(active.count - shown.count, "more rule")
      lines.append("and \(rest), of which \(grouped(fired)) fired")
    }
    let quiet = all.filter { $0.isQuiet && $0.isEnabled }.map(\.id)
    let asleep = all.filter { !$0.isEnabled }.map(\.id)
    lines += named(quiet, lines.isEmpty ? "" : "and ", "that did nothing")
    lines += named(asleep, lines.isEmpty ? "" : "and ", "switched off")
    return labelled("rules", lines)
  }

  /// `and 3 rules that did nothing: a, b, …`, with as many names as the line takes.
  private func named(_ ids: [String], _ start: String, _ what: String) -> [String] {
    guard !ids.isEmpty else { return [] }
    var line = "\(start)\(counted(ids.count, "rule")) \(what): "
    for (index, id) in ids.enumerated() {
      let isLast = index + 1 == ids.count
      guard index == 0 || line.count + id.count + (isLast ? 0 : 3) <= 69 else {
        return [line + "…"]
      }
      line += isLast ? id : "\(id), "
    }
    return [line]
  }

  private func row(_ id: String, _ width: Int, _ cells: [String]) -> String {
    padded(id, width)
      + cells.map { cell in
        String(repeating: " ", count: max(1, 11 - cell.count)) + cell
      }.joined()
  }

  /// Paths that were missing or of another type, and parts of the contact that nobody knows.
  var missing: [String] {
    let gaps = gaps
    var lines = gaps.prefix(8).map { gap in
      let count = gap.line.missing + gap.line.otherType
      let what =
        gap.line.missing == 0
        ? "of another type" : gap.line.otherType == 0 ? "missing" : "missing or of another type"
      let events = gap.type.map { $0.isEmpty ? "events without a type" : $0 } ?? "events"
      return "\(gap.line.path) was \(what) in \(grouped(count)) of "
        + "\(grouped(gap.line.of)) \(events) (\(gap.rule), line \(gap.line.line))"
    }
    if gaps.count > 8 { lines.append("and \(counted(gaps.count - 8, "more line"))") }
    return labelled("missing", lines + unknownParts)
  }

  /// Parts of the contact whose absence alone may have kept rules from firing.
  private var unknownParts: [String] {
    let withGaps = Set(gaps.map(\.rule))
    return report.statistics.rules.compactMap { rule in
      guard rule.unknown > 0, let read = contactReads[rule.id] else { return nil }
      let upTo = withGaps.contains(rule.id) ? "up to " : ""
      return "\(read.path) was not known in \(upTo)\(counted(rule.unknown, "event")) "
        + "(\(rule.id), line \(read.line))"
    }
  }
}

extension Statistics.RuleCount {
  /// Whether it did nothing, and nothing kept it from doing something.
  fileprivate var isQuiet: Bool { fired + skipped + setAside + unknown == 0 }
}
