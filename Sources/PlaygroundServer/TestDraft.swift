import CEL
import Contacts
import Diagnostics
import Playground
import Simulator

/// A rule test that says what an event does, for the file of tests beside the rules.
///
/// It is true: what it expects is what the rules made of its stand-ins.
struct TestDraft {
  private let scene: StandInScene
  private let rehearsal: Rehearsal
  private let rulePath: String
  private let now: Int64

  /// Nothing where the event's contacts cannot be set up again.
  init?(_ rehearsal: Rehearsal, step: Int, _ dialect: Dialect, _ veil: Veil) async {
    now = rehearsal.steps[step].now
    let fired = rehearsal.steps[step].outcomes.fired
    scene = StandInScene(
      rehearsal, step..<step + 1, contacts: rehearsal.concerned(in: step), veil)
    guard let found = await scene.rehearsal(dialect, now: now) else { return nil }
    self.rehearsal = found
    rulePath =
      fired.first.map { rehearsal.rules.rules[$0].path } ?? rehearsal.rules.sources.first?.path
      ?? "rules.yaml"
    agrees = found.steps.first?.outcomes.fired == fired
  }

  /// Whether the same rules fire as for the event itself.
  let agrees: Bool

  /// The file in which it belongs.
  var path: String {
    (rulePath.hasSuffix(".yaml") ? String(rulePath.dropLast(5)) : rulePath) + ".test.yaml"
  }

  var text: String {
    guard let step = rehearsal.steps.first, let event = scene.events.first else { return "" }
    let ids = rehearsal.rules.rules.map(\.id)
    let fired = step.outcomes.fired.map { ids[$0] }
    let names = Dictionary(
      scene.contacts.enumerated().map { ($1.uuid, "contact\($0 + 1)") },
      uniquingKeysWith: { first, _ in first })
    var lines = [
      "  - name: \(Self.written("\(event.line): \(fired.isEmpty ? "no rule fires" : "fires " + fired.joined(separator: ", "))"))",
      "    now: \(Self.time(now))",
    ]
    if !scene.listed.isEmpty {
      lines.append("    contacts:")
      for (record, listed) in zip(scene.contacts, scene.listed) {
        lines.append("      \(names[record.uuid] ?? record.uuid): \(Self.given(listed))")
      }
    }
    lines += [
      "    events:", "      - \(String(decoding: event.text, as: UTF8.self))", "    expect:",
      "      fired: [\(fired.map(Self.written).joined(separator: ", "))]",
    ]
    let unknown = step.outcomes.unknown.map { "\(Self.written(ids[$0])): unknown" }
    if !unknown.isEmpty { lines.append("      not_fired: {\(unknown.joined(separator: ", "))}") }
    if !step.changes.isEmpty {
      lines.append("      contacts:")
      for change in step.changes {
        let name = names[change.uuid] ?? Self.written(change.name)
        lines.append("        \(name): \(Self.expected(change))")
      }
    }
    // How many calls there are also hangs on what is known of the workspace.
    if rehearsal.windows.allSatisfy(\.calls.isEmpty) { lines.append("      calls: none") }
    if !step.setAside.isEmpty { lines.append("      set_aside: \(step.setAside.count)") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A contact as a test gives it.
  private static func given(_ listed: Literal) -> String {
    let entries = (listed.entries ?? []).compactMap { key, value -> (String, Literal)? in
      switch key {
      case "uuid": return nil
      case "groups":
        let names = (value.items ?? []).compactMap { $0["name"] }
        return names.isEmpty ? nil : (key, .list(names))
      case "fields": return value.entries?.isEmpty ?? true ? nil : (key, value)
      default: return (key, value)
      }
    }
    return json(.object(entries))
  }

  /// What is different behind the event.
  private static func expected(_ change: ContactChange) -> String {
    guard let after = change.after else { return "absent" }
    var entries: [(key: String, value: Literal)] = []
    var fields: [(key: String, value: Literal)] = []
    for difference in change.differences {
      switch difference.subject {
      case .name: entries.append(("name", difference.new.map { .string($0) } ?? .string("absent")))
      case .language:
        entries.append(("language", difference.new.map { .string($0) } ?? .string("absent")))
      case .status: entries.append(("status", .string(after.status)))
      case .field(let key):
        fields.append((key, difference.new.map { .string($0) } ?? .string("absent")))
      case .group, .urn, .preferredURN: continue
      }
    }
    if !fields.isEmpty { entries.append(("fields", .object(fields))) }
    for (key, subject) in [("groups", ContactDifference.Subject.group), ("urns", .urn)] {
      let parts = change.differences.filter { $0.subject == subject }
      let lists = [("has", parts.compactMap(\.new)), ("has_not", parts.compactMap(\.old))]
        .filter { !$0.1.isEmpty }.map { (key: $0.0, value: Literal.texts($0.1)) }
      if !lists.isEmpty { entries.append((key, .object(lists))) }
    }
    return entries.isEmpty ? "present" : json(.object(entries))
  }

  private static func json(_ value: Literal) -> String {
    var coder = JSONCoder()
    return String(decoding: coder.bytes(of: value), as: UTF8.self)
  }

  private static func time(_ nanoseconds: Int64) -> String {
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    let text = json(.timestamp(seconds: seconds, nanoseconds: UInt32(max(0, rest))))
    return text.filter { $0 != "\"" }
  }

  /// A text as YAML writes it, in quotes where it must have them.
  private static func written(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter ?? false
      && text.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
    return isPlain ? text : json(.string(text))
  }
}
