import Engine
import Contacts
import Simulator

/// What one event of a rehearsal did: rules, contacts before and after, what was set aside.
package struct StepText {
  private let rehearsal: Rehearsal
  private let veil: Veil
  private let trees: TraceTree

  package enum Detail: Sendable {
    /// The rules that fired, and of the others the line that stopped them.
    case brief
    /// Every line of every rule that listens.
    case full
  }

  package init(_ rehearsal: Rehearsal, veil: Veil) {
    self.rehearsal = rehearsal
    self.veil = veil
    trees = TraceTree(rehearsal.rules, veil: veil, indent: 4)
  }

  /// `17  orders/paid  e17`.
  package func head(_ step: Int, _ trace: EventTrace) -> [String] {
    let line = "\(rehearsal.events[step].line)"
    guard trace.problem == nil else { return [line] }
    let type = trace.rules.lazy.compactMap(\.type).first.map { veil.text($0) } ?? "no type"
    let id = trace.id.isEmpty ? [] : [veil.id(trace.id)]
    return Columns.wrap(["\(line)  \(type)"] + id, by: "  ", indent: 4)
  }

  package func lines(_ step: Int, _ trace: EventTrace, _ detail: Detail) -> [String] {
    let state = rehearsal.steps[step]
    var lines = head(step, trace)
    if let problem = trace.problem { return lines + ["    ! no event: \(problem)"] }
    if state.isRepeat {
      lines.append("    = the same event came before: nothing is done")
    }
    switch detail {
    case .brief: lines += trace.rules.flatMap { brief($0) }
    case .full: lines += trees.lines(trace)
    }
    let origins = Origins(trace, rehearsal.rules)
    for change in state.changes { lines += self.change(change, origins) }
    for refused in state.setAside {
      let rule = refused.rule.map { rehearsal.rules.rules[$0].id } ?? "ensure"
      lines += Columns.wrap(
        ["    ! set aside, \(rule): \(veil.text(refused.reason))"], indent: 8)
    }
    return lines
  }

  private func brief(_ trace: RuleTrace) -> [String] {
    let outline = rehearsal.rules.rules[trace.rule]
    switch trace.verdict {
    case .otherType, .switchedOff: return []
    case .fired, .nobody, .isFalse, .isUnknown: break
    }
    let words = trace.verdict == .nobody ? " (nobody to write to)" : ""
    let head = Columns.line(
      "    \(trace.verdict.mark) \(outline.id)\(words)",
      right: "\(outline.shortPath):\(outline.line)",
      indent: 8)
    return head + trees.stoppers(trace)
  }

  /// A contact before and after, part by part, with the rule that asked.
  func change(_ change: ContactChange, _ origins: Origins) -> [String] {
    let kind =
      change.before == nil ? "  made" : change.after == nil ? "  deleted" : ""
    var lines = ["    \(change.sign) \(veil.contact(change.name))\(kind)"]
    guard let after = change.after else { return lines }
    // A contact that was made has the URN it is called by.
    let differences = change.differences.filter {
      change.before != nil || $0.subject != .urn || $0.new != after.urns.first
    }
    let width = min(24, differences.map(\.word.count).max() ?? 0)
    let parts = DifferenceText(veil: veil, cover: rehearsal.rules.cover(veil))
    var last = ""
    for difference in differences {
      let subject = difference.word == last ? "" : difference.word
      last = difference.word
      lines += Columns.line(
        "      \(Columns.pad(subject, width)) \(parts.words(difference))",
        right: origins.rule(for: difference), indent: width + 7)
    }
    return lines
  }
}

/// Which rule asked for which part of a change.
struct Origins {
  private var rules: [String: String] = [:]

  init(_ trace: EventTrace, _ traced: TracedRules) {
    for rule in trace.rules {
      for write in rule.writes where write.write.outcome == .written {
        for key in Self.keys(write.write.kind, write.write.target, write.write.value) {
          rules[key] = traced.rules[rule.rule].id
        }
      }
    }
  }

  /// Empty where no rule asked by name, as when a list replaced another.
  func rule(for difference: ContactDifference) -> String {
    let value = difference.new ?? difference.old ?? ""
    let keys =
      switch difference.subject {
      case .name: ["name"]
      case .language: ["language"]
      case .status: ["status"]
      case .field(let key): ["field \(key)"]
      case .group: ["group \(value.lowercased())", "groups"]
      case .urn, .preferredURN: ["urn \(value)", "urns"]
      }
    return keys.compactMap { rules[$0] }.first ?? ""
  }

  private static func keys(_ kind: MutationKind, _ target: String, _ value: String) -> [String] {
    switch kind {
    case .setName, .clearName: ["name"]
    case .setLanguage, .clearLanguage: ["language"]
    case .setField, .clearField: ["field \(target)"]
    case .addToGroup, .removeFromGroup: ["group \(target.lowercased())"]
    case .replaceGroups: ["groups"]
    case .addURN, .preferURN, .removeURN: ["urn \(value)"]
    case .replaceURNs, .createContact: ["urns"]
    case .blockContact: ["status", "groups"]
    case .unblockContact: ["status"]
    case .deleteContact, .interruptContact, .archiveMessages, .createField, .createGroup,
      .renameGroup, .deleteGroup, .note:
      []
    }
  }
}

extension ContactChange {
  /// `+` made, `-` deleted, `~` changed.
  package var sign: String { before == nil ? "+" : after == nil ? "-" : "~" }
}

extension ContactDifference {
  /// What is different, in a word.
  package var word: String {
    switch subject {
    case .name: "name"
    case .language: "language"
    case .status: "status"
    case .field(let key): key
    case .group: "groups"
    case .urn, .preferredURN: "urns"
    }
  }
}
