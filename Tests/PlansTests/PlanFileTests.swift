import Contacts
import Planning
import Testing

@testable import Plans

@Suite("Plan files")
struct PlanFileTests {
  private static let plan = PlanFile(
    head: PlanFile.Head(
      made: "2026-03-02T12:00:00Z", dialect: .rapidpro,
      workspace: "0ac5e5b4-9a0b-4a0a-8f0e-3a0d0b0c0d0e", known: "2026-03-02T11:55:00Z",
      eventCount: 3, deletes: 1, creates: 2, changes: 4,
      guards: [
        GuardedCount(.deletes, 3, limit: 2), GuardedCount(.created, 2, limit: nil),
        GuardedCount(.changed, 4, limit: 5, share: .init(percent: 12.5, contactCount: 40)),
        GuardedCount(.changed, 4, limit: nil, share: .init(percent: 20, contactCount: nil)),
        GuardedCount(.group("VIP"), 1, limit: 1), GuardedCount(.never("Staff"), 1, limit: 0),
      ]),
    calls: Array("{\"batch\":1,\"call\":1}\n{\"batch\":1,\"call\":2}\n".utf8))

  @Test("a plan comes back from its file as it was")
  func roundTrip() throws {
    #expect(try PlanFile(Self.plan.bytes) == Self.plan)
    let empty = PlanFile(head: PlanFile.Head(made: "x", dialect: .weni), calls: [])
    #expect(try PlanFile(empty.bytes) == empty)
  }

  @Test("no byte can change, and none can be missing")
  func damage() {
    let bytes = Self.plan.bytes
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      #expect(throws: PlanFile.Failure.self) { try PlanFile(changed) }
      #expect(throws: PlanFile.Failure.self) { try PlanFile(Array(bytes[..<place])) }
    }
  }

  @Test(
    "a file says what is wrong with it",
    arguments: [
      ("", "this is no plan: `regra plan` makes one"),
      ("{\"batch\":1}\n", "this is no plan: `regra plan` makes one"),
      ("{\"plan\":2}\n", "the plan was made by another version of regra: plan again"),
      ("{\"plan\":1}\n", "the plan ends too early: it was not written as a whole"),
    ])
  func sentences(_ text: String, _ sentence: String) {
    #expect(throws: PlanFile.Failure(sentence: sentence)) { try PlanFile(Array(text.utf8)) }
  }
}
