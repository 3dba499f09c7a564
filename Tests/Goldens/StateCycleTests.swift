import Foundation
import Testing

@Suite("Plans, one after the other")
struct StateCycleTests {
  private func scene(_ events: [String]) throws -> PlanScene {
    let people = (1...3).map { #"{"urns": ["ext:\#($0)"]}"# }.joined(separator: ",")
    let scene = try PlanScene(
      events: events,
      workspace: #"{"groups": [{"name": "VIP"}], "contacts": [\#(people)]}"#)
    #expect(try scene.pull().status == 0)
    return scene
  }

  private let first = [
    #"{"type": "named", "person": 1, "name": "Ana"}"#, #"{"type": "joined", "person": 2}"#,
    #"{"type": "named", "person": 9, "name": "New"}"#, #"{"type": "erased", "person": 3}"#,
  ]

  @Test("the next plan begins with what the last one was answered, and nobody counts as changed")
  func cycle() throws {
    let scene = try scene(first)
    #expect(try scene.plan().status == 0)
    #expect(try scene.apply().status == 0)
    let again = try scene.plan()
    // Whom the last plan deleted, the events would delete again: nobody knows that contact any more.
    #expect(again.output.contains("3 writes would change nothing"))
    let more = [
      #"{"type": "named", "person": 1, "name": "Bia"}"#,
      #"{"type": "named", "person": 2, "name": "Caio"}"#,
      #"{"type": "named", "person": 9, "name": "Newer"}"#,
    ]
    _ = try scene.scratch.write(more.joined(separator: "\n"), to: "events.ndjson")
    #expect(try scene.plan("--reveal").output.contains(#""Ana" → "Bia""#))
    let masked = try scene.plan().output
    #expect(masked.contains(#"→ "p:"#) && !masked.contains("Bia"))
    let apply = try scene.apply()
    #expect(apply.status == 0, "\(apply.errors)")
    #expect(apply.errors.contains("3 of 3 calls done"))
    #expect(try scene.get("contacts.json?urn=ext:2").contains(#""name":"Caio""#))
  }

  @Test("who changed behind the last answer is left out all the same")
  func changedSince() throws {
    let scene = try scene(first)
    #expect(try scene.plan().status == 0)
    #expect(try scene.apply().status == 0)
    let more = [1, 2].map { #"{"type": "named", "person": \#($0), "name": "Bia"}"# }
    _ = try scene.scratch.write(more.joined(separator: "\n"), to: "events.ndjson")
    #expect(try scene.plan("--out second.plan").status == 0)
    try scene.post("contacts.json?urn=ext:2", #"{"name": "theirs"}"#)
    let apply = try scene.shell("regra apply second.plan --url \(scene.simulator.address)")
    #expect(apply.status == 5)
    #expect(apply.errors.contains("1 changed contact left out"))
    #expect(try scene.get("contacts.json?urn=ext:1").contains(#""name":"Bia""#))
    #expect(try scene.get("contacts.json?urn=ext:2").contains(#""name":"theirs""#))
  }

  @Test("a plan that was carried elsewhere is applied without the directory, which is said")
  func moved() throws {
    let scene = try scene(first)
    #expect(try scene.plan().status == 0)
    _ = try scene.shell("mv .regra elsewhere")
    let apply = try scene.apply()
    #expect(apply.status == 0)
    #expect(apply.errors.contains(".regra is not there any more; `regra pull` makes it again"))
  }
}
