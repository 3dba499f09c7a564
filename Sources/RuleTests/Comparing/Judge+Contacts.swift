internal import Contacts
internal import Diagnostics
internal import Rulesets
internal import Simulator

extension Judge {
  /// Holds a contact against what is expected of it.
  mutating func judge(_ wanted: ExpectedContact) {
    let got = state(of: wanted.name.text)
    if let range = wanted.absent {
      guard got != nil else { return }
      note(
        Mismatch(
          message: "\(name(wanted)) is there", range: range, label: "still there",
          suspects: suspects { if case .deleteContact = $0 { true } else { false } }))
      return
    }
    guard let got else {
      let wasThere = record.before.contact(named: key(of: wanted.name.text)) != nil
      note(
        Mismatch(
          message: "there is no \(name(wanted))", range: wanted.name.range,
          label: wasThere ? "was deleted" : "was not made", details: others()))
      return
    }
    for part in wanted.parts {
      for mismatch in mismatches(in: part, of: wanted, got) { note(mismatch) }
    }
  }

  /// Contacts that nobody gave to the test, for whoever looks for one of them.
  private func others() -> [Words] {
    let given = Set(test.contacts.map(\.uuid))
    return record.after.filter { !given.contains($0.uuid) }.prefix(5).map { contact in
      "the test made \(Words.list(contact.urns.map { Words([.contact($0)]) }))"
    }
  }

  private func key(of name: String) -> String {
    test.contacts.first { $0.name.text == name }?.uuid ?? normalized(name)
  }

  /// A URN in the form that the server keeps.
  private func normalized(_ name: String) -> String {
    var form: [UInt8] = []
    let refusal = Array(name.utf8).withUnsafeBytes { runner.profile.normalizeURN($0, into: &form) }
    return refusal == nil ? String(decoding: form, as: UTF8.self) : name.lowercased()
  }

  private func state(of name: String) -> ContactRecord? {
    record.after.contact(named: key(of: name))
  }

  private func name(_ wanted: ExpectedContact) -> Words {
    let name = wanted.name.text
    return name.contains(":") ? "contact \(contact: name)" : "contact `\(name)`"
  }

  private func mismatches(
    in part: ExpectedContact.Part, of wanted: ExpectedContact, _ got: ContactRecord
  ) -> [Mismatch] {
    switch part {
    case .name(let text):
      return mismatches(in: text, "name", got.name, wanted) { $0 == $1 }
    case .language(let text):
      return mismatches(in: text, "language", got.language, wanted) { expected, got in
        var form: [UInt8] = []
        let refusal = Array(expected.utf8).withUnsafeBytes {
          runner.profile.normalizeLanguage($0, into: &form)
        }
        return refusal == nil && String(decoding: form, as: UTF8.self) == got
      }
    case .status(let word):
      guard got.status != word.value else { return [] }
      let mismatch = Mismatch(
        message: "\(name(wanted)): `status` is not `\(word.value)`", range: word.range,
        label: "got `\(got.status)`", suspects: suspects(\.isAboutStatus))
      return [mismatch]
    case .field(let key, let text):
      let isNumber = runner.ruleset.fieldTypes[key.text] == .number
      return mismatches(in: text, key.text, got.value(of: key.text), wanted) { expected, got in
        expected == got || areSameInstant(expected, got)
          || (isNumber && Double(expected) != nil && Double(expected) == Double(got))
      }
    case .groups(let list):
      let profile = runner.profile
      return mismatches(in: list, "groups", got.groups, wanted) { profile.foldedGroup($0) }
    case .urns(let list):
      return mismatches(in: list, "urns", got.urns, wanted) { normalized($0) }
    }
  }

  private func mismatches(
    in text: ExpectedText, _ subject: String, _ got: String?, _ wanted: ExpectedContact,
    isEqual: (String, String) -> Bool
  ) -> [Mismatch] {
    let value: Words = got.map { "\"\(value: $0, of: subject)\"" } ?? "no value"
    let message: Words
    switch text.kind {
    case .absent where got == nil, .present where got != nil: return []
    case .absent: message = "has a value"
    case .present: message = "has no value"
    case .value(let expected):
      if let got, isEqual(expected, got) { return [] }
      message = "is not \"\(value: expected, of: subject)\""
    }
    let mismatch = Mismatch(
      message: "\(name(wanted)): `\(subject)` \(message)", range: text.range,
      label: "got \(value)", details: history(of: subject, wanted),
      suspects: suspects { $0.writes(to: subject) })
    return [mismatch]
  }

  /// What stood there before the first event.
  private func history(of subject: String, _ wanted: ExpectedContact) -> [Words] {
    guard let before = record.before.contact(named: key(of: wanted.name.text)) else { return [] }
    let value =
      switch subject {
      case "name": before.name
      case "language": before.language
      default: before.value(of: subject)
      }
    return value.map { ["it was \"\(value: $0, of: subject)\" before"] } ?? []
  }

  private func mismatches(
    in list: ExpectedList, _ subject: String, _ got: [String], _ wanted: ExpectedContact,
    _ form: @escaping (String) -> String
  ) -> [Mismatch] {
    let forms = got.map(form)
    let all = Words.list(got.map { shown($0, subject) })
    func mismatch(_ message: Words, _ range: SourceRange, about items: [String]) -> Mismatch {
      Mismatch(
        message: message, range: range, label: "got \(all)",
        suspects: suspects { kind in items.contains { kind.touches($0, form) } })
    }
    switch list.kind {
    case .whole(let items):
      let expected = items.map { form($0.text) }
      // The order of URNs is which of them is preferred.
      let isEqual = subject == "urns" ? expected == forms : Set(expected) == Set(forms)
      guard !isEqual else { return [] }
      let differing = Array(Set(expected).symmetricDifference(Set(forms)))
      return [mismatch("\(name(wanted)): `\(subject)` are others", list.range, about: differing)]
    case .part(let has, let hasNot):
      let lacking = has.filter { !forms.contains(form($0.text)) }.map { item in
        mismatch(
          "\(name(wanted)) lacks \(shown(item.text, subject))", item.range, about: [item.text])
      }
      return lacking
        + hasNot.filter { forms.contains(form($0.text)) }.map { item in
          mismatch(
            "\(name(wanted)) has \(shown(item.text, subject))", item.range, about: [item.text])
        }
    }
  }

  private func shown(_ item: String, _ subject: String) -> Words {
    subject == "urns" ? "\(contact: item)" : "`\(item)`"
  }

  /// Rules that write to what is not as expected: first those that an event asked, at most three.
  private func suspects(_ isMeant: (Action.Kind) -> Bool) -> [Mismatch.Suspect] {
    let rules = runner.ruleset.rules.indices.filter { rule in
      runner.ruleset.rules[rule].actions.contains { isMeant($0.kind) }
    }
    let asked = rules.compactMap { rule -> Mismatch.Suspect? in
      let event =
        record.events.lastIndex { $0.fired.contains(rule) }
        ?? record.events.firstIndex { $0.verdict(of: rule) != nil }
      return event.map { Mismatch.Suspect(rule: rule, event: $0) }
    }
    return Array(asked.prefix(3))
  }

  private func areSameInstant(_ one: String, _ other: String) -> Bool {
    Array(one.utf8).withUnsafeBytes { one in
      Array(other.utf8).withUnsafeBytes { WrittenTime.areSameInstant(one, $0) }
    }
  }
}

extension Action.Kind {
  fileprivate var isAboutStatus: Bool {
    switch self {
    case .blockContact, .unblockContact: true
    default: false
    }
  }

  /// Whether it writes to `name`, `language` or a field.
  fileprivate func writes(to subject: String) -> Bool {
    switch self {
    case .setName, .clearName: subject == "name"
    case .setLanguage, .clearLanguage: subject == "language"
    case .setField(let key, _), .clearField(let key): key == subject
    default: false
    }
  }

  /// Whether it may put a group or URN in or take it out.
  fileprivate func touches(_ item: String, _ form: (String) -> String) -> Bool {
    let templates: [Template]
    switch self {
    case .addToGroup(let one), .removeFromGroup(let one), .addURN(let one, _), .removeURN(let one):
      templates = [one]
    case .setGroups, .setURNs: return true
    default: return false
    }
    return templates.contains { $0.constant.map { form($0) == form(item) } ?? true }
  }
}
