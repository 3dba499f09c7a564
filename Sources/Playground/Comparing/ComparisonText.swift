package import Diagnostics
import Planning

/// A comparison for people, in their language: guards first, then contacts, then calls rule by rule.
package struct ComparisonText {
  private let comparison: Comparison
  private let titles: (old: String, new: String)
  private let known: String
  private let limit: Int
  private let veil: Veil
  private let language: Language
  private let parts: DifferenceText

  /// The text of a comparison.
  ///
  /// - Parameters:
  ///   - comparison: what is shown.
  ///   - titles: what people call the two rulesets.
  ///   - known: what is known of contacts, in words.
  ///   - limit: how many contacts of a kind are shown; of deletions all are.
  ///   - veil: what becomes of personal data.
  ///   - language: whose sentences these are.
  package init(
    _ comparison: Comparison, titles: (old: String, new: String), known: String, limit: Int,
    veil: Veil, language: Language = .english
  ) {
    self.comparison = comparison
    self.titles = titles
    self.known = known
    self.limit = limit
    self.veil = veil
    self.language = language
    parts = DifferenceText(veil: veil, cover: comparison.cover(veil))
  }

  package var lines: [String] {
    var lines = head + [""] + guards
    guard !comparison.isNothing else {
      return lines + wrapped("no difference: every contact ends the same, by the same calls")
    }
    lines += contacts
    if !comparison.contacts.isEmpty { lines.append("") }
    return lines + rules + [""] + totals
  }

  private func said(_ english: String) -> String { language.told(english) }

  private func wrapped(_ english: String, indent: Int = 0) -> [String] {
    Columns.wrap([said(english)], indent: indent)
  }

  private var head: [String] {
    let (old, new) = (comparison.old.rules.rules.count, comparison.new.rules.rules.count)
    return Columns.wrap(
      [
        "\(titles.old) → \(titles.new)", said(counted(comparison.eventCount, "event")),
        said("\(grouped(old)) → \(counted(new, "rule"))"), said(known), said("nothing was sent"),
      ], by: " · ", indent: 2)
  }

  // What would stop a run.

  private var guards: [String] {
    var sentences: [String] = []
    for side in Comparison.Side.allCases {
      guard let objection = comparison[side].objection else { continue }
      let other = comparison[side.other].objection == nil ? "" : " too"
      sentences.append("stops a run of the \(side.rawValue) rules\(other): \(objection)")
    }
    let isStopped = !sentences.isEmpty
    if isStopped { sentences.append("what follows is as if no guard had stopped anything") }
    let (old, new) = (comparison.old.unjudgedGuards, comparison.new.unjudgedGuards)
    sentences += old.map { new.contains($0) ? $0 : "of the old rules: \($0)" }
    sentences += new.filter { !old.contains($0) }.map { "of the new rules: \($0)" }
    guard !sentences.isEmpty else { return [] }
    return sentences.flatMap { labelled("guard", $0) } + [""]
  }

  /// A line of a label and a sentence, which goes on below itself.
  private func labelled(_ label: String, _ sentence: String) -> [String] {
    Columns.labelled(said(Columns.pad(label, 10) + sentence))
  }

  // Contacts.

  private var contacts: [String] {
    section("- delete", .deleted(.new), "with the new rules alone", of: .max)
      + section("- delete", .deleted(.old), "with the old rules alone", of: .max)
      + section("+ create", .made(.new), "with the new rules alone", of: limit)
      + section("+ create", .made(.old), "with the old rules alone", of: limit)
      + section("~ change", .changed, "that ends differently", of: limit)
  }

  private func section(
    _ verb: String, _ kind: Comparison.Contact.Kind, _ words: String, of limit: Int
  ) -> [String] {
    let contacts = comparison.contacts(kind)
    guard !contacts.isEmpty else { return [] }
    let ending =
      kind == .changed ? (contacts.count == 1 ? words : "that end differently") : words
    let noun = contacts.count == 1 ? "contact" : "contacts"
    var lines = [said("\(verb)\(Columns.right(grouped(contacts.count), 7)) \(noun) \(ending)")]
    for contact in contacts.prefix(limit) { lines += self.lines(contact) }
    if contacts.count > limit {
      lines.append("    " + said("and \(grouped(contacts.count - limit)) more (--all shows them)"))
    }
    return lines
  }

  private func lines(_ contact: Comparison.Contact) -> [String] {
    var lines = columns("    " + veil.contact(contact.name), contact.origins)
    guard contact.kind == .changed || isMade(contact) else { return lines }
    // A contact that was made has the URN it is called by.
    let shown = contact.parts.filter { part in
      contact.kind == .changed || part.difference.subject != .urn
        || (part.difference.new ?? part.difference.old) != contact.name
    }
    let width = min(24, shown.map(\.difference.word.count).max() ?? 0)
    var last = ""
    for part in shown {
      let word = part.difference.word == last ? "" : part.difference.word
      last = part.difference.word
      // Who made a contact wrote all of it.
      lines += columns(
        said("      \(Columns.pad(word, width)) \(parts.words(part.difference))"),
        isMade(contact) ? Comparison.Origins() : part.origins)
    }
    return lines
  }

  private func isMade(_ contact: Comparison.Contact) -> Bool {
    if case .made = contact.kind { true } else { false }
  }

  /// A line with the rules of each side that asked at its right end.
  private func columns(_ start: String, _ origins: Comparison.Origins) -> [String] {
    let words = Comparison.Side.allCases.compactMap { side in
      origins[side].flatMap { origin(of: $0, side) }.map { said("\(side.rawValue): \($0)") }
    }
    guard let first = words.first else { return Columns.line(start, right: "") }
    return Columns.line(start, right: first, indent: 8)
      + words.dropFirst().map { Columns.right($0, Columns.width) }
  }

  private func origin(of origin: Comparison.Origin, _ side: Comparison.Side) -> String? {
    let rules = comparison[side].rules.rules
    guard rules.indices.contains(origin.rule) else { return nil }
    let rule = rules[origin.rule]
    return Columns.cut("\(rule.id)  \(rule.shortPath):\(rule.line)", Columns.width - 12)
  }

  // Calls.

  private static let columns = [7, 8, 9, 7]
  private static let nameWidth = Columns.width - columns.reduce(0, +)

  private func row(_ name: String, _ counts: [String]) -> String {
    Columns.pad(Columns.cut(name, Self.nameWidth), Self.nameWidth)
      + zip(counts, Self.columns).map { Columns.right($0, $1) }.joined()
  }

  private var rules: [String] {
    let different = comparison.rules.filter { !$0.calls.isNothing }
    var lines = [said(row("calls by rule", ["same", "changed", "lost", "gained"]))]
    for rule in different {
      let calls = rule.calls
      lines.append(
        row(
          title(of: rule),
          [calls.same, calls.changed, calls.lost, calls.gained].map { grouped($0) }))
    }
    let others = comparison.rules.count - different.count
    if others > 0 {
      let words =
        others == 1
        ? "1 rule asks for the same calls" : "\(grouped(others)) rules ask for the same calls"
      lines.append("  " + said(words))
    }
    return lines
  }

  /// `+` is a rule that is new, `-` one that is gone.
  private func title(of rule: Comparison.RuleDifference) -> String {
    guard rule.id != CallTally.ensure else { return "  ensure" }
    let sign = rule.old == nil ? "+" : rule.new == nil ? "-" : " "
    let side: Comparison.Side = rule.new == nil ? .old : .new
    let outlines = comparison[side].rules.rules
    guard let outline = (rule.new ?? rule.old).map({ outlines[$0] }) else { return rule.id }
    return "\(sign) \(rule.id)  \(outline.shortPath):\(outline.line)"
  }

  private var totals: [String] {
    func pair(_ value: (Comparison.Half) -> Int) -> String {
      "\(grouped(value(comparison.old))) → \(grouped(value(comparison.new)))"
    }
    let calls = comparison.calls
    let counts = [
      (calls.same, "the same"), (calls.changed, "changed"), (calls.lost, "lost"),
      (calls.gained, "gained"),
    ].map { "\(grouped($0.0)) \($0.1)" }
    var lines =
      labelled("contacts", "\(pair(\.contactCount)) in the end")
      + labelled("calls", pair(\.calls.total))
      // A call in bulk is about many.
      + labelled("", "contact by contact: \(counts.joined(separator: " · "))")
    if comparison.old.setAsideCount + comparison.new.setAsideCount > 0 {
      lines += labelled("set aside", pair(\.setAsideCount))
    }
    if comparison.problemCount > 0 {
      lines += labelled(
        "notices", counted(comparison.problemCount, "line is no event", "lines are no events"))
    }
    return lines
  }
}

extension Comparison {
  /// Covers parts of contacts: what either ruleset fills with somebody's data is personal.
  func cover(_ veil: Veil) -> (String, ContactDifference.Subject) -> String {
    let (old, new) = (old.rules.cover(veil), new.rules.cover(veil))
    return { value, subject in
      let covered = old(value, subject)
      if case .field(let key) = subject, self.new.rules.personalFields.contains(key) {
        return new(value, subject)
      }
      return covered
    }
  }
}
