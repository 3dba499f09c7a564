import Diagnostics
import Engine
import Planning
import Plans
import Streams

/// A plan as people read it.
struct PlanText {
  let overview: PlanOverview
  let privacy: Summary.Privacy
  /// How many contacts are shown that are made or changed; deletions all are.
  let limit: Int
  /// Whose sentences these are where they go on in a further line.
  let language: Language

  init(
    _ overview: PlanOverview, privacy: Summary.Privacy, limit: Int, language: Language = .english
  ) {
    self.overview = overview
    self.privacy = privacy
    self.limit = limit
    self.language = language
  }

  var text: String {
    let lines = [headline, ""] + deletes + creates + changes + conflicts + calls + guards
    return lines.map { $0 + "\n" }.joined()
  }

  private var headline: String {
    let report = overview.report
    let rules = report.statistics.rules.count(where: \.isEnabled)
    return "\(counted(report.statistics.eventCount, "event")) · \(counted(rules, "rule"))"
      + " · nothing was sent · \(overview.words)"
  }

  private func contacts(_ kind: ContactDiff.Kind) -> [ContactDiff] {
    overview.recorder.contacts.filter { $0.kind == kind }
  }

  private var deletes: [String] {
    let contacts = contacts(.delete)
    guard !contacts.isEmpty else { return [] }
    return ["- delete  \(right(contacts.count)) \(noun(contacts.count))"]
      + contacts.flatMap { contact in
        wrapped(
          "    " + name(contact.key), 26,
          contact.lines.first.map { origin($0.rule, $0.event) } ?? [])
      }
  }

  private var creates: [String] {
    let contacts = contacts(.create)
    let fields = overview.recorder.newFieldCount
    let groups = overview.recorder.newGroupCount
    guard !contacts.isEmpty || fields + groups > 0 else { return [] }
    var head = "+ create  \(right(contacts.count)) \(noun(contacts.count))"
    if fields > 0 { head += " · \(counted(fields, "field"))" }
    if groups > 0 { head += " · \(counted(groups, "group"))" }
    return [head] + list(contacts)
  }

  private var changes: [String] {
    let contacts = contacts(.change)
    guard !contacts.isEmpty else { return [] }
    let head = "~ change  \(right(contacts.count)) \(noun(contacts.count))"
    return [head + (overview.isBlind ? " (made first where they are not there)" : "")]
      + list(contacts)
  }

  private func list(_ contacts: [ContactDiff]) -> [String] {
    var lines = contacts.prefix(limit).flatMap { contact in
      ["    " + name(contact.key)] + diff(contact)
    }
    if contacts.count > limit {
      lines.append("    and \(grouped(contacts.count - limit)) more (--all shows them)")
    }
    return lines
  }

  private func diff(_ contact: ContactDiff) -> [String] {
    var lines: [String] = []
    var last = ""
    for line in contact.lines {
      let subject = line.subject == last ? "" : line.subject
      last = line.subject
      lines += wrapped(
        "      \(pad(subject, 12)) \(change(line))", 46, origin(line.rule, line.event))
      for old in line.overwritten {
        let value = old.value.isEmpty ? "" : ": " + quoted(old.value, of: line.subject)
        lines += wrapped(
          "      \(pad("", 12)) overwritten\(value)", 46,
          [overview.rule(old.rule), shown(old.event)])
      }
    }
    return lines
  }

  /// Who asked for a change.
  private func origin(_ rule: Int, _ event: String) -> [String] {
    [overview.rule(rule), String(overview.shortPlace(rule)), shown(event)]
  }

  private static let width = 80

  /// A line with its last columns from a place on, or as many in each line as there is room for.
  private func wrapped(_ start: String, _ place: Int, _ columns: [String]) -> [String] {
    let whole = pad(start, place) + " " + columns.joined(separator: "  ")
    if whole.count <= Self.width { return [whole] }
    var pieces = [start]
    if start.count > Self.width, let arrow = start.firstRange(of: " → ") {
      pieces = [String(start[..<arrow.lowerBound]), "→ \(start[arrow.upperBound...])"]
    }
    return broken(pieces + columns, by: "  ", indent: 10)
  }

  /// Pieces side by side, in lines of at most 80 columns where each piece allows it.
  private func broken(_ pieces: [String], by separator: String, indent: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for piece in pieces {
      if !line.isEmpty, line.count + separator.count + piece.count > Self.width {
        lines.append(line)
        line = pad("", indent) + piece
      } else {
        line += line.isEmpty ? piece : separator + piece
      }
    }
    return lines + [line]
  }

  private func change(_ line: ContactDiff.Line) -> String {
    if let sign = line.sign { return "\(sign.rawValue) \(masked(line.new ?? ""))" }
    switch line.subject {
    case "groups", "urns", "status", "contact": return line.new ?? ""
    default: break
    }
    let new = line.new.map { quoted($0, of: line.subject) } ?? "cleared"
    guard line.isOldKnown else { return "→ \(new)" }
    return "\(line.old.map { quoted($0, of: line.subject) } ?? "none") → \(new)"
  }

  /// URNs of other contacts: whose they are, and what becomes of them.
  private var conflicts: [String] {
    let moves = overview.recorder.moves
    let refused = overview.report.statistics.conflicts
    return conflicts(moves, "URN taken from its contact", "URNs taken from their contacts")
      + conflicts(
        refused, "URN of another contact, set aside (--allow-urn-moves takes it)",
        "URNs of other contacts, set aside (--allow-urn-moves takes them)")
  }

  private func conflicts(
    _ list: [Statistics.URNConflict], _ one: String, _ many: String
  ) -> [String] {
    guard !list.isEmpty else { return [] }
    var lines = ["! urns    \(right(list.count)) \(list.count == 1 ? one : many)"]
    for conflict in list.prefix(limit) {
      lines += wrapped(
        "    \(name(conflict.urn)) of \(name(conflict.owner)) for \(name(conflict.contact))", 46,
        origin(conflict.rule, conflict.event))
      if overview.isNamed(by: conflict.urn) {
        lines.append("      also names a contact that this plan changes: whoever has it then")
      }
    }
    if list.count > limit {
      lines.append("    and \(grouped(list.count - limit)) more (--all shows them)")
    }
    return lines
  }

  private var calls: [String] {
    let calls = overview.report.calls
    let parts = [
      (overview.count(of: .create), "create"),
      (calls.posts - overview.count(of: .create), "update"),
      (calls.lookups, "look-up"), (calls.groups, "group"), (calls.statuses, "status"),
      (calls.deletes, "delete"), (calls.workspace, "field or group"),
    ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    var lines = broken(
      ["calls    \(grouped(calls.total))\(detail)", overview.proof], by: " · ", indent: 9)
    if calls.naive > calls.total {
      lines.append("         one call per write would be \(grouped(calls.naive))")
    }
    if calls.unchanged > 0 {
      lines.append("         \(counted(calls.unchanged, "write")) would change nothing")
    }
    lines.append(
      "quota    \(grouped(overview.contactCalls)) of \(grouped(PlanOverview.quota)) contact calls "
        + "per hour · \(grouped(overview.otherCalls)) of \(grouped(PlanOverview.quota)) others")
    lines.append("time     about \(duration(overview.seconds))")
    return lines
  }

  /// Guards that hold need no line of their own.
  private var guards: [String] {
    guard !overview.guards.isEmpty else { return [] }
    let objections = overview.guards.objections
    guard !objections.isEmpty else { return ["guards   all hold"] }
    return objections.enumerated().flatMap { index, sentence in
      let text = language.told((index == 0 ? "guards   " : "         ") + sentence)
      let words = text.dropFirst(9).split(separator: " ").map(String.init)
      return broken(
        [text.prefix(9) + (words.first ?? "")] + words.dropFirst(), by: " ", indent: 9)
    } + ["         `regra apply` refuses this plan"]
  }

  private func duration(_ seconds: Int) -> String {
    if seconds >= 3_600 { return "\(seconds / 3_600) h \(seconds / 60 % 60) min" }
    return seconds >= 60 ? "\(seconds / 60) min" : "\(max(1, seconds)) s"
  }

  // Words.

  private func noun(_ count: Int) -> String { count == 1 ? "contact" : "contacts" }

  private func right(_ count: Int) -> String {
    let digits = grouped(count)
    return String(repeating: " ", count: max(0, 6 - digits.count)) + digits
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func name(_ key: String) -> String {
    privacy == .masked ? Mask.shown(contact: key) : key
  }

  private func masked(_ text: String) -> String {
    privacy == .revealed ? text : Mask.masked(text)
  }

  private func quoted(_ value: String, of subject: String) -> String {
    let shown = privacy == .revealed ? value : Mask.masked(value, of: subject)
    let short = shown.count > 40 ? shown.prefix(39) + "…" : shown[...]
    return "\"\(short.replacing("\n", with: "⏎"))\""
  }

  /// Events are looked up by their ids: only an address in one is masked.
  private func shown(_ event: String) -> String {
    event.contains("@") ? masked(event) : event
  }
}
