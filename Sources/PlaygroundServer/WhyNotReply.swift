import CEL
import Diagnostics
import Playground

/// Why a rule did not fire and what would make it, in a sentence or two.
struct WhyNotReply {
  private let why: WhyNot
  private let values: ValueText
  private let veil: Veil

  init(_ why: WhyNot, _ veil: Veil) {
    self.why = why
    self.veil = veil
    values = ValueText(veil: veil)
  }

  func sentence(in language: Language) -> String {
    let change = why.change.map { " " + sentence($0, in: language) }
    return reason(in: language) + (change ?? "")
  }

  private func reason(in language: Language) -> String {
    switch why.obstacle {
    case .none: return PageWords.text(.didFire, in: language)
    case .nobody: return PageWords.text(.findsNobody, in: language)
    case .switchedOff: return PageWords.text(.isSwitchedOff, in: language)
    case .notAnEvent: return PageWords.text(.unusable, in: language)
    case .otherType:
      return PageWords.text(
        .listensElsewhere, in: language, ["type": why.trace?.type.map { veil.text($0) } ?? "–"])
    case .line:
      guard let line = why.trace?.stoppers.first?.stopper else { return "" }
      return PageWords.text(
        line.outcome == .isUnknown ? .stoppedByUnknown : .stoppedByFalse, in: language,
        [
          "line": "\(line.line)", "text": line.text,
          "values": line.doubt?.sentence ?? values(of: line),
        ])
    }
  }

  private func sentence(_ change: WhyNot.Change, in language: Language) -> String {
    let edits = change.edits.map { edit in
      "`\(edit.name)`: \(text(edit.old, edit)) → \(text(edit.new, edit))"
    }
    return PageWords.text(
      change.isSmallest ? .wouldFire : .wouldFireToo, in: language,
      ["changes": edits.joined(separator: ", ")])
  }

  private func text(_ value: Literal?, _ edit: EventEdit) -> String {
    guard let value else { return "∅" }
    return values.text(value, isPersonal: PersonalPath.isPersonal(["event"] + edit.path))
  }

  private func values(of line: LineTrace) -> String {
    line.reads.map { read in
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
