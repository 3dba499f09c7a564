internal import Playground

/// Changes one thing in the rules at a time and sees whether a test notices.
package struct MutationRun: Sendable {
  package struct Report: Sendable {
    /// How many changes there are, and how many were tried before time was up.
    package var count = 0
    package var triedCount = 0
    /// Those that no test noticed, in the order of the rules.
    package var survivors: [Mutant] = []
  }

  private let session: TestSession
  private let mutants: [(runner: Int, mutant: Mutant)]
  private let results: [[TestSession.Result]]

  /// How many changes there are.
  package var count: Int { mutants.count }

  /// Only tests that pass are asked.
  package init(_ session: TestSession, results: [[TestSession.Result]]) {
    self.session = session
    self.results = results
    mutants = session.runners.enumerated().flatMap { number, runner in
      Mutant.all(of: runner).map { (number, $0) }
    }
  }

  /// Tries the changes until all are tried or `deadline` has come.
  ///
  /// - Parameters:
  ///   - workers: how many at a time.
  ///   - deadline: when to stop.
  ///   - progress: learns how many are tried.
  /// - Returns: which of them no test noticed.
  package func run(
    workers: Int, until deadline: ContinuousClock.Instant,
    progress: @escaping @Sendable (Int) -> Void
  ) async -> Report {
    let next = Counter()
    let done = Counter()
    var survived: [Int: Bool] = [:]
    await withTaskGroup(of: [(Int, Bool)].self) { group in
      for _ in 0..<max(1, workers) {
        group.addTask {
          var found: [(Int, Bool)] = []
          var index = next.take()
          while index < mutants.count, ContinuousClock.now < deadline {
            found.append((index, await survives(mutants[index].mutant, of: mutants[index].runner)))
            progress(done.take() + 1)
            index = next.take()
          }
          return found
        }
      }
      for await found in group {
        for (index, isAlive) in found { survived[index] = isAlive }
      }
    }
    return Report(
      count: mutants.count, triedCount: survived.count,
      survivors: mutants.indices.filter { survived[$0] == true }.map { mutants[$0].mutant })
  }

  /// Whether every test passes all the same.
  private func survives(_ mutant: Mutant, of number: Int) async -> Bool {
    let old = session.runners[number]
    let runner = TestRunner(
      mutant.ruleset, sources: old.traced.sources, profile: old.profile)
    var bench = TestBench(runner)
    for (index, job) in session.jobs.enumerated() where job.runner == number {
      for result in results[index] where result.isPassed && asks(result, mutant) {
        if await !session.passes(result.test, of: job, with: runner, on: &bench) { return false }
      }
    }
    return true
  }

  private func asks(_ result: TestSession.Result, _ mutant: Mutant) -> Bool {
    guard let rule = mutant.rule, !mutant.isAskedMore else { return true }
    return result.asked.contains(rule)
  }
}
