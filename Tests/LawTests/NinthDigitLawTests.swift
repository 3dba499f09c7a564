import Contacts
import Engine
import RandomNumbers
import Testing

/// Mobiles of which a workspace that verifies ninth digits has one spelling: `REGRA_LAW_CASES` random
/// cases of each kind, from the seed `REGRA_LAW_SEED`.
@Suite("The law of ninth digits")
struct NinthDigitLawTests {
  @Test(
    "a number in its other spelling gives the same calls, to the byte",
    arguments: [StartingKnowledge.fresh, .complete, .contacts, .stale])
  func known(_ knowledge: StartingKnowledge) async throws {
    let run = try CaseRun()
    defer { run.remove() }
    var sizes = Sizes()
    for seed in firstLawSeed..<firstLawSeed + UInt64(lawCaseCount) {
      let example = MobileCases(seed: seed, knowledge).example
      let other = example.respelled(by: seed)
      let calls = try await run.calls(of: example)
      sizes.add(example, other, calls)
      guard try await run.calls(of: other) != calls else { continue }
      let small = await Shrinker().shrink(example) { candidate in
        guard let calls = try? await run.calls(of: candidate),
          let others = try? await run.calls(of: candidate.respelled(by: seed))
        else { return false }
        return calls != others
      }
      Issue.record("seed \(seed), \(knowledge)\n\(try await difference(small, seed, run))")
      return
    }
    #expect(sizes.areWorthwhile, "\(sizes)")
  }

  @Test("of a number that nobody is known to have each spelling is a contact of its own")
  func unknown() async throws {
    let run = try CaseRun()
    defer { run.remove() }
    var callCount = 0
    for seed in firstLawSeed..<firstLawSeed + UInt64(lawCaseCount) {
      let example = MobileCases(seed: seed, .none).example
      var other = example
      for index in other.events.indices { other.events[index].key.respell() }
      let calls = String(decoding: try await run.calls(of: example), as: UTF8.self)
      let others = String(decoding: try await run.calls(of: other), as: UTF8.self)
      callCount += calls.utf8.count { $0 == UInt8(ascii: "\n") }
      #expect(calls.respelled == others.respelled, "seed \(seed)")
      guard calls.contains("whatsapp:") else { continue }
      #expect(calls != others, "seed \(seed)")
    }
    #expect(callCount > lawCaseCount)
  }

  private func difference(
    _ small: LawCase, _ seed: UInt64, _ run: CaseRun
  ) async throws -> String {
    let other = small.respelled(by: seed)
    let calls = String(decoding: try await run.calls(of: small), as: UTF8.self)
    let others = String(decoding: try await run.calls(of: other), as: UTF8.self)
    return small.ruleTexts.joined() + small.stateText + small.eventsText + calls + "\n"
      + other.eventsText + others
  }
}

/// How much the cases ask for.
private struct Sizes: CustomStringConvertible {
  private var cases = 0
  private var respelled = 0
  private var calls = 0

  mutating func add(_ example: LawCase, _ other: LawCase, _ lines: [UInt8]) {
    cases += 1
    respelled += zip(example.events, other.events).count { $0.key != $1.key }
    calls += lines.count { $0 == UInt8(ascii: "\n") }
  }

  var areWorthwhile: Bool { respelled > cases && calls > cases }

  var description: String { "\(cases) cases, \(respelled) numbers respelled, \(calls) calls" }
}

/// A case of the law whose events are mostly about numbers that contacts have.
private struct MobileCases {
  var example: LawCase
  private var random: SplitMix

  init(seed: UInt64, _ knowledge: StartingKnowledge) {
    var generator = CaseGenerator(seed: seed)
    example = generator.draw(knowing: knowledge, of: .weni)
    random = SplitMix(state: seed ^ 0x5555)
    example.writesPhones = random.chance(2)
    let movesURNs = random.chance(2)
    let numbers = example.contacts.flatMap(\.urns).filter { $0.hasPrefix("whatsapp:") }
    let names = example.contacts.flatMap { $0.urns + [$0.uuid] }
    for index in example.events.indices {
      // Of two events with one id the second is read if its text is another.
      example.events[index].id = "e\(index)"
      if !random.chance(4), !numbers.isEmpty {
        example.events[index].key = random.pick(numbers)
      } else if movesURNs, !names.isEmpty {
        example.events[index].key = random.pick(names)
      }
      let other = example.events[index].values["other"] ?? ""
      if other.hasPrefix("whatsapp:") { example.events[index].values["other"] = "ext:b" }
    }
    for file in example.files.indices {
      for rule in example.files[file].rules.indices {
        var actions = example.files[file].rules[rule].actions
        let place = actions.firstIndex { !$0.urns.isEmpty }
        actions = actions.filter { action in
          action.urns.isEmpty && action != .createContact([]) && action != .setURNs([])
        }
        .map { movesURNs && $0 == .deleteContact ? .block : $0 }
        if place != nil || actions.isEmpty {
          actions.append(movesURNs ? move() : .createContact([]))
        }
        example.files[file].rules[rule].actions = actions
      }
    }
    leaveDeletedAlone()
  }

  /// Other URNs move between contacts that are there: of others nobody could say who has them.
  ///
  /// Numbers are given to nobody and taken from nobody: who has which spelling would change.
  private mutating func move() -> LawCase.Action {
    random.pick([.addURN(.event("other")), .preferURN(.text("ext:c"))])
  }

  /// Who is deleted has no number any more: one that is made by it has the spelling of its event.
  private mutating func leaveDeletedAlone() {
    var deleted: Set<String> = []
    let example = example
    self.example.events.removeAll { event in
      let number = example.spelling(of: event.key)
      if deleted.contains(number) { return true }
      if example.actions(for: event).contains(where: { $0.action == .deleteContact }) {
        deleted.insert(number)
      }
      return false
    }
  }
}

extension LawCase {
  /// The same with some of the numbers by which its events name contacts in their other spelling.
  fileprivate func respelled(by seed: UInt64) -> LawCase {
    let known = Set(contacts.flatMap(\.urns).map { spelling(of: $0) })
    var other = self
    for index in other.events.indices where known.contains(spelling(of: other.events[index].key)) {
      // Each event draws for itself: those before it may be taken out.
      let place = UInt64(other.events[index].id.dropFirst()) ?? 0
      var random = SplitMix(state: seed &+ place &* 0x1000)
      if !random.chance(3) { other.events[index].key.respell() }
    }
    return other
  }
}

extension String {
  fileprivate mutating func respell() {
    self = APIProfile(.weni).otherSpelling(of: self) ?? self
  }

  /// With every number in its longer spelling.
  fileprivate var respelled: String {
    CaseGenerator.numbers.reduce(self) { text, number in
      text.replacing(APIProfile(.weni).otherSpelling(of: number) ?? number, with: number)
    }
  }
}
