import Contacts
import Planning
import Simulator
import Testing

@testable import Execution

@Suite("Bisection law")
struct BisectionLawTests {
  @Test(
    "k bad contacts of n, any of them, cost at most 2k⌈log₂n⌉+1 further calls",
    arguments: Dialect.allCases, 0..<40 as Range<UInt64>)
  func bound(_ dialect: Dialect, _ seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...100, using: &random)
    let badCount = Int.random(in: 0...min(count, 12), using: &random)
    let names = (0..<count).map { "ext:c\($0)" }
    let bad = Set(names.shuffled(using: &random).prefix(badCount))
    let contacts = names.map { #"{"urns":["\#($0)"]}"# }.joined(separator: ",")
    let rehearsal = try Rehearsal(
      dialect, #"{"groups":[{"name":"A"}],"contacts":[\#(contacts)]}"#)
    rehearsal.api.faults = try FaultPlan(
      bad.map { name in
        let fault = #"{"on":{"contact":"\#(name)"},"answer":400,"body":{"detail":"No."}}"#
        return try FaultFile.readFault(Array(fault.utf8))
      })
    let report = try await rehearsal.run([
      #"POST contact_actions "body":{"contacts":\#(names),"action":"add","group":"A"}"#
    ])
    rehearsal.api.faults = FaultPlan()
    #expect(Set(report.setAside.map(\.item)) == Set(bad.map { .contact($0) }), "seed \(seed)")
    let levels = Int.bitWidth - (count - 1).leadingZeroBitCount
    #expect(report.requestCount <= 1 + 2 * badCount * levels + 1, "seed \(seed)")
    for name in names {
      let groups = try await rehearsal.contact(name)?.groupNames
      #expect(groups == (bad.contains(name) ? [] : ["A"]), "seed \(seed), \(name)")
    }
  }
}
