import Contacts
import Diagnostics
import Knowledge
import Rulesets
import Samples

/// Everything wrong with rules, also against samples of events: each line of them stands for twenty.
func ruleProblems(
  _ sources: [SourceText], inventory: Inventory?, samples: String?
) -> [Diagnostic] {
  guard let samples else {
    return Ruleset.check(sources, profile: .weni, inventory: inventory).diagnostics
  }
  return Ruleset.check(sources, profile: .weni, inventory: inventory) { ruleset, found in
    let isBroken = found.contains { $0.severity == .error }
    var sampler = Sampler(ruleset, isBroken ? .broken : .sound, profile: .weni, byteLimit: 1 << 20)
    for event in samples.split(separator: "\n") {
      let bytes = Array(event.utf8)
      let padded = bytes + [UInt8](repeating: 0, count: 64)
      padded.withUnsafeBytes { raw in
        for _ in 0..<20 {
          _ = sampler.add(UnsafeRawBufferPointer(rebasing: raw[..<bytes.count]), now: 0)
        }
      }
    }
    var checker = FactChecker(ruleset, sources, sampler.evidence, beside: found)
    return checker.check()
  }.diagnostics
}
