import CEL
import Diagnostics
import Playground

/// Why a rule did not fire, in a sentence.
struct WhyNot {
  private let trace: RuleTrace
  private let rules: TracedRules
  private let veil: Veil

  init(_ trace: RuleTrace, _ rules: TracedRules, _ veil: Veil) {
    self.trace = trace
    self.rules = rules
    self.veil = veil
  }

  func sentence(in language: Language) -> String {
    switch trace.verdict {
    case .fired, .nobody: return PageWords.text(.didFire, in: language)
    case .switchedOff: return PageWords.text(.isSwitchedOff, in: language)
    case .otherType:
      return PageWords.text(
        .listensElsewhere, in: language, ["type": trace.type.map { veil.text($0) } ?? "–"])
    case .isFalse, .isUnknown:
      guard let first = trace.stoppers.first else { return PageWords.text(.didFire, in: language) }
      let line = first.stopper
      return PageWords.text(
        line.outcome == .isUnknown ? .stoppedByUnknown : .stoppedByFalse, in: language,
        [
          "line": "\(line.line)", "text": line.text,
          "values": line.doubt?.sentence ?? values(of: line),
        ])
    }
  }

  private func values(of line: LineTrace) -> String {
    let values = ValueText(veil: veil)
    return line.reads.map { read in
      switch read.value {
      case .value(let value): "\(read.text) = \(values.text(value, isPersonal: read.isPersonal))"
      case .unknown(let doubt): doubt.sentence
      }
    }
    .joined(separator: ", ")
  }
}

extension LineTrace {
  /// The test that decides a combination.
  fileprivate var stopper: LineTrace {
    guard kind == .all || kind == .any,
      let child = children.first(where: { $0.outcome == outcome })
    else { return self }
    return child.stopper
  }
}
