import Diagnostics
import Foundation
import Testing

@Suite("Planted mistakes")
struct PlantedMistakeTests {
  /// How many of each kind; `REGRA_PLANTED` says more.
  private static let wanted =
    ProcessInfo.processInfo.environment["REGRA_PLANTED"].flatMap { Int($0) } ?? 20
  private static let grounds = Field.all.compactMap { Ground($0) }

  @Test("rules that are right are not spoken against", arguments: Field.all)
  func originals(_ field: Field) {
    let found = problems(field.sources, field.events)
    #expect(found.map(\.message) == [], "\(field)")
  }

  @Test("nearly all of each kind are found, and what was meant", arguments: MistakeKind.allCases)
  func planted(_ kind: MistakeKind) {
    #expect(Self.grounds.count == Field.all.count)
    var found = 0
    var suggested = 0
    var missed: [String] = []
    var count = 0
    var seed: UInt64 = 0
    while count < Self.wanted, seed < UInt64(40 * Self.wanted) {
      seed += 1
      var planter = Planter(
        ground: Self.grounds[Int(seed) % Self.grounds.count],
        random: SeededRandom(seed: seed &* 7919))
      guard let mistake = planter.plant(kind) else { continue }
      count += 1
      let findings = mistake.findings(planter.ground.known)
      if !findings.isEmpty { found += 1 }
      if mistake.suggestsOriginal(findings) { suggested += 1 }
      let isRight = kind.isTypo ? mistake.suggestsOriginal(findings) : !findings.isEmpty
      if !isRight {
        let help = findings.first.map { "\($0.message); \($0.help ?? "")" } ?? "nothing"
        missed.append("\(planter.ground.field) \(mistake.words): \(help)")
      }
    }
    let suggestion = kind.isTypo ? ", \(suggested) with what was meant" : ""
    print("planted \(kind): \(found) of \(count) found\(suggestion)")
    for line in missed { print("  \(line)") }
    #expect(count == Self.wanted)
    #expect(Double(found) >= 0.95 * Double(count))
    if kind.isTypo { #expect(Double(suggested) >= 0.9 * Double(count)) }
  }
}
