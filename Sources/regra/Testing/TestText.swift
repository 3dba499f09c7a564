import CEL
import Diagnostics
import Playground
import Rulesets
import RuleTests
import Streams

/// The result of tests as people read it.
struct TestText {
  let outcome: TestOutcome
  let ink: Ink
  /// Whether every test has a line, and every line that is not covered.
  let showsAll: Bool
  /// Whose sentences these are where they go on in a further line.
  var language = Language.english

  private static let width = 80
  private static let gapLimit = 20

  var text: String {
    (files + [""] + counts + mutation).map { $0 + "\n" }.joined()
  }

  private var files: [String] {
    zip(outcome.session.jobs, outcome.report.results).flatMap { job, results -> [String] in
      guard !results.isEmpty else { return [] }
      let failed = results.count { !$0.isPassed }
      var head = [
        (results.count - failed, "passed"), (failed, "failed"),
      ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }.joined(separator: ", ")
      if job.file.path.count + head.count + 2 > Self.width { head = "\n  " + head }
      return [mark(failed == 0) + " \(job.file.path)  \(head)"]
        + results.flatMap { lines(of: $0, in: job) }
    }
  }

  private func lines(of result: TestSession.Result, in job: TestSession.Job) -> [String] {
    if result.isPassed {
      return showsAll ? title(of: result) : []
    }
    var lines = [""] + title(of: result)
    for mismatch in result.mismatches.prefix(showsAll ? .max : 5) {
      lines += self.lines(of: mismatch, in: job)
    }
    if !showsAll, result.mismatches.count > 5 {
      lines.append("    and \(result.mismatches.count - 5) more (--all shows them)")
    }
    var seen: Set<Mismatch.Suspect> = []
    for suspect in result.mismatches.flatMap(\.suspects) where seen.insert(suspect).inserted {
      guard seen.count <= 3 || showsAll, let trace = result.traces[suspect] else { continue }
      lines += TraceText(outcome: outcome, ink: ink).lines(of: trace, suspect, in: job)
    }
    return lines
  }

  private func title(of result: TestSession.Result) -> [String] {
    var lines = wrapped(shown(result.test.title), "    ")
    lines[0] = "  \(mark(result.isPassed)) " + lines[0].dropFirst(4)
    return lines
  }

  private func lines(of mismatch: Mismatch, in job: TestSession.Job) -> [String] {
    let location = job.file.location(mismatch.range)
    let label = outcome.shown(mismatch.label)
    var details = mismatch.details.map(outcome.shown)
    var frame = outcome.renderer.excerpt(at: location, label: label)
    // Where it does not fit under the carets it stands below the frame.
    if let last = frame.last, last.count + 2 > Self.width {
      frame = outcome.renderer.excerpt(at: location, label: "")
      details.insert(label, at: 0)
    }
    return wrapped(outcome.shown(mismatch.message), "    ") + frame.map { "  " + $0 }
      + details.flatMap { wrapped($0, "      ") }
  }

  private var counts: [String] {
    let results = outcome.results
    let parts = [
      counted(results.count, "test"), "\(grouped(outcome.passedCount)) passed",
      "\(grouped(outcome.failedCount)) failed", outcome.duration.words,
    ]
    return [parts.joined(separator: " · ")] + coverage
  }

  private var coverage: [String] {
    let coverage = outcome.coverage
    guard coverage.outcomeCount + coverage.actions.count > 0 || !outcome.untested.isEmpty else {
      return []
    }
    var lines = [
      "coverage \(coverage.percent) % · \(coverage.coveredOutcomeCount) of "
        + "\(coverage.outcomeCount) outcomes of condition lines · "
        + "\(coverage.coveredActionCount) of \(coverage.actions.count) actions"
    ]
    let gaps = coverage.gaps
    for gap in gaps.prefix(showsAll ? .max : Self.gapLimit) {
      lines += wrapped("\(gap.place.text)  \(gap.sentence)", "  ")
    }
    if !showsAll, gaps.count > Self.gapLimit {
      lines.append("  and \(gaps.count - Self.gapLimit) more (--all shows them)")
    }
    return lines + outcome.untested.map { "  \($0)  has no tests" }
  }

  private var mutation: [String] {
    guard let mutation = outcome.mutation else { return [] }
    let survivors = mutation.survivors
    var head = "mutation: \(counted(mutation.triedCount, "change"))"
    if mutation.triedCount < mutation.count {
      head += " of \(grouped(mutation.count)), as time was up"
    }
    head += survivors.isEmpty ? " · a test notices each" : " · no test notices \(survivors.count)"
    return ["", head]
      + survivors.flatMap { wrapped("\($0.place.text)  \(shown($0.sentence))", "  ") }
  }

  private func shown(_ text: String) -> String {
    outcome.privacy == .revealed ? text : Mask.masked(text)
  }

  private func mark(_ isPassed: Bool) -> String {
    isPassed ? ink.painted("✓", "32") : ink.painted("✗", "31")
  }

  private func wrapped(_ text: String, _ indent: String) -> [String] {
    TextWrap.lines(language.told(text), width: Self.width, indent: indent)
  }
}

/// Breaks texts between words.
enum TextWrap {
  /// Lines of a text, the later ones further in.
  static func lines(_ text: String, width: Int, indent: String) -> [String] {
    var lines: [String] = []
    var line = indent
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if line.count + word.count + 1 > width, !line.allSatisfy(\.isWhitespace) {
        lines.append(line)
        line = indent + "    " + word
      } else {
        line += line.allSatisfy(\.isWhitespace) ? String(word) : " " + word
      }
    }
    return lines + [line]
  }
}

extension Ink {
  /// The text in a colour, where there are colours.
  func painted(_ text: String, _ code: String) -> String {
    self == .ansi ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

extension Duration {
  /// `38 ms`, `2.4 s`.
  var words: String {
    let (seconds, attoseconds) = components
    let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    if milliseconds < 1_000 { return "\(milliseconds) ms" }
    return "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) s"
  }

  var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}

extension Coverage {
  /// What no test has met, in the order of places.
  var gaps: [(place: RulePlace, sentence: String)] {
    var gaps: [(place: RulePlace, sentence: String)] = []
    for line in lines {
      switch (line.sawTrue, line.sawFalse) {
      case (true, true): continue
      case (false, false): gaps.append((line.place, "never true, never false: \(line.text)"))
      case (false, true): gaps.append((line.place, "never true: \(line.text)"))
      case (true, false): gaps.append((line.place, "never false: \(line.text)"))
      }
    }
    for action in actions where !action.isCovered {
      gaps.append((action.place, "never done: \(action.text)"))
    }
    return gaps.sorted { ($0.place.path, $0.place.line) < ($1.place.path, $1.place.line) }
  }
}
