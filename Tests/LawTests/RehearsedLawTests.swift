import Contacts
import Playground
import Simulator
import Testing

@Suite("The law of rehearsals")
struct RehearsedLawTests {
  @Test(
    "a rehearsal plans the calls of a run, and event by event comes to the same contacts",
    arguments: [StartingKnowledge.none, .complete])
  func law(_ knowledge: StartingKnowledge) async throws {
    let run = try CaseRun()
    defer { run.remove() }
    var changeCount = 0
    for seed in firstLawSeed..<firstLawSeed + UInt64(lawCaseCount) {
      var generator = CaseGenerator(seed: seed)
      let example = generator.draw(knowing: knowledge)
      let rehearsal = try await rehearsal(of: example, run)
      let lines = rehearsal.windows.flatMap(\.lines)
      let stepwise = rehearsal.lastStepwise
      changeCount += rehearsal.steps.reduce(0) { $0 + $1.changes.count }
      let calls = try await run.calls(of: example)
      guard lines != calls || stepwise != rehearsal.after.described(before: rehearsal.before)
      else { continue }
      Issue.record(
        """
        seed \(seed), \(knowledge)
        \(String(decoding: lines, as: UTF8.self))
        run: \(String(decoding: calls, as: UTF8.self))
        step by step \(stepwise)
        in windows   \(rehearsal.after.described(before: rehearsal.before))
        \(example.ruleTexts.joined(separator: "---\n"))
        \(example.eventsText)
        """)
      return
    }
    #expect(changeCount > lawCaseCount)
  }

  private func rehearsal(of example: LawCase, _ run: CaseRun) async throws -> Rehearsal {
    let (ruleset, sources) = try run.rules(of: example)
    let files = try await SnapshotFiles(for: example)
    let scene = try RehearsalScene(
      contacts: files.contacts, inventory: files.inventory, dialect: example.dialect,
      now: CaseRun.now)
    var options = RehearsalOptions()
    options.isBlind = example.knowledge == .none
    options.windowLimit = example.window
    options.allowsURNMoves = true
    return await Rehearsal(
      RehearsalEvent.lines(of: Array(example.eventsText.utf8)),
      with: TracedRules(ruleset, sources: sources, profile: APIProfile(example.dialect)),
      in: scene, options)
  }
}

extension Rehearsal {
  /// Who is there once every event's changes are made.
  fileprivate var lastStepwise: [String] {
    var known = Dictionary(uniqueKeysWithValues: before.map { ($0.uuid, $0) })
    for change in steps.flatMap(\.changes) { known[change.uuid] = change.after }
    return Array(known.values).described(before: before)
  }
}

extension [ContactRecord] {
  /// Contacts in words; those that were not there before have no uuid of which anybody knows.
  fileprivate func described(before: [ContactRecord]) -> [String] {
    let old = Set(before.map(\.uuid))
    return map { record in
      let fields = record.fields.map { "\($0.key)=\($0.value)" }.sorted()
      return
        "\(old.contains(record.uuid) ? record.uuid : "new") \(record.status) \(record.name ?? "-") "
        + "\(record.language ?? "-") \(record.urns) \(record.groups.sorted()) \(fields)"
    }.sorted()
  }
}
