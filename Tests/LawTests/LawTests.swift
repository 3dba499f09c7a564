import Engine
import Execution
import Foundation
import Testing

/// `REGRA_LAW_CASES` random cases of each kind of knowledge, from the seed `REGRA_LAW_SEED`.
let lawCaseCount = number("REGRA_LAW_CASES") ?? 100
let firstLawSeed = UInt64(number("REGRA_LAW_SEED") ?? 1)
/// `REGRA_WORKER_SEEDS` streams, each run with several numbers of workers.
let workerSeedCount = number("REGRA_WORKER_SEEDS") ?? 8

private func number(_ name: String) -> Int? {
  ProcessInfo.processInfo.environment[name].flatMap(Int.init)
}

/// Every action by itself, one event at a time.
private let reference = RunStyle(merge: .off, window: 1)

@Suite("The law of the whole program")
struct WholeProgramLawTests {
  @Test(
    "rules, events and a workspace: merged calls reach the state of one action at a time",
    arguments: StartingKnowledge.allCases)
  func law(_ knowledge: StartingKnowledge) async throws {
    let run = try CaseRun()
    defer { run.remove() }
    var sizes = CaseSizes()
    for seed in firstLawSeed..<firstLawSeed + UInt64(lawCaseCount) {
      var generator = CaseGenerator(seed: seed)
      let example = generator.draw(knowing: knowledge)
      let results: [CaseResult]
      do {
        results = try await run.results(of: example, styles(of: example))
      } catch {
        let small = await Shrinker().shrink(example) { candidate in
          (try? await run.results(of: candidate, styles(of: candidate))) == nil
        }
        Issue.record(
          "seed \(seed), \(knowledge): \(error)\n\(small.ruleTexts.joined())\n\(small.eventsText)")
        return
      }
      sizes.add(example, results)
      guard results.contains(where: { $0.state != results[0].state }) else { continue }
      let counterExample = try await counterExample(to: example, run)
      Issue.record("\(counterExample)")
      return
    }
    #expect(sizes.areWorthwhile, "\(sizes)")
  }

  /// The reference and the merged run, and once also unmerged calls that use each other's answers:
  /// those are told nothing beforehand.
  private func styles(of example: LawCase) -> [RunStyle] {
    var styles = [reference, RunStyle(merge: .window, window: example.window)]
    if example.knowledge == .none { styles.append(RunStyle(merge: .off, window: 1_000)) }
    return styles
  }

  private func counterExample(to example: LawCase, _ run: CaseRun) async throws -> CounterExample {
    let small = await Shrinker().shrink(example) { candidate in
      guard let results = try? await run.results(of: candidate, styles(of: candidate)) else {
        return false
      }
      return results.contains { $0.state != results[0].state }
    }
    let results = try await run.results(of: small, styles(of: small))
    let planned = results.first { $0.state != results[0].state } ?? results[1]
    let place = ProcessInfo.processInfo.environment["REGRA_LAW_OUTPUT"]
    return try await CounterExample(
      small, expected: results[0], planned: planned,
      in: place.map { URL(filePath: $0) } ?? FileManager.default.temporaryDirectory)
  }
}

/// How much the cases ask for: cases that ask for nothing obey every law.
private struct CaseSizes: CustomStringConvertible {
  private var cases = 0
  private var events = 0
  private var requests = 0
  private var savedRequests = 0
  private var setAside = 0

  mutating func add(_ example: LawCase, _ results: [CaseResult]) {
    cases += 1
    events += example.events.count
    requests += results[0].report.requestCount
    savedRequests += results[0].report.requestCount - results[1].report.requestCount
    setAside += results[0].report.setAside.count
  }

  var areWorthwhile: Bool {
    events > 3 * cases && requests > 5 * cases && savedRequests > cases && setAside > 0
  }

  var description: String {
    "\(cases) cases, \(events) events, \(requests) requests unmerged, \(savedRequests) saved, "
      + "\(setAside) set aside"
  }
}
