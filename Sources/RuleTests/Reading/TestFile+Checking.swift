package import Contacts
package import Diagnostics
package import Rulesets

extension TestFile {
  /// What a file of tests says that its rules cannot mean: rules, groups and fields that are not there.
  package func check(against ruleset: Ruleset, profile: APIProfile) -> [Diagnostic] {
    let names = WrittenNames(ruleset, profile: profile)
    var found: [Diagnostic] = []
    for test in tests {
      for rule in (test.expectation.fired?.value ?? []) + test.expectation.notFired.map(\.rule)
      where !names.rules.contains(rule.text) {
        found.append(.noSuchRule(rule.text, at: location(rule.range), known: names.rules))
      }
      let given = test.contacts
      for contact in test.expectation.contacts {
        for part in contact.parts {
          switch part {
          case .field(let key, _):
            let known = names.fields + given.flatMap { $0.fields.map(\.key.text) }
            guard !known.contains(key.text) else { continue }
            found.append(
              .writtenByNobody("field `\(key.text)`", key.text, location(key.range), known))
          case .groups(let list) where !names.hasOpenGroups:
            let known = names.groups + given.flatMap { $0.groups.map(\.text) }
            let folded = Set(known.map { profile.foldedGroup($0) })
            for group in list.items
            where !folded.contains(profile.foldedGroup(group.text)) && !group.text.isUUID {
              found.append(
                .writtenByNobody("group `\(group.text)`", group.text, location(group.range), known))
            }
          case .groups, .name, .language, .status, .urns: continue
          }
        }
      }
    }
    var seen = Set<Diagnostic>()
    return found.filter { seen.insert($0).inserted }
  }
}

/// What rules write to, by its names.
private struct WrittenNames {
  let rules: [String]
  var fields: [String]
  var groups: [String]
  /// Whether events say which groups contacts join.
  private(set) var hasOpenGroups = false

  init(_ ruleset: Ruleset, profile: APIProfile) {
    rules = ruleset.rules.map(\.id)
    fields = ruleset.ensure.fields.map(\.key) + ruleset.named.fields.map(\.key)
    groups = ruleset.ensure.groups.map(\.name) + ruleset.named.groups.map(\.reference)
    for action in ruleset.rules.flatMap(\.actions) {
      switch action.kind {
      case .addToGroup(let group), .removeFromGroup(let group), .createGroup(let group),
        .renameGroup(_, let group), .deleteGroup(let group):
        note(group)
      case .setGroups(let list): for group in list { note(group) }
      case .setField(let key, _), .clearField(let key): fields.append(key)
      case .createField(let label, _):
        if let key = label.constant.flatMap({ try? profile.key(ofLabel: $0) }) {
          fields.append(key)
        }
      case .setName, .clearName, .setLanguage, .clearLanguage, .addURN, .removeURN, .setURNs,
        .createContact, .deleteContact, .blockContact, .unblockContact, .interruptContact,
        .archiveMessages, .note:
        continue
      }
    }
  }

  private mutating func note(_ group: Template) {
    if let name = group.constant { groups.append(name) } else { hasOpenGroups = true }
  }
}

extension APIProfile {
  /// What all spellings of a group's name have in common.
  func foldedGroup(_ name: String) -> String {
    var folded: [UInt8] = []
    Array(name.utf8).withUnsafeBytes { foldGroupName($0, into: &folded) }
    return String(decoding: folded, as: UTF8.self)
  }
}

extension Diagnostic {
  static func noSuchRule(_ id: String, at location: SourceLocation, known: [String]) -> Self {
    let near = closestMatch(to: id, in: known)
    let cases = known.filter { $0.hasPrefix(id + "/") }
    let help =
      cases.first.map { "a rule with cases fires as one of them: `\($0)`" }
      ?? near.map { "did you mean `\($0)`?" }
    let fix = cases.isEmpty ? near.map { Fix([Fix.Edit(at: location, with: $0)]) } : nil
    return Diagnostic(
      .noSuchRule, "no rule `\(id)`", at: location, label: "not among the rules of this file",
      help: help, fix: fix)
  }

  static func writtenByNobody(
    _ what: String, _ word: String, _ location: SourceLocation, _ known: [String]
  ) -> Self {
    let near = closestMatch(to: word, in: known)
    return Diagnostic(
      .writtenByNobody, "no rule writes to the \(what), and no contact has it", at: location,
      label: "says nothing about the rules",
      help: near.map { "did you mean `\($0)`?" },
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }
}
