import CEL
import Diagnostics
import Rulesets
import RuleTests

/// A form in which other programs read the result of tests, and where it goes.
enum TestReport {
  case junit(String)
  case json(String)
  case github

  init?(_ argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("junit", 2): self = .junit(parts[1])
    case ("json", 2): self = .json(parts[1])
    case ("github", 1): self = .github
    default: return nil
    }
  }
}

extension TestOutcome {
  /// JUnit's XML, as CI systems read it.
  var junit: String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    lines.append(
      "<testsuites tests=\"\(results.count)\" failures=\"\(failedCount)\" "
        + "time=\"\(duration.seconds.shortest)\">")
    for (job, results) in zip(session.jobs, report.results) where !results.isEmpty {
      let failed = results.count { !$0.isPassed }
      lines.append(
        "  <testsuite name=\"\(job.file.path.xml)\" tests=\"\(results.count)\" "
          + "failures=\"\(failed)\">")
      for result in results { lines += junit(result, in: job.file) }
      lines.append("  </testsuite>")
    }
    return lines.joined(separator: "\n") + "\n</testsuites>\n"
  }

  private func junit(_ result: TestSession.Result, in file: TestFile) -> [String] {
    let head =
      "    <testcase classname=\"\(file.path.xml)\" name=\"\(title(result).xml)\" "
      + "file=\"\(file.path.xml)\" line=\"\(file.line(of: result.test.range))\" "
      + "time=\"\(result.duration.seconds.shortest)\""
    guard !result.isPassed else { return [head + "/>"] }
    return [head + ">"]
      + result.mismatches.map { mismatch in
        "      <failure message=\"\(shown(mismatch.message).xml)\">"
          + (["\(file.path):\(file.line(of: mismatch.range)): \(shown(mismatch.label))"]
          + mismatch.details.map(shown)).joined(separator: "\n").xml + "</failure>"
      } + ["    </testcase>"]
  }

  private func title(_ result: TestSession.Result) -> String {
    privacy == .revealed ? result.test.title : Mask.masked(result.test.title)
  }

  /// One object with everything.
  var json: String {
    let tests = results.map { file, result in
      JSONLine.object([
        ("file", .string(file.path)), ("line", .int(Int64(file.line(of: result.test.range)))),
        ("name", .string(title(result))),
        ("outcome", .string(result.isPassed ? "passed" : "failed")),
        ("seconds", .double(result.duration.seconds)),
        ("mismatches", .list(result.mismatches.map { json($0, in: file) })),
      ])
    }
    var entries: JSONLine.Entries = [
      ("tests", .list(tests)), ("passed", .int(Int64(passedCount))),
      ("failed", .int(Int64(failedCount))), ("coverage", coverageJSON),
    ]
    if let mutation {
      let survivors = mutation.survivors.map { mutant in
        JSONLine.object([
          ("at", .string(mutant.place.text)), ("change", .string(Mask.masked(mutant.sentence))),
        ])
      }
      entries.append(
        (
          "mutation",
          JSONLine.object([
            ("changes", .int(Int64(mutation.count))), ("tried", .int(Int64(mutation.triedCount))),
            ("unnoticed", .list(survivors)),
          ])
        ))
    }
    return JSONLine.text(entries)
  }

  private func json(_ mismatch: Mismatch, in file: TestFile) -> Literal {
    let place = file.source.position(of: mismatch.range.start)
    return JSONLine.object([
      ("message", .string(shown(mismatch.message))), ("got", .string(shown(mismatch.label))),
      ("line", .int(Int64(place.line))), ("column", .int(Int64(place.column))),
      ("details", .texts(mismatch.details.map(shown))),
    ])
  }

  private var coverageJSON: Literal {
    let gaps = coverage.gaps.map { gap in
      JSONLine.object([("at", .string(gap.place.text)), ("gap", .string(gap.sentence))])
    }
    return JSONLine.object([
      ("percent", .int(Int64(coverage.percent))),
      ("outcomes", .int(Int64(coverage.outcomeCount))),
      ("covered_outcomes", .int(Int64(coverage.coveredOutcomeCount))),
      ("actions", .int(Int64(coverage.actions.count))),
      ("covered_actions", .int(Int64(coverage.coveredActionCount))), ("gaps", .list(gaps)),
      ("untested", .texts(untested)),
    ])
  }

  /// Annotations of GitHub's checks.
  var gitHub: String {
    results.flatMap { file, result in
      result.mismatches.map { mismatch in
        renderer.gitHub(
          "\(shown(mismatch.message)) (\(shown(mismatch.label)))", .error,
          at: file.location(mismatch.range), title: title(result)) + "\n"
      }
    }.joined()
  }
}

extension Double {
  /// Seconds with three digits behind the point.
  fileprivate var shortest: String {
    let thousandths = Int((self * 1_000).rounded())
    let digits = "\(thousandths % 1_000)"
    return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}

extension String {
  /// What XML can hold: its own signs escaped, control characters left out.
  fileprivate var xml: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
