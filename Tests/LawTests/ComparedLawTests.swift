import CEL
import Contacts
import Execution
import Planning
import Playground
import Simulator
import Testing

@Suite("The law of comparisons")
struct ComparedLawTests {
  @Test(
    "what ends differently is what two runs end differently with, compared as JSON by brute force",
    arguments: [StartingKnowledge.none, .complete])
  func oracle(_ knowledge: StartingKnowledge) async throws {
    var differenceCount = 0
    var seen: Set<String> = []
    try await forEachCase(knowledge) { example, other, run in
      let comparison = try await run.comparison(of: example, other)
      let (old, new) = (try await run.ending(of: example), try await run.ending(of: other))
      let start = try await SnapshotFiles(for: example).listed
      let expected = BruteForce(start: start, old: old.contacts, new: new.contacts).lines
      let told = comparison.described(known: start)
      differenceCount += told.count
      seen.formUnion(told.map { String($0.prefix { $0 != " " }) })
      let counts = comparison.calls
      let parts = (CallParts(old.calls), CallParts(new.calls))
      let balance = [
        counts.same + counts.changed + counts.lost, counts.same + counts.changed + counts.gained,
      ]
      guard told == expected, balance == [parts.0.count, parts.1.count],
        example.window < 100 || counts.same == parts.0.shared(with: parts.1)
      else {
        return """
          told     \(told)
          expected \(expected)
          calls    \(counts), \(parts.0.count) and \(parts.1.count), of both \(parts.0.shared(with: parts.1))
          """
      }
      return nil
    }
    // Cases that are all alike would prove nothing.
    #expect(differenceCount > lawCaseCount)
    #expect(seen.isSuperset(of: ["changed", "made", "deleted"]), "\(seen)")
  }

  @Test(
    "rules compared with themselves are no different",
    arguments: [StartingKnowledge.none, .complete])
  func identity(_ knowledge: StartingKnowledge) async throws {
    var callCount = 0
    try await forEachCase(knowledge) { example, _, run in
      let comparison = try await run.comparison(of: example, example)
      callCount += comparison.calls.same
      return comparison.isNothing ? nil : "\(comparison.contacts) \(comparison.calls)"
    }
    #expect(callCount > lawCaseCount)
  }

  @Test(
    "rules compared the other way round are the mirror of it",
    arguments: [StartingKnowledge.none, .complete])
  func mirror(_ knowledge: StartingKnowledge) async throws {
    try await forEachCase(knowledge) { example, other, run in
      let there = try await run.comparison(of: example, other)
      let back = try await run.comparison(of: other, example)
      let mirrored = back.mirrored
      guard there.mirror != mirrored else { return nil }
      return "there \(there.mirror)\nback  \(mirrored)"
    }
  }

  /// Draws two rulesets for the same events and workspace; ends at the first one that is wrong.
  private func forEachCase(
    _ knowledge: StartingKnowledge,
    _ objection: (LawCase, LawCase, CaseRun) async throws -> String?
  ) async throws {
    let run = try CaseRun()
    defer { run.remove() }
    for seed in firstLawSeed..<firstLawSeed + UInt64(lawCaseCount) {
      var generator = CaseGenerator(seed: seed)
      var example = generator.draw(knowing: knowledge)
      // The API does not say of everybody who is archived.
      for place in example.contacts.indices where example.contacts[place].status == "archived" {
        example.contacts[place].status = "active"
      }
      var other = example
      var otherGenerator = CaseGenerator(seed: seed &+ 1_000_003)
      other.files = otherGenerator.draw(knowing: knowledge, of: example.dialect).files
      guard let words = try await objection(example, other, run) else { continue }
      Issue.record(
        """
        seed \(seed), \(knowledge)
        \(words)
        \(example.ruleTexts.joined(separator: "---\n"))
        ======
        \(other.ruleTexts.joined(separator: "---\n"))
        \(example.eventsText)
        """)
      return
    }
  }
}

extension CaseRun {
  fileprivate func comparison(of old: LawCase, _ new: LawCase) async throws -> Comparison {
    let files = try await SnapshotFiles(for: old)
    let scene = try RehearsalScene(
      contacts: files.contacts, inventory: files.inventory, dialect: old.dialect, now: CaseRun.now)
    var options = RehearsalOptions()
    options.isBlind = old.knowledge == .none
    options.windowLimit = old.window
    options.allowsURNMoves = true
    func traced(_ example: LawCase) throws -> TracedRules {
      let (ruleset, sources) = try rules(of: example)
      return TracedRules(ruleset, sources: sources, profile: APIProfile(example.dialect))
    }
    return await Comparison(
      RehearsalEvent.lines(of: Array(old.eventsText.utf8)), old: try traced(old),
      new: try traced(new), in: scene, options)
  }

  /// What the calls of a run lead to: the contacts as the API lists them in the end.
  fileprivate func ending(of example: LawCase) async throws -> (contacts: [Literal], calls: [Call])
  {
    var reader = CallReader()
    let calls = try reader.readAll(try await self.calls(of: example))
    // A rehearsal's server has the flaw that the real one has.
    let state = Array(example.stateText.replacing("\"block_flaw\": false,", with: "").utf8)
    let api = SimulatedAPI(
      try StateFile.read(state), clock: try StateFile.readClock(state) ?? .system)
    var executor = Executor(
      over: api, profile: APIProfile(example.dialect), headers: Self.headers,
      clock: WaitingClock(of: api), urnMoves: .allowed)
    _ = await executor.run(calls)
    return (try await SnapshotFiles.contacts(of: api), calls)
  }
}

/// Two lists of contacts as JSON, held against each other part by part.
private struct BruteForce {
  private(set) var lines: [String] = []

  init(start: [Literal], old: [Literal], new: [Literal]) {
    let known = Set(start.map(\.uuid))
    for contact in start {
      let uuid = contact.uuid
      let name = contact.urns.first ?? uuid
      compare(old.first { $0.uuid == uuid }, new.first { $0.uuid == uuid }, name, isKnown: true)
    }
    var made = (
      old: old.filter { !known.contains($0.uuid) }, new: new.filter { !known.contains($0.uuid) }
    )
    for urn in Set(made.old.flatMap(\.urns)).sorted() {
      guard let left = made.old.firstIndex(where: { $0.urns.contains(urn) }),
        let right = made.new.firstIndex(where: { $0.urns.contains(urn) })
      else { continue }
      compare(made.old.remove(at: left), made.new.remove(at: right), urn, isKnown: true)
    }
    for contact in made.old {
      let twin = made.new.firstIndex { $0.parts == contact.parts }
      if let twin { made.new.remove(at: twin) } else { compare(contact, nil, "", isKnown: false) }
    }
    for contact in made.new { compare(nil, contact, "", isKnown: false) }
    lines.sort()
  }

  private mutating func compare(
    _ old: Literal?, _ new: Literal?, _ name: String, isKnown: Bool
  ) {
    switch (old, new) {
    case (nil, nil): return
    case (let old?, nil):
      lines.append(isKnown ? "deleted new \(name)" : "made old \(old.parts.sorted())")
    case (nil, let new?):
      lines.append(isKnown ? "deleted old \(name)" : "made new \(new.parts.sorted())")
    case (let old?, let new?):
      let (before, after) = (old.parts, new.parts)
      guard before != after else { return }
      lines.append(
        "changed \(name) − \(before.subtracting(after).sorted()) + \(after.subtracting(before).sorted())"
      )
    }
  }
}

extension Literal {
  fileprivate var uuid: String { self["uuid"]?.text ?? "" }
  fileprivate var urns: [String] { self["urns"]?.texts ?? [] }

  /// Each part that it has in words; the first URN stands for their order.
  fileprivate var parts: Set<String> {
    var parts: Set<String> = []
    if let name = self["name"]?.text { parts.insert("name \(name)") }
    if let language = self["language"]?.text { parts.insert("language \(language)") }
    if let status = self["status"]?.text, status != "active" { parts.insert("status \(status)") }
    for word in ["blocked", "stopped"] where self["status"] == nil {
      if case .bool(true)? = self[word] { parts.insert("status \(word)") }
    }
    // A rehearsal's workspace knows no places, and who is in a smart group is the server's affair.
    for (key, value) in self["fields"]?.entries ?? [] where !["s", "d"].contains(key) {
      if let text = value.text { parts.insert("field \(key) \(text)") }
    }
    for group in self["groups"]?.items ?? [] where group["name"]?.text != "Smart" {
      parts.insert("group \(group["name"]?.text ?? "")")
    }
    for urn in urns { parts.insert("urn \(urn)") }
    return parts
  }
}

extension Comparison {
  /// The contacts in the words of the brute force, but for those that were not there and are deleted.
  fileprivate func described(known: [Literal]) -> [String] {
    let names = Set(known.map { $0.urns.first ?? $0.uuid })
    return contacts.compactMap { contact -> String? in
      let minus = contact.parts.compactMap { $0.difference.worded(\.old) }.sorted()
      let plus = contact.parts.compactMap { $0.difference.worded(\.new) }.sorted()
      switch contact.kind {
      case .deleted(let side):
        return names.contains(contact.name) ? "deleted \(side.rawValue) \(contact.name)" : nil
      case .made(let side): return "made \(side.rawValue) \(side == .old ? minus : plus)"
      case .changed:
        // The order of URNs is no part of the brute force.
        if minus.isEmpty, plus.isEmpty { return nil }
        return "changed \(contact.name) − \(minus) + \(plus)"
      }
    }
    .sorted()
  }

  /// What a mirror changes nothing of, in words.
  fileprivate var mirror: [String] { words(old: .old, new: .new) }
  fileprivate var mirrored: [String] { words(old: .new, new: .old) }

  private func words(old: Side, new: Side) -> [String] {
    func side(_ side: Side) -> String { side == old ? "old" : "new" }
    func calls(_ calls: CallDifference) -> String {
      let (lost, gained) =
        old == .old ? (calls.lost, calls.gained) : (calls.gained, calls.lost)
      return "\(calls.same) \(calls.changed) \(lost) \(gained)"
    }
    func origin(_ origin: Origin?) -> String { origin.map { "\($0.rule) \($0.event)" } ?? "-" }
    let contacts = contacts.map { contact -> String in
      let parts = contact.parts.map { part -> String in
        let values = [part.difference.old ?? "-", part.difference.new ?? "-"]
        let ordered = old == .old ? values : values.reversed()
        return "\(part.difference.subject) \(ordered) \(origin(part.origins[old])) "
          + origin(part.origins[new])
      }
      let kind =
        switch contact.kind {
        case .deleted(let by): "deleted \(side(by))"
        case .made(let by): "made \(side(by))"
        case .changed: "changed"
        }
      return "\(kind) \(contact.name) \(origin(contact.origins[old])) "
        + "\(origin(contact.origins[new])) \(parts.sorted())"
    }
    let rules = rules.map { rule -> String in
      let places = old == .old ? [rule.old, rule.new] : [rule.new, rule.old]
      return "\(rule.id) \(places.map { $0 ?? -1 }) \(calls(rule.calls))"
    }
    return contacts.sorted() + rules.sorted() + [
      calls(self.calls), "\(self[old].setAsideCount) \(self[new].setAsideCount)",
      "\(self[old].calls) \(self[new].calls) \(self[old].contactCount) \(self[new].contactCount)",
    ]
  }
}

extension ContactDifference {
  fileprivate func worded(_ side: (ContactDifference) -> String?) -> String? {
    guard let value = side(self) else { return nil }
    switch subject {
    case .name: return "name \(value)"
    case .language: return "language \(value)"
    case .status: return "status \(value)"
    case .field(let key): return ["s", "d"].contains(key) ? nil : "field \(key) \(value)"
    case .group: return value == "Smart" ? nil : "group \(value)"
    case .urn: return "urn \(value)"
    case .preferredURN: return nil
    }
  }
}

/// Printed calls, those in bulk once for each contact, by what they say.
private struct CallParts {
  private var counts: [String: Int] = [:]
  var count: Int { counts.values.reduce(0, +) }

  init(_ calls: [Call]) {
    for call in calls {
      let earlier = calls.filter { $0.batch == call.batch }
      func name(_ reference: Call.Reference) -> String {
        guard case .answer(let number) = reference,
          let source = earlier.first(where: { $0.number == number })
        else {
          if case .text(let text) = reference { return text }
          return "?"
        }
        if let query = source.query { return name(query.value) }
        if case .group(let group)? = source.body { return group }
        if case .contact(let body)? = source.body, case .list(let urns)? = body.urns {
          return urns.first ?? ""
        }
        return ""
      }
      let head =
        "\(call.method) \(call.path) \(call.query.map { "\($0.name) \(name($0.value))" } ?? "")"
      switch call.body {
      case .action(let action, let contacts, let group):
        for (index, contact) in contacts.enumerated() {
          let missing = call.missing.count > 1 ? [call.missing[index]] : call.missing
          add("\(head) \(action) \(name(contact)) \(group ?? "-") \(missing)")
        }
      case .contact(let body):
        var body = body
        if case .edit(_, let new, let first, let gone)? = body.urns {
          body.urns = .edit(answer: 0, add: new, first: first, remove: gone)
        }
        add("\(head) \(body) \(call.missing)")
      case .field, .group, nil: add("\(head) \(call.body.map { "\($0)" } ?? "") \(call.missing)")
      }
    }
  }

  private mutating func add(_ words: String) { counts[words, default: 0] += 1 }

  func shared(with other: CallParts) -> Int {
    counts.reduce(0) { $0 + min($1.value, other.counts[$1.key] ?? 0) }
  }
}
