import Contacts
package import Engine
package import Execution
package import Planning
package import Plans
package import Simulator

/// An event of a rehearsal.
package struct RehearsalEvent: Sendable {
  /// Its JSON.
  package var text: [UInt8]
  /// Where it was read, from one.
  package var line: Int
  /// What the run's clock shows when it comes, nanoseconds since 1970; absent: as before.
  package var now: Int64?

  package init(_ text: [UInt8], line: Int, now: Int64? = nil) {
    self.text = text
    self.line = line
    self.now = now
  }

  /// The lines of an NDJSON text that are not empty.
  package static func lines(of text: [UInt8]) -> [RehearsalEvent] {
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        ? nil : RehearsalEvent(Array(line), line: index + 1)
    }
  }
}

/// How events are rehearsed.
package struct RehearsalOptions: Sendable {
  /// Whether planning is told nothing of the contacts.
  package var isBlind = false
  /// How many events a window merges; absent: all until the clock moves.
  package var windowLimit: Int?
  /// Whether a URN may be taken from a contact that is known to have it.
  package var allowsURNMoves = false
  /// What befalls the calls of the windows.
  package var faults = FaultPlan()
  /// The longest event that is read.
  package var byteLimit = 16 << 20

  package init() {}
}

/// What a stream of events does to a workspace: event by event, and window by window as a run sends it.
///
/// Each event's changes are those of a server that gets the calls of this event alone; the windows'
/// calls go to another one like it. In the end both have the same contacts, as merging promises.
package struct Rehearsal: Sendable {
  package let rules: TracedRules
  package let events: [RehearsalEvent]
  package internal(set) var steps: [Step] = []
  package internal(set) var windows: [Window] = []
  /// Everybody, before the first event and behind the last window.
  package internal(set) var before: [ContactRecord] = []
  package internal(set) var after: [ContactRecord] = []
  /// What the run counted.
  package internal(set) var statistics = Statistics()
  /// Why a guard stopped the run; what comes behind was not sent.
  package internal(set) var objection: String?
  /// Why some guards could not be judged.
  package internal(set) var unjudgedGuards: [String] = []

  /// What one event did.
  package struct Step: Sendable {
    /// Index in ``Rehearsal/windows``; of an event behind a stop that of the last one.
    package var window: Int
    /// The run's clock.
    package var now: Int64
    package var outcomes: EventOutcomes
    /// Whether an earlier event was the same, so that nothing was done.
    package var isRepeat = false
    /// Contacts that are different behind it.
    package var changes: [ContactChange] = []
    package var setAside: [Refused] = []
    /// What the rules could see of the contacts they read, by the number of the rule.
    var views: [Int: ContactView] = [:]
  }

  /// A write that was set aside.
  package struct Refused: Sendable, Hashable {
    /// Index in the ruleset's rules; absent where `ensure` asked.
    package var rule: Int?
    package var reason: String
  }

  /// Events whose changes were sent together.
  package struct Window: Sendable {
    /// Indices of its events.
    package var steps: Range<Int>
    package var calls: [Call] = []
    /// The calls as a run prints them, one a line.
    package var lines: [UInt8] = []
    /// Of each call, as far as they were sent.
    package var outcomes: [CallOutcome] = []
    /// What the server did not accept.
    package var setAside: [SetAside] = []
    /// What planning found impossible.
    package var refused: [RefusedWrite] = []
    package var counts = CallCounts()
    /// Contact by contact what is planned, with what was overwritten.
    package var contacts: [ContactDiff] = []
    /// How the calls for group changes are proved to be few.
    package var proofs: [MembershipProof] = []
    /// Why a guard forbids it: nothing of it was sent.
    package var objection: String?
  }

  /// What every rule made of an event, line by line.
  package func trace(of step: Int) -> EventTrace {
    var tracer = Tracer(rules)
    return trace(of: step, by: &tracer)
  }

  /// The same for many events, with one tracer.
  package func trace(of step: Int, by tracer: inout Tracer) -> EventTrace {
    tracer.trace(events[step].text, now: steps[step].now, knowing: steps[step].views)
  }

  /// What one rule made of an event.
  package func trace(of rule: Int, in step: Int) -> RuleTrace? {
    var tracer = Tracer(rules)
    return tracer.trace(
      of: rule, events[step].text, now: steps[step].now, knowing: steps[step].views[rule])
  }

  /// Why a rule did not fire for an event, and what change of the event makes it fire.
  package func whyNot(
    _ rule: Int, in step: Int, samples: SampleValues = SampleValues()
  ) -> WhyNot {
    WhyNot(
      rule, events[step].text, with: rules, now: steps[step].now,
      knowing: steps[step].views[rule], samples: samples)
  }
}
