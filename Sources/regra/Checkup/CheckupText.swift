import Checkup
import Diagnostics
import Streams

/// Findings as people read them: one line each where it fits, at most 80 columns wide.
enum CheckupText {
  private static let width = 80
  /// Names that are shown before the rest is counted.
  private static let nameLimit = 6

  static func text(_ findings: [Finding]) -> String {
    let indent = findings.map(\.check.rawValue.count).max() ?? 0
    let lines = findings.flatMap { finding in
      let name = finding.check.rawValue
      let head = "\(sign(finding.verdict)) \(name)"
      return wrapped(sentence(finding), behind: head, indent: indent + 4)
    }
    return (lines + [summary(findings)]).map { $0 + "\n" }.joined()
  }

  private static func sign(_ verdict: Finding.Verdict) -> String {
    switch verdict {
    case .fine: "✓"
    case .warning: "!"
    case .problem: "✗"
    case .unknown: "·"
    }
  }

  private static func sentence(_ finding: Finding) -> String {
    var sentence = finding.words
    if !finding.names.isEmpty {
      let more = finding.names.count - nameLimit
      sentence += ": " + finding.names.prefix(nameLimit).joined(separator: ", ")
      if more > 0 { sentence += " and \(grouped(more)) more" }
    }
    return sentence + (finding.advice.map { " — \($0)" } ?? "")
  }

  /// Broken between words, each line after the first under the beginning of the text.
  private static func wrapped(_ text: String, behind head: String, indent: Int) -> [String] {
    var lines: [String] = []
    var line = head + String(repeating: " ", count: max(1, indent - head.count))
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }

  /// `20 checks: 1 problem, 2 warnings`.
  private static func summary(_ findings: [Finding]) -> String {
    let problems = findings.count { if case .problem = $0.verdict { true } else { false } }
    let counts = [
      (problems, "problem"), (findings.count { $0.verdict == .warning }, "warning"),
    ].filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
    let unknown = findings.count { $0.verdict == .unknown }
    let parts = counts + (unknown > 0 ? ["\(unknown) not known"] : [])
    return "\(counted(findings.count, "check")): "
      + (parts.isEmpty ? "all fine" : parts.joined(separator: ", "))
  }
}
