import CEL
import Diagnostics
import Playground
import Rulesets
import RuleTests

/// A rule's conditions with what they read, below a test that failed.
struct TraceText {
  let outcome: TestOutcome
  let ink: Ink

  private static let valueColumn = 50
  private static let width = 80

  func lines(
    of trace: RuleTrace, _ suspect: Mismatch.Suspect, in job: TestSession.Job
  ) -> [String] {
    let ruleset = outcome.session.runners[job.runner].ruleset
    let rule = ruleset.rules[suspect.rule]
    let place = "\(ruleset.files[rule.file].path):\(rule.line)"
    var head = "    \(mark(of: trace.verdict)) \(rule.id)"
    let end = "event \(suspect.event + 1)  \(place)"
    head += head.count + end.count + 2 <= Self.width ? "  \(end)" : "\n        \(end)"
    guard trace.verdict != .otherType else { return [head] + reason(trace) }
    return [head] + reason(trace) + trace.lines.flatMap { lines(of: $0, depth: 3) }
      + trace.identifiers.flatMap { read in
        self.line("      ", "contact: \(read.text)", value(of: read))
      }
  }

  /// Why a rule was not even asked.
  private func reason(_ trace: RuleTrace) -> [String] {
    switch trace.verdict {
    case .otherType:
      ["      its `when` is not the type of the event" + (trace.type.map { ", `\($0)`" } ?? "")]
    case .switchedOff: ["      it is switched off"]
    case .nobody: ["      it fired, but its contact cannot be found out"]
    case .fired, .isFalse, .isUnknown: []
    }
  }

  private func lines(of line: LineTrace, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    let start = "\(indent)\(mark(of: line.outcome)) "
    guard line.kind == .test else {
      return [start + line.kind.word] + line.children.flatMap { lines(of: $0, depth: depth + 1) }
    }
    let doubt = line.doubt.map { "unknown: \($0.sentence)" }
    let reads = line.reads.filter { $0.text != line.text }
    // One value needs no name beside the line that reads it.
    if reads.count == 1, let read = reads.first, line.text.hasPrefix(read.text) {
      return self.line(start, line.text, doubt ?? value(of: read))
    }
    return self.line(start, line.text, doubt ?? "")
      + reads.flatMap { self.line(indent + "    ", $0.text, value(of: $0)) }
  }

  /// A text with a value at its right, or below it.
  private func line(_ start: String, _ text: String, _ value: String) -> [String] {
    // A mark in colour is longer than it looks.
    let hidden = ink == .ansi && start.contains("\u{1B}") ? 9 : 0
    let blanks = String(repeating: " ", count: start.count - hidden)
    var lines = TextWrap.lines(text, width: Self.width, indent: blanks)
    lines[0] = start + lines[0].dropFirst(blanks.count)
    guard !value.isEmpty, let last = lines.last else { return lines }
    let visible = last.count - (lines.count == 1 ? hidden : 0)
    let gap = max(2, Self.valueColumn - visible)
    if visible + gap + value.count <= Self.width {
      return lines.dropLast() + [last + String(repeating: " ", count: gap) + value]
    }
    let indent = String(repeating: " ", count: 10)
    return lines + TextWrap.lines(value, width: Self.width, indent: indent)
  }

  private func value(of read: ReadTrace) -> String {
    switch read.value {
    case .unknown(let doubt): return doubt.reason == .missing ? "missing" : doubt.sentence
    case .value(let literal):
      var coder = JSONCoder()
      let text = String(decoding: coder.bytes(of: literal), as: UTF8.self)
      let shown = outcome.shown(value: text, of: read.text)
      return shown.count > 120 ? shown.prefix(119) + "…" : shown
    }
  }

  private func mark(of outcome: LineOutcome) -> String {
    switch outcome {
    case .isTrue: ink.painted("✓", "32")
    case .isFalse: ink.painted("✗", "31")
    case .isUnknown: ink.painted("?", "33")
    }
  }

  private func mark(of verdict: RuleTrace.Verdict) -> String {
    switch verdict {
    case .fired: ink.painted("✓", "32")
    case .isUnknown, .nobody: ink.painted("?", "33")
    case .isFalse, .otherType, .switchedOff: ink.painted("✗", "31")
    }
  }
}

extension RuleOutline.Line.Kind {
  /// As people write it.
  fileprivate var word: String {
    switch self {
    case .test: ""
    case .all: "all"
    case .any: "any"
    case .none: "none"
    }
  }
}
