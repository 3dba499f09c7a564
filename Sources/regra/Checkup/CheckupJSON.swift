import CEL
import Checkup

/// Findings for programs: one JSON object a line.
enum CheckupJSON {
  static func text(_ findings: [Finding]) -> String {
    findings.map { finding in
      var entries: JSONLine.Entries = [
        ("check", .string(finding.check.rawValue)), ("verdict", .string(word(finding.verdict))),
        ("finding", .string(finding.words)),
      ]
      if !finding.names.isEmpty {
        entries.append(("names", .list(finding.names.map { .string($0) })))
      }
      if let advice = finding.advice { entries.append(("advice", .string(advice))) }
      return JSONLine.text(entries)
    }.joined()
  }

  private static func word(_ verdict: Finding.Verdict) -> String {
    switch verdict {
    case .fine: "fine"
    case .warning: "warning"
    case .problem: "problem"
    case .unknown: "unknown"
    }
  }
}
