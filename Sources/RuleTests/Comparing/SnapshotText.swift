internal import Diagnostics
internal import Rulesets
internal import Simulator

/// What a test's events came to, as a text that is kept in a file and read in reviews.
package struct SnapshotText {
  let record: TestRecord
  let test: TestCase
  let ruleIDs: [String]

  /// The text, with what `mask` makes of values.
  package func text(_ mask: (Words.Piece) -> String) -> String {
    lines.map { $0.text(mask) + "\n" }.joined()
  }

  private var lines: [Words] {
    var lines: [Words] = ["# \(test.title)"]
    add("fired", firings, to: &lines)
    add("contacts", contacts, to: &lines)
    add(
      "calls",
      record.calls.map { "  \(value: CallText.line($0), of: "call")" }, to: &lines)
    add("set aside", record.setAside.map { "  \(value: $0, of: "reason")" }, to: &lines)
    add("problems", record.problems.map { "  \(value: $0, of: "problem")" }, to: &lines)
    return lines
  }

  private func add(_ head: String, _ part: [Words], to lines: inout [Words]) {
    guard !part.isEmpty else { return }
    lines.append("\(head)")
    lines += part
  }

  private var firings: [Words] {
    record.events.enumerated().compactMap { index, event in
      guard !event.fired.isEmpty else { return nil }
      return "  event \(index + 1)  \(event.fired.map { ruleIDs[$0] }.joined(separator: ", "))"
    }
  }

  private var contacts: [Words] {
    let uuids = (record.before + record.after).map(\.uuid)
    var seen: Set<String> = []
    return uuids.filter { seen.insert($0).inserted }.flatMap { uuid in
      changes(
        record.before.contact(named: uuid), record.after.contact(named: uuid), uuid: uuid)
    }
  }

  private func changes(
    _ before: ContactRecord?, _ after: ContactRecord?, uuid: String
  ) -> [Words] {
    var lines: [Words] = []
    func value(_ subject: String, _ old: String?, _ new: String?) {
      guard old != new else { return }
      lines.append("    \(subject)  \(shown(old, subject)) → \(shown(new, subject))")
    }
    func items(_ subject: String, _ old: [String], _ new: [String]) {
      for item in new where !old.contains(item) {
        lines.append("    \(subject)  + \(entry(item, subject))")
      }
      for item in old where !new.contains(item) {
        lines.append("    \(subject)  − \(entry(item, subject))")
      }
    }
    guard let after else { return ["  - \(name(of: before, uuid))"] }
    value("name", before?.name, after.name)
    value("language", before?.language, after.language)
    value("status", before?.status ?? "active", after.status)
    let keys = (before?.fields ?? []).map(\.key) + after.fields.map(\.key)
    var seen: Set<String> = []
    for key in keys.sorted() where seen.insert(key).inserted {
      value(key, before?.value(of: key), after.value(of: key))
    }
    items("groups", (before?.groups ?? []).sorted(), after.groups.sorted())
    items("urns", before?.urns ?? [], after.urns)
    guard before == nil || !lines.isEmpty else { return [] }
    return ["  \(before == nil ? "+" : "~") \(name(of: after, uuid))"] + lines
  }

  private func name(of contact: ContactRecord?, _ uuid: String) -> Words {
    if let given = test.contacts.first(where: { $0.uuid == uuid }) { return "\(given.name.text)" }
    return contact?.urns.first.map { "\(contact: $0)" } ?? "a contact"
  }

  private func shown(_ value: String?, _ subject: String) -> Words {
    value.map { "\"\(value: $0, of: subject)\"" } ?? "none"
  }

  private func entry(_ item: String, _ subject: String) -> Words {
    subject == "urns" ? "\(contact: item)" : "\(item)"
  }
}
