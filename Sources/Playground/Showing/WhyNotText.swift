package import CEL
package import Diagnostics
import Rulesets

/// Why a rule does not fire, and what would make it, in words.
package struct WhyNotText {
  private let rules: TracedRules
  private let veil: Veil
  private let values: ValueText
  private let language: Language

  /// Says it about rules, under a veil, in the words of a language where a sentence takes several lines.
  package init(_ rules: TracedRules, veil: Veil, language: Language = .english) {
    self.rules = rules
    self.veil = veil
    self.language = language
    values = ValueText(veil: veil)
  }

  package func lines(_ why: WhyNot) -> [String] {
    guard let trace = why.trace else {
      return Columns.wrap([language.told("! " + sentence(why))], indent: 2)
    }
    let tree = TraceTree(rules, veil: veil)
    guard why.obstacle != .none else { return tree.rule(trace) }
    let brief: [String]
    switch why.obstacle {
    case .line: brief = tree.head(trace) + tree.stoppers(trace)
    case .otherType, .switchedOff: brief = tree.head(trace)
    case .nobody, .none, .notAnEvent: brief = tree.rule(trace)
    }
    return brief + [""] + answer(why)
  }

  /// What stops the rule, as a sentence without a full stop.
  func sentence(_ why: WhyNot) -> String {
    let type = why.trace?.type.map { "is `\(veil.text($0))`" } ?? "has no type"
    return switch why.obstacle {
    case .none: "it fires"
    case .notAnEvent(let problem): "this is no event: \(problem)"
    case .switchedOff: "it is switched off: `enabled: false`"
    case .otherType: "it listens to \(trigger(why)), and this event \(type)"
    case .line(let line): "line \(line) stops it"
    case .nobody: "its lines hold, but there is nobody to write to"
    }
  }

  private func trigger(_ why: WhyNot) -> String {
    guard let trace = why.trace, case .types(let types) = rules.rules[trace.rule].trigger else {
      return "every type"
    }
    let shown = types.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    return types.count > 3 ? "\(shown) and \(types.count - 3) more" : shown
  }

  private func answer(_ why: WhyNot) -> [String] {
    guard let change = why.change else {
      return Columns.wrap(
        [gapSentence(why).map { language.told("  \($0)") } ?? ""], indent: 2)
    }
    var lines = ["  \(headline(change)):"]
    let width = min(36, change.edits.map(\.name.count).max() ?? 0)
    for edit in change.edits {
      let start =
        "    \(Columns.pad(edit.name, width))  \(text(edit.old, edit)) → \(text(edit.new, edit))"
      let rate =
        edit.sampleCount > 0
        ? "in \(grouped(edit.sampleCount)) of \(counted(why.sampleCount, "sample"))" : ""
      lines += Columns.line(start, right: rate, indent: 8)
    }
    if change.isWithoutContact { lines.append("  it then finds nobody to write to") }
    return lines
  }

  private func headline(_ change: WhyNot.Change) -> String {
    let isOne = change.edits.count == 1
    return change.isSmallest
      ? "it would fire with \(isOne ? "this one field" : "these \(change.edits.count) fields") changed"
        + (isOne ? "" : ", and with no fewer")
      : "it would fire with these \(change.edits.count) fields changed (fewer may do)"
  }

  private func text(_ value: Literal?, _ edit: EventEdit) -> String {
    guard let value else { return "none" }
    return values.text(value, isPersonal: PersonalPath.isPersonal(["event"] + edit.path))
  }

  /// Why no change is told, without a full stop; nil where one is, or none is needed.
  func gapSentence(_ why: WhyNot) -> String? {
    switch why.gap {
    case nil: nil
    case .isNotAsked: sentence(why)
    case .readsNothing(let line, let isContact):
      isContact
        ? "no change of the event helps: line \(line) reads the contact"
        : "no change of the event helps: line \(line) reads nothing of it but its type, id or time"
    case .isNotFound:
      why.sampleCount > 0
        ? "no change was found that makes it fire"
        : "no change was found that makes it fire; --samples gives more values to try"
    case .isTooMuch: "no change was found within the tries that are allowed"
    }
  }
}

extension WhyNotText {
  /// The same data for programs.
  package func entries(_ why: WhyNot) -> [(key: String, value: Literal)] {
    var entries: [(key: String, value: Literal)] = [("because", .string(sentence(why)))]
    if case .line(let line) = why.obstacle { entries.append(("stopped_by", .int(Int64(line)))) }
    if let change = why.change {
      entries.append(
        (
          "change",
          .object([
            ("fields", .list(change.edits.map { literal($0) })),
            ("smallest", .bool(change.isSmallest)),
            ("nobody_to_write_to", .bool(change.isWithoutContact)),
          ])
        ))
    } else {
      entries.append(("change", .null))
      if let gap = gapSentence(why) { entries.append(("no_change", .string(gap))) }
    }
    entries.append(("samples", .int(Int64(why.sampleCount))))
    if let trace = why.trace {
      entries.append(("trace", TraceJSON(rules, veil: veil).literal(trace)))
    }
    return entries
  }

  private func literal(_ edit: EventEdit) -> Literal {
    func covered(_ value: Literal?) -> Literal {
      value.map {
        values.literal($0, isPersonal: PersonalPath.isPersonal(["event"] + edit.path))
      } ?? .null
    }
    return .object([
      ("path", .string(edit.name)), ("from", covered(edit.old)), ("to", covered(edit.new)),
      ("removed", .bool(edit.new == nil)), ("samples", .int(Int64(edit.sampleCount))),
    ])
  }
}
