import Engine
import Foundation
import Testing

@Suite("Shrinking")
struct ShrinkerTests {
  /// Whether merged calls ask for an action.
  private func asks(_ example: LawCase, for action: String, _ run: CaseRun) async -> Bool {
    let style = RunStyle(merge: .window, window: example.window)
    guard let result = try? await run.results(of: example, [style]).first else { return false }
    return String(decoding: result.calls, as: UTF8.self).contains("\"action\":\"\(action)\"")
  }

  @Test(
    "of a false law, that nobody is ever blocked or deleted, one event and one action are left",
    arguments: [("block", LawCase.Action.block), ("delete", .deleteContact)])
  func planted(_ word: String, _ action: LawCase.Action) async throws {
    let run = try CaseRun()
    defer { run.remove() }
    var seed: UInt64 = 1
    var generator = CaseGenerator(seed: seed)
    var example = generator.draw()
    while await !asks(example, for: word, run) {
      seed += 1
      generator = CaseGenerator(seed: seed)
      example = generator.draw()
    }
    let small = await Shrinker().shrink(example) { await asks($0, for: word, run) }
    #expect(small.events.count == 1)
    #expect(small.events.first?.values == [:])
    #expect(small.files.map { $0.rules.map(\.actions) } == [[[action]]])
    #expect(small.contacts == [])
    #expect(small.groups == [])
  }

  @Test("a counter-example is written as files that make the case again")
  func files() async throws {
    let run = try CaseRun()
    defer { run.remove() }
    var generator = CaseGenerator(seed: 7)
    let example = generator.draw()
    let results = try await run.results(
      of: example, [RunStyle(merge: .off, window: 1), RunStyle(merge: .window, window: 100)])
    let place = FileManager.default.temporaryDirectory
      .appending(path: "regra-counter-example-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    let written = try await CounterExample(
      example, expected: results[0], planned: results[1], in: place)
    func text(_ name: String) throws -> String {
      try String(contentsOf: written.folder.appending(path: name), encoding: .utf8)
    }
    #expect(try text("rules/0.yaml") == example.ruleTexts[0])
    #expect(try text("events.ndjson") == example.eventsText)
    #expect(try text("state.json") == example.stateText)
    #expect(try text("contacts.ndjson").split(separator: "\n").count == example.contacts.count)
    #expect(try text("inventory.json").hasPrefix(#"{"groups":[{"uuid":"#))
    #expect("\(written)".contains("regra run \(written.folder.path)/rules"))
  }
}
