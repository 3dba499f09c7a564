import Contacts
import Diagnostics
import Rulesets
import Samples

/// What samples say against rules, and what is wrong with them without.
func problems(_ sources: [SourceText], _ events: [String]) -> [Diagnostic] {
  Ruleset.check(sources, profile: .weni) { ruleset, found in
    let isBroken = found.contains { $0.severity == .error }
    var sampler = Sampler(ruleset, isBroken ? .broken : .sound, profile: .weni, byteLimit: 1 << 20)
    for event in events {
      withPadding(event) { _ = sampler.add($0, now: 1_772_452_800_000_000_000) }
    }
    var checker = FactChecker(ruleset, sources, sampler.evidence, beside: found)
    return checker.check()
  }.diagnostics
}

/// The same for many rules over the same events, which are looked at once.
struct KnownEvents: Sendable {
  private let events: [String]
  private let typings: [String]
  private let schema: SampleSchema

  init(_ events: [String], for ruleset: Ruleset) {
    self.events = events
    typings = ruleset.typings.map(\.label)
    schema = learn(events, ruleset.typings)
  }

  func problems(_ sources: [SourceText]) -> [Diagnostic] {
    Ruleset.check(sources, profile: .weni) { ruleset, found in
      let isKnown = ruleset.typings.map(\.label) == typings
      var evidence = SampleEvidence(isKnown ? schema : learn(events, ruleset.typings))
      if !found.contains(where: { $0.severity == .error }) {
        var counter = OutcomeCounter(ruleset, profile: .weni, byteLimit: 1 << 20)
        for event in events {
          withPadding(event) { counter.add($0, now: 1_772_452_800_000_000_000) }
        }
        evidence.outcomes = counter.outcomes
      }
      var checker = FactChecker(ruleset, sources, evidence, beside: found)
      return checker.check()
    }.diagnostics
  }
}

/// Calls `body` with the bytes of a text that has readable bytes behind.
func withPadding(_ text: String, _ body: (UnsafeRawBufferPointer) -> Void) {
  let bytes = Array(text.utf8)
  let padded = bytes + [UInt8](repeating: 0, count: 64)
  padded.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count])) }
}
