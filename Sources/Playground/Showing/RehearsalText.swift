package import Diagnostics
import Execution
import Planning
import Plans

/// A rehearsal for people: what came of it first, then event by event.
package struct RehearsalText {
  package enum Events: Sendable {
    /// The first that did something.
    case first(Int)
    case all
    /// These, with every line of every rule.
    case some([Int])
  }

  private let rehearsal: Rehearsal
  private let title: String
  private let veil: Veil
  private let figures: RehearsalFigures
  private let showsCalls: Bool
  private let language: Language

  /// The text of a rehearsal.
  ///
  /// - Parameters:
  ///   - rehearsal: what is shown.
  ///   - title: what people call it.
  ///   - showsCalls: whether every call is listed.
  ///   - veil: what becomes of personal data.
  ///   - language: whose sentences these are where they go on in a further line.
  package init(
    _ rehearsal: Rehearsal, title: String, showsCalls: Bool, veil: Veil,
    language: Language = .english
  ) {
    self.rehearsal = rehearsal
    self.title = title
    self.veil = veil
    self.showsCalls = showsCalls
    self.language = language
    figures = RehearsalFigures(rehearsal)
  }

  package func lines(_ events: Events) -> [String] {
    switch events {
    case .some(let steps): return self.steps(steps, .full)
    case .all: return summary + [""] + self.steps(Array(rehearsal.steps.indices), .brief)
    case .first(let limit):
      let active = rehearsal.steps.indices.filter { rehearsal.steps[$0].isActive }
      let shown = Array(active.prefix(limit))
      return summary + heading(shown: shown.count, active.count) + self.steps(shown, .brief)
    }
  }

  private func heading(shown: Int, _ active: Int) -> [String] {
    let all = rehearsal.steps.count
    guard active > 0 else { return [] }
    guard shown < all else { return [""] }
    let words =
      shown < active
      ? "the first \(shown) of \(grouped(active)) events that did something"
      : "\(counted(active, "event")) that did something"
    return [
      "", "\(words), of \(grouped(all)) in all",
      "(--all shows every one, --event LINE one in full)", "",
    ]
  }

  private func steps(_ steps: [Int], _ detail: StepText.Detail) -> [String] {
    let text = StepText(rehearsal, veil: veil)
    var tracer = Tracer(rehearsal.rules)
    var lines: [String] = []
    for step in steps {
      if !lines.isEmpty { lines.append("") }
      lines += text.lines(step, rehearsal.trace(of: step, by: &tracer), detail)
    }
    return lines
  }

  /// What came of it all.
  package var summary: [String] {
    head + [""] + rules + [""] + contacts + calls + setAside + notices
  }

  private var head: [String] {
    Columns.wrap(
      [
        title, counted(rehearsal.events.count, "event"),
        counted(rehearsal.rules.rules.count, "rule"),
        counted(rehearsal.before.count, "contact"), "nothing was sent",
      ], by: " · ", indent: 2)
  }

  private var rules: [String] {
    let columns = [6, 6, 8]
    func row(_ name: String, _ counts: [String]) -> String {
      Columns.pad(Columns.cut(name, 58), 58)
        + zip(counts, columns).map { Columns.right($0, $1) }.joined()
    }
    var lines = [row("rules", ["fired", "false", "unknown"])]
    for (number, rule) in rehearsal.rules.rules.enumerated() {
      let count = figures.rules[number]
      guard rule.isEnabled else {
        lines.append(Columns.cut("  ○ \(rule.id)  is switched off", Columns.width))
        continue
      }
      lines.append(
        row(
          "  \(rule.id)  \(rule.shortPath):\(rule.line)",
          [count.fired, count.isFalse, count.unknown].map { grouped($0) }))
      guard count.fired == 0 else { continue }
      lines += never(rule, count)
    }
    return lines
  }

  /// Why a rule never fired.
  private func never(_ rule: RuleOutline, _ count: RehearsalFigures.RuleCount) -> [String] {
    guard count.heard > 0 else { return ["      no event of its types came"] }
    guard let stopper = count.stoppers.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      let line = rule.allLines.first(where: { $0.number == stopper.key })
    else { return [] }
    return Columns.wrap(
      [
        "      stopped by line \(line.line) in \(grouped(stopper.value)) of "
          + "\(grouped(count.heard)):", line.text,
      ], indent: 8)
  }

  private var contacts: [String] {
    let parts = [
      ("made", figures.made), ("changed", figures.changed), ("deleted", figures.deleted),
    ].filter { $0.1 > 0 }.map { "\(grouped($0.1)) \($0.0)" }
    let words = parts.isEmpty ? ["none is different"] : parts
    return Columns.wrap(
      ["contacts  " + words[0]] + words.dropFirst()
        + ["\(counted(rehearsal.after.count, "contact")) in the end"], by: " · ", indent: 10)
  }

  private var calls: [String] {
    let counts = figures.calls
    let parts = [
      (counts.posts, "made or updated"), (counts.lookups, "look-up"), (counts.groups, "group"),
      (counts.statuses, "status"), (counts.deletes, "delete"),
      (counts.workspace, "field or group"),
    ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    let windows = counted(rehearsal.windows.count, "window")
    var lines = Columns.wrap(
      ["calls     \(grouped(counts.total)) in \(windows)"] + parts
        + (counts.naive > counts.total ? ["one per write: \(grouped(counts.naive))"] : []),
      by: " · ", indent: 10)
    if let objection = rehearsal.objection {
      lines += labelled("guard", "stops the run: \(objection)")
    }
    for sentence in rehearsal.unjudgedGuards {
      lines += labelled("guard", sentence)
    }
    return lines + (showsCalls ? callList : [])
  }

  private func labelled(_ label: String, _ sentence: String) -> [String] {
    Columns.labelled(language.told(Columns.pad(label, 10) + sentence))
  }

  private var callList: [String] {
    let text = CallText(veil: veil)
    return rehearsal.windows.enumerated().flatMap { number, window in
      let events =
        window.steps.count == 1
        ? "event \(window.steps.lowerBound + 1)"
        : "events \(window.steps.lowerBound + 1) to \(window.steps.upperBound)"
      return ["  window \(number + 1): \(events)"]
        + window.calls.enumerated().flatMap { index, call in
          let outcome = index < window.outcomes.count ? window.outcomes[index].problem : "not sent"
          return text.lines(call, outcome: outcome)
        }
    }
  }

  private static let setAsideLimit = 5

  private var setAside: [String] {
    let all = figures.setAside
    guard !all.isEmpty else { return [] }
    var lines = ["set aside \(grouped(all.reduce(0) { $0 + $1.count }))"]
    for item in all.prefix(Self.setAsideLimit) {
      let rule = item.rule.map { rehearsal.rules.rules[$0].id } ?? "ensure"
      lines += Columns.wrap(
        [
          language.told(
            Columns.right(grouped(item.count), 9) + " × \(rule): \(veil.text(item.reason))")
        ],
        indent: 12)
    }
    if all.count > Self.setAsideLimit {
      lines.append("          and for \(counted(all.count - Self.setAsideLimit, "reason")) more")
    }
    return lines
  }

  private var notices: [String] {
    let parts = [
      (figures.problems, "line is no event", "lines are no events"),
      (figures.repeats, "event came before", "events came before"),
      (
        figures.overwritten, "write overwritten by a later one",
        "writes overwritten by later ones"
      ),
    ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.0 == 1 ? $0.1 : $0.2)" }
    guard let first = parts.first else { return [] }
    return Columns.wrap(["notices   " + first] + parts.dropFirst(), by: " · ", indent: 10)
  }
}

extension Rehearsal.Step {
  /// Whether the event did anything, or should have.
  package var isActive: Bool {
    !changes.isEmpty || !setAside.isEmpty || outcomes.problem != nil
      || (!outcomes.fired.isEmpty && !isRepeat)
  }
}

extension CallOutcome {
  /// What went wrong with a call; nil where nothing did.
  var problem: String? {
    switch self {
    case .acknowledged(.refused): "refused"
    case .acknowledged: nil
    case .notSent: "not sent"
    case .unknown: "no answer"
    }
  }
}
