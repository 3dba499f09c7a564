internal import Playground
package import Rulesets

/// Which outcomes of condition lines, and which actions, tests of a ruleset have met.
///
/// A line that several cases of a rule share counts once. Combinations are covered by their lines,
/// and rules that are switched off are left out.
package struct Coverage: Sendable {
  package struct Line: Sendable {
    package var place: RulePlace
    package var text: String
    package var sawTrue: Bool
    package var sawFalse: Bool
    fileprivate var key: Key
  }

  package struct Action: Sendable {
    package var place: RulePlace
    /// `add_to_group: Clientes`.
    package var text: String
    package var isCovered: Bool
    fileprivate var key: Key
  }

  /// What makes lines and actions of two rulesets the same: they stand at one place of one file.
  fileprivate struct Key: Hashable {
    var path: String
    /// Of a line its range; of an action its rule.
    var subject: String
    /// Which of those that stand there.
    var occurrence: Int
  }

  package private(set) var lines: [Line] = []
  package private(set) var actions: [Action] = []
  private var places: [Key: Int] = [:]

  package var outcomeCount: Int { lines.count * 2 }
  package var coveredOutcomeCount: Int {
    lines.reduce(0) { $0 + ($1.sawTrue ? 1 : 0) + ($1.sawFalse ? 1 : 0) }
  }
  package var coveredActionCount: Int { actions.count(where: \.isCovered) }

  package init() {}

  init(_ table: CoverageTable, of runner: TestRunner) {
    for (number, rule) in runner.traced.rules.enumerated() where rule.isEnabled {
      var occurrences: [Range<Int>: Int] = [:]
      for line in rule.allLines where line.kind == .test {
        let occurrence = occurrences[line.range, default: 0]
        occurrences[line.range] = occurrence + 1
        add(
          Line(
            place: RulePlace(path: rule.path, line: line.line), text: line.text,
            sawTrue: table.sawTrue[line.number], sawFalse: table.sawFalse[line.number],
            key: Key(path: rule.path, subject: "\(line.range)", occurrence: occurrence)))
      }
      for (index, action) in rule.actions.enumerated() {
        add(
          Action(
            place: RulePlace(path: rule.path, line: action.line), text: action.kind.written,
            isCovered: table.wrote[number][index],
            key: Key(path: rule.path, subject: rule.id, occurrence: index)))
      }
    }
  }

  /// That of several rulesets as one; a rule file that two of them have counts once.
  package mutating func add(_ other: Coverage) {
    for line in other.lines { add(line) }
    for action in other.actions { add(action) }
  }

  private mutating func add(_ line: Line) {
    guard let place = places[line.key] else {
      places[line.key] = lines.count
      return lines.append(line)
    }
    lines[place].sawTrue = lines[place].sawTrue || line.sawTrue
    lines[place].sawFalse = lines[place].sawFalse || line.sawFalse
  }

  private mutating func add(_ action: Action) {
    guard let place = places[action.key] else {
      places[action.key] = actions.count
      return actions.append(action)
    }
    actions[place].isCovered = actions[place].isCovered || action.isCovered
  }

  /// Of all outcomes and actions, in whole percent, rounded down: 100 says all.
  package var percent: Int {
    let all = outcomeCount + actions.count
    return all == 0 ? 100 : (coveredOutcomeCount + coveredActionCount) * 100 / all
  }
}

extension Rulesets.Action.Kind {
  /// The action as people write it.
  var written: String {
    switch self {
    case .setName: "set_name"
    case .clearName: "clear_name"
    case .setLanguage: "set_language"
    case .clearLanguage: "clear_language"
    case .setField(let key, _): "set_fields: \(key)"
    case .clearField(let key): "clear_fields: \(key)"
    case .addToGroup(let group): "add_to_group: \(group.written)"
    case .removeFromGroup(let group): "remove_from_group: \(group.written)"
    case .setGroups(let groups): "set_groups: \(groups.map(\.written).joined(separator: ", "))"
    case .addURN: "add_urn"
    case .removeURN: "remove_urn"
    case .setURNs: "set_urns"
    case .createContact: "create_contact"
    case .deleteContact: "delete_contact"
    case .blockContact: "block_contact"
    case .unblockContact: "unblock_contact"
    case .interruptContact: "interrupt_contact"
    case .archiveMessages: "archive_messages"
    case .createField(let label, _): "create_field: \(label.written)"
    case .createGroup(let group): "create_group: \(group.written)"
    case .renameGroup(let group, _): "rename_group: \(group.written)"
    case .deleteGroup(let group): "delete_group: \(group.written)"
    case .note: "note"
    }
  }
}

extension Template {
  /// The text with its holes left open.
  fileprivate var written: String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .hole: "${…}"
      }
    }.joined()
  }
}
