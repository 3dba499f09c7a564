import Contacts
import Engine
import Testing

@testable import Planning

@Suite("Bulk calls and their order")
struct BulkCallTests {
  @Test("contacts of one group share calls of a hundred, in the order of events")
  func hundreds() {
    var draft = DraftBatch()
    for number in 0..<250 {
      draft.part(
        "tel:+\(number)", missing: .skip, event: number,
        [.add("A")] + (number == 120 ? [.add("B")] : []))
    }
    let calls = summaries(draft)
    #expect(calls.count == 4)
    #expect(
      calls.map { $0.suffix(14) } == Array(repeating: "A missing skip", count: 2) + [
        "B missing skip", "A missing skip",
      ])
    #expect(calls[0].contains("[tel:+0, "))
    #expect(calls[1].contains("[tel:+100, "))
    #expect(calls[2].contains("[tel:+120] B"))
    #expect(calls[3].contains("[tel:+200, "))
  }

  @Test("groups of one first contact stand in the order of their numbers")
  func groupOrder() {
    var draft = DraftBatch()
    draft.part("tel:+1", missing: .skip, event: 0, [.remove("A"), .add("B")])
    draft.part("tel:+2", missing: .skip, event: 1, [.add("B"), .add("A")])
    #expect(
      summaries(draft) == [
        "POST contact_actions remove [tel:+1] A missing skip",
        "POST contact_actions add [tel:+1, tel:+2] B missing skip",
        "POST contact_actions add [tel:+2] A missing skip",
      ])
  }

  @Test("contacts of one call may differ in what their absence means")
  func mixedPolicies() {
    var draft = DraftBatch()
    draft.part("tel:+1", missing: .skip, event: 0, [.add("A")])
    draft.part("tel:+2", missing: .create, event: 1, [.add("A")])
    draft.part("tel:+3", missing: .fail, event: 2, [.add("A"), .remove("B")])
    draft.part("tel:+4", missing: .create, event: 3, [.remove("B")])
    #expect(
      summaries(draft) == [
        "POST contact_actions remove [tel:+3, tel:+4] B missing fail,skip",
        "POST contact_actions add [tel:+1, tel:+2, tel:+3] A missing skip,create,fail",
      ])
  }

  @Test("every call of a round comes before those of the next, phases in order within it")
  func rounds() {
    var draft = DraftBatch()
    draft.part("tel:+1", event: 0, [.plain(.deleteContact)])
    draft.part("tel:+2", event: 1, [.name("B"), .plain(.blockContact)])
    draft.part("tel:+1", round: 1, event: 2, contact: "again", [.name("A")])
    draft.part("tel:+3", event: 3, [.name("C"), .remove("G"), .plain(.unblockContact)])
    #expect(
      summaries(draft) == [
        "POST contact_actions unblock [tel:+3] missing skip",
        "POST contacts urn=tel:+2 {name: B}", "POST contacts urn=tel:+3 {name: C}",
        "POST contact_actions remove [tel:+3] G",
        "POST contact_actions block [tel:+2]",
        "POST contact_actions delete [tel:+1] missing skip",
        "POST contacts urn=tel:+1 {name: A}",
      ])
  }

  @Test("new groups and fields come first, and the first call that uses one waits")
  func creations() {
    var draft = DraftBatch()
    draft.workspace(.createGroup, "VIP ")
    draft.workspace(.createField, "Last Order", "number")
    draft.workspace(.createGroup, "vip")
    draft.part("tel:+1", [.field("last_order", "1"), .add("Vip")])
    draft.part("tel:+2", [.field("last_order", "1")])
    #expect(
      summaries(draft)
        == [
          "POST groups {name: VIP }", "POST fields {Last Order: numeric}",
          "POST contacts urn=tel:+1 {last_order: 1} after 2 wait 6",
          "POST contacts urn=tel:+2 {last_order: 1}",
          "POST contact_actions add [tel:+1] Vip after 1 wait 6",
        ])
  }

  @Test("groups are renamed and deleted last, by the uuid their name is looked up for")
  func workspaceChanges() {
    let uuid = "0dbe2c5f-1a2b-4c3d-8e9f-000000000001"
    var draft = DraftBatch()
    draft.workspace(.renameGroup, "Leads", "Prospects")
    draft.workspace(.deleteGroup, uuid)
    draft.part("tel:+1", missing: .skip, [.add("Leads")])
    #expect(
      summaries(draft) == [
        "POST contact_actions add [tel:+1] Leads missing skip",
        "GET groups name=Leads", "POST groups uuid=#2 {name: Prospects} after 2",
        "DELETE groups uuid=\(uuid)",
      ])
  }

  @Test("without merging each action resolves its contact, once while nothing disturbs it")
  func mergeOff() {
    var draft = DraftBatch()
    draft.part("tel:+1", missing: .skip, round: 0, event: 0, [.add("A")])
    draft.part("tel:+1", missing: .skip, round: 1, event: 1, [.name("M")])
    draft.part("tel:+1", missing: .create, round: 2, event: 2, [.add("B")])
    draft.part("tel:+1", missing: .create, round: 3, event: 3, [.addURN("tel:+2")])
    draft.part("tel:+1", missing: .create, round: 4, event: 4, [.plain(.deleteContact)])
    draft.part("tel:+1", missing: .create, round: 5, event: 5, [.name("N")])
    #expect(
      summaries(draft, mode: .off) == [
        "GET contacts urn=tel:+1 missing skip",
        "POST contact_actions add [#1] A after 1 missing skip",
        "POST contacts uuid=#1 {name: M} after 1 missing skip",
        "POST contacts urn=tel:+1 {}", "POST contact_actions add [#4] B after 4",
        "POST contacts uuid=#4 {urns of #4: add tel:+2} after 4",
        "GET contacts urn=tel:+1 missing skip", "DELETE contacts uuid=#7 after 7 missing skip",
        "POST contacts urn=tel:+1 {name: N}",
      ])
  }
}
