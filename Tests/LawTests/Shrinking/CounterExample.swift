import Contacts
import Execution
import Foundation

/// A case that breaks the law, as files that show it again.
struct CounterExample: CustomStringConvertible {
  let example: LawCase
  let folder: URL
  let difference: String

  /// Writes the files into a folder of their own below `place`.
  init(
    _ example: LawCase, expected: CaseResult, planned: CaseResult, in place: URL
  ) async throws {
    self.example = example
    folder = place.appending(path: "regra-law-\(example.knowledge)-\(example.seed)")
    let common = Set(expected.state).intersection(planned.state)
    difference =
      (expected.state.filter { !common.contains($0) }.map { "  one at a time: \($0)" }
      + planned.state.filter { !common.contains($0) }.map { "  planned:       \($0)" })
      .joined(separator: "\n")
    let files = FileManager.default
    try? files.removeItem(at: folder)
    try files.createDirectory(
      at: folder.appending(path: "rules"), withIntermediateDirectories: true)
    for (number, text) in example.ruleTexts.enumerated() {
      try write(Array(text.utf8), "rules/\(number).yaml")
    }
    try write(Array(example.eventsText.utf8), "events.ndjson")
    try write(Array(example.stateText.utf8), "state.json")
    let snapshot = try await SnapshotFiles(for: example)
    try write(snapshot.contacts, "contacts.ndjson")
    try write(snapshot.inventory, "inventory.json")
    try write(expected.calls, "calls-one-at-a-time.ndjson")
    try write(planned.calls, "calls-planned.ndjson")
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  var description: String {
    let run =
      "regra run \(folder.path)/rules \(folder.path)/events.ndjson "
      + "--dialect \(example.dialect.rawValue) --now 2026-03-02T09:00:00-03:00 --allow-urn-moves"
    return """
      seed \(example.seed), known: \(example.knowledge), breaks the law; in \(folder.path) is what is left of it:
      \(difference)
        \(run) --window \(example.window)\(knowledge)
        \(run) --merge off
        regra simulate --state \(folder.path)/state.json --no-quotas
      """
  }

  /// The flags that tell a run what the failed one was told.
  private var knowledge: String {
    let contacts = " --contacts \(folder.path)/contacts.ndjson"
    let all = "\(contacts) --inventory \(folder.path)/inventory.json"
    return switch example.knowledge {
    case .none: ""
    case .contacts: contacts
    case .complete: "\(all) --all-contacts"
    case .stale: "\(all) --contacts-as-of 2020-01-01T00:00:00Z"
    case .fresh, .partly: all
    }
  }
}
