import Diagnostics
import Simulator

/// Walks through a rehearsal, one screen after the other, as keys ask for it.
package struct Stepper {
  package enum Key: Sendable, Hashable {
    case next, previous, first, last
    /// To the next or previous event that changes the same contact.
    case nextOfContact, previousOfContact
    /// Between the rules in brief and every line of them.
    case detail
    /// Calls of the window, and back.
    case calls
    case help
  }

  private enum Page { case event, calls, help }

  private let rehearsal: Rehearsal
  private let veil: Veil
  package private(set) var position = 0
  private var page = Page.event
  private var detail = StepText.Detail.brief
  /// The rule that was asked about, with the event of then.
  private var whyNot: Int?
  /// What the last key could not do.
  private var complaint: String?

  package init(_ rehearsal: Rehearsal, veil: Veil) {
    self.rehearsal = rehearsal
    self.veil = veil
  }

  package mutating func press(_ key: Key) {
    complaint = nil
    whyNot = nil
    let last = max(0, rehearsal.steps.count - 1)
    switch key {
    case .next: move(to: position + 1, or: "this is the last event")
    case .previous: move(to: position - 1, or: "this is the first event")
    case .first: move(to: 0, or: "")
    case .last: move(to: last, or: "")
    case .nextOfContact: moveAlong((position + 1)..<max(position + 1, rehearsal.steps.count))
    case .previousOfContact: moveAlong((0..<position).reversed())
    case .detail:
      page = .event
      detail = detail == .brief ? .full : .brief
    case .calls: page = page == .calls ? .event : .calls
    case .help: page = page == .help ? .event : .help
    }
  }

  private mutating func move(to step: Int, or words: String) {
    guard rehearsal.steps.indices.contains(step) else {
      complaint = words
      return
    }
    (position, page) = (step, .event)
  }

  private mutating func moveAlong(_ steps: some Sequence<Int>) {
    let people = Set(rehearsal.steps[position].changes.map(\.uuid))
    guard !people.isEmpty else {
      complaint = "this event changes no contact"
      return
    }
    let found = steps.first { step in
      rehearsal.steps[step].changes.contains { people.contains($0.uuid) }
    }
    move(to: found ?? -1, or: "no other event on this side changes the contact")
  }

  /// Goes to an event by its line, id or contact; what is typed may be a part.
  package mutating func find(_ text: String) {
    (complaint, whyNot) = (nil, nil)
    guard !text.isEmpty else { return }
    let all = Array(rehearsal.steps.indices)
    let order = Array(all[min(position + 1, all.count)...]) + all.prefix(position + 1)
    let found =
      Int(text).flatMap { line in rehearsal.events.firstIndex { $0.line == line } }
      ?? order.first { rehearsal.steps[$0].outcomes.id == text }
      ?? order.first { step in
        rehearsal.steps[step].outcomes.id.contains(text)
          || rehearsal.steps[step].changes.contains { names($0, text) }
      }
    move(to: found ?? -1, or: "nothing here is called \(text)")
  }

  /// Whether a contact is meant, by what is shown of it or by what it is.
  private func names(_ change: ContactChange, _ text: String) -> Bool {
    let urns = (change.before?.urns ?? []) + (change.after?.urns ?? [])
    return urns.contains { $0.contains(text) } || change.uuid == text
      || veil.contact(change.name).contains(text)
  }

  /// Shows every line of a rule for this event; a part of its id is enough.
  package mutating func explain(_ rule: String) {
    complaint = nil
    guard !rule.isEmpty else { return }
    let rules = rehearsal.rules.rules
    whyNot = rules.firstIndex { $0.id == rule } ?? rules.firstIndex { $0.id.contains(rule) }
    if whyNot == nil { complaint = "no rule is called \(rule)" } else { page = .event }
  }

  /// What stands on the screen now.
  package var screen: [String] {
    guard !rehearsal.steps.isEmpty else { return ["there are no events"] }
    var lines = ["event \(position + 1) of \(rehearsal.steps.count)", ""]
    switch page {
    case .help: lines += Self.help
    case .calls: lines += calls
    case .event: lines += event
    }
    if let complaint, !complaint.isEmpty { lines += ["", complaint] }
    return lines + [
      "", "n next · p previous · c contact · d detail · w why · / find · h help · q quit",
    ]
  }

  private var event: [String] {
    if let whyNot {
      // Values are best taken from the other events of the scenario.
      let samples = SampleValues(rehearsal.events, for: whyNot, of: rehearsal.rules)
      let why = rehearsal.whyNot(whyNot, in: position, samples: samples)
      return WhyNotText(rehearsal.rules, veil: veil).lines(why)
    }
    return StepText(rehearsal, veil: veil)
      .lines(position, rehearsal.trace(of: position), detail)
  }

  private var calls: [String] {
    let number = rehearsal.steps[position].window
    guard rehearsal.windows.indices.contains(number) else { return ["this window has no calls"] }
    let window = rehearsal.windows[number]
    let text = CallText(veil: veil)
    return ["window \(number + 1): \(counted(window.calls.count, "call"))"]
      + window.calls.enumerated().flatMap { index, call in
        text.lines(
          call, outcome: index < window.outcomes.count ? window.outcomes[index].problem : "not sent"
        )
      }
  }

  private static let help = [
    "n, blank, →    next event            p, ←   previous event",
    "g, G           first, last event     /      find a line, an id or a contact",
    "c, C           next, previous event of the same contact",
    "d              every line of the rules, or the rules in brief",
    "w              why a rule fired or did not: every line of it",
    "k              calls of the window", "h              this page             q      quit",
  ]
}
