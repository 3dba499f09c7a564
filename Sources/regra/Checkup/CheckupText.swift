import Checkup
import Diagnostics
import Streams

/// Findings as people read them: one line each where it fits, at most 80 columns wide.
enum CheckupText {
  private static let width = 80
  /// Names that are shown before the rest is counted.
  private static let nameLimit = 6

  /// The columns of the longest name and two blanks, in any language.
  private static let nameWidth = 14

  static func text(_ findings: [Finding], in language: Language = .english) -> String {
    let lines = findings.flatMap { finding in
      let name = finding.check.rawValue
      let margin = String(repeating: " ", count: max(1, nameWidth - name.count))
      let line = language.told(name + margin + sentence(finding))
      return wrapped(
        String(line.dropFirst(nameWidth)),
        behind: "\(sign(finding.verdict)) \(line.prefix(nameWidth))")
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
  private static func wrapped(_ text: String, behind head: String) -> [String] {
    let indent = head.count
    var lines: [String] = []
    var line = head
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
