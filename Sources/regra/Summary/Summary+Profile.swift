import Diagnostics
import Engine
import Streams

/// Which rules take time and cause calls: what `--profile` adds.
extension Summary {
  /// How many rows of each table people are shown.
  private static let rowLimit = 20

  var profile: [String] {
    guard let profile = report.profile else { return [] }
    guard profile.timedCount > 0 else { return labelled("profile", ["no event was timed"]) }
    var lines = [
      "\(counted(profile.timedCount, "event")) of \(grouped(profile.eventCount)) timed",
      "finding rules took \(grouped(profile.finding)) µs",
    ]
    lines.append("µs \u{b7} calls \u{b7} rule, slowest first")
    lines += rows(profile.rules) { rule in
      "\(columns(rule.microseconds, rule.calls))  \(rule.id)  \(rule.at)"
    }
    lines.append("µs \u{b7} calls \u{b7} condition, slowest first")
    lines += rows(profile.conditions) { condition in
      let others = condition.ruleCount > 1 ? " (\(counted(condition.ruleCount, "rule")))" : ""
      return "\(columns(condition.microseconds, condition.calls))  \(condition.at)  "
        + "\(condition.text)\(others)"
    }
    return labelled("profile", lines)
  }

  private func columns(_ microseconds: Int, _ calls: Int) -> String {
    leftPadded(grouped(microseconds), 11) + " " + leftPadded(grouped(calls), 9)
  }

  private func leftPadded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func rows<Row>(_ rows: [Row], _ line: (Row) -> String) -> [String] {
    let shown = rows.prefix(Self.rowLimit).map(line)
    return rows.count > Self.rowLimit
      ? shown + ["and \(grouped(rows.count - Self.rowLimit)) more"] : shown
  }

  /// Each rule with its conditions and writes as stacks with microseconds: what makers of flame graphs read.
  var profileStacks: String {
    guard let profile = report.profile else { return "" }
    func frame(_ text: String) -> String {
      String(text.map { $0 == ";" ? "," : $0 == "\n" ? " " : $0 })
    }
    var text = ""
    var left = profile.finding
    for condition in profile.conditions where condition.microseconds > 0 {
      text +=
        "run;conditions;\(frame(condition.rule));\(frame("\(condition.at) \(condition.text)")) "
        + "\(condition.microseconds)\n"
      left -= condition.microseconds
    }
    if left > 0 { text += "run;index \(left)\n" }
    for rule in profile.rules where rule.writes > 0 {
      text += "run;writes;\(frame(rule.id)) \(rule.writes)\n"
    }
    return text
  }

  var profileValue: JSONValue {
    guard let profile = report.profile else { return .object([]) }
    return .object([
      ("events", .number(profile.eventCount)),
      ("events_timed", .number(profile.timedCount)),
      ("finding_us", .number(profile.finding)),
      (
        "rules",
        .array(
          profile.rules.map { rule in
            .object([
              ("rule", .text(rule.id)), ("at", .text(rule.at)),
              ("conditions_us", .number(rule.conditions)), ("writes_us", .number(rule.writes)),
              ("calls", .number(rule.calls)),
            ])
          })
      ),
      (
        "conditions",
        .array(
          profile.conditions.map { condition in
            .object([
              ("at", .text(condition.at)), ("text", .text(condition.text)),
              ("rule", .text(condition.rule)), ("rules", .number(condition.ruleCount)),
              ("us", .number(condition.microseconds)), ("answered", .number(condition.count)),
              ("calls", .number(condition.calls)),
            ])
          })
      ),
    ])
  }
}
