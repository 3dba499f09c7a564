package import Playground
internal import Rulesets
private import Synchronization

/// Tests that run together, side by side, with the rules they are about.
package struct TestSession: Sendable {
  /// The chosen tests of one file, and the files they name.
  package struct Job: Sendable {
    package var file: TestFile
    /// Index in ``TestSession/runners``.
    package var runner: Int
    package var tests: [TestCase]
    /// By their paths as written.
    package var eventFiles: [String: EventFile]
    package var snapshots: [String: String]

    package init(
      _ file: TestFile, runner: Int, tests: [TestCase], eventFiles: [String: EventFile],
      snapshots: [String: String]
    ) {
      self.file = file
      self.runner = runner
      self.tests = tests
      self.eventFiles = eventFiles
      self.snapshots = snapshots
    }
  }

  /// The events of a file, and why some of its lines are none.
  package struct EventFile: Sendable {
    package var events: [[UInt8]]
    package var problems: [String]

    package init(events: [[UInt8]], problems: [String]) {
      self.events = events
      self.problems = problems
    }
  }

  package var runners: [TestRunner]
  package var jobs: [Job]
  /// What stands for values in snapshots.
  package var mask: @Sendable (Words.Piece) -> String

  package init(
    runners: [TestRunner], jobs: [Job], mask: @escaping @Sendable (Words.Piece) -> String
  ) {
    self.runners = runners
    self.jobs = jobs
    self.mask = mask
  }

  /// What became of a test.
  package struct Result: Sendable {
    package var test: TestCase
    package var mismatches: [Mismatch] = []
    /// The conditions of the rules that mismatches suspect.
    package var traces: [Mismatch.Suspect: RuleTrace] = [:]
    /// What the file of its snapshot should say.
    package var snapshot: String?
    package var duration: Duration = .zero
    /// Rules that an event of the test asks.
    package var asked: Set<Int> = []

    package var isPassed: Bool { mismatches.isEmpty }
  }

  package struct Report: Sendable {
    /// Of each job, in the order of its tests.
    package var results: [[Result]]
    /// Of each runner.
    package var coverage: [Coverage]
  }

  /// Runs all tests; `workers` of them at a time.
  package func run(workers: Int) async -> Report {
    let units = self.units
    let next = Counter()
    return await withTaskGroup(of: Share.self) { group in
      for _ in 0..<max(1, min(workers, units.count)) {
        group.addTask { await share(of: units, next) }
      }
      var results = jobs.map { [Result?](repeating: nil, count: $0.tests.count) }
      var coverage = runners.map { CoverageTable($0) }
      for await share in group {
        for (job, test, result) in share.results { results[job][test] = result }
        for (runner, table) in share.coverage { coverage[runner].add(table) }
      }
      return Report(
        results: results.map { $0.compactMap(\.self) },
        coverage: zip(runners, coverage).map { Coverage($1, of: $0) })
    }
  }

  /// Some tests of one job, which one worker runs one after the other.
  private struct Unit: Sendable {
    var job: Int
    var tests: Range<Int>
  }

  /// What one worker has done.
  private struct Share: Sendable {
    var results: [(job: Int, test: Int, result: Result)] = []
    var coverage: [Int: CoverageTable] = [:]
  }

  private static let unitSize = 16

  private var units: [Unit] {
    jobs.enumerated().flatMap { number, job in
      stride(from: 0, to: job.tests.count, by: Self.unitSize).map {
        Unit(job: number, tests: $0..<min($0 + Self.unitSize, job.tests.count))
      }
    }
  }

  private func share(of units: [Unit], _ next: Counter) async -> Share {
    var share = Share()
    var index = next.take()
    while index < units.count {
      let job = jobs[units[index].job]
      let runner = runners[job.runner]
      var bench = TestBench(runner)
      var table = share.coverage[job.runner] ?? CoverageTable(runner)
      while index < units.count, jobs[units[index].job].runner == job.runner {
        let unit = units[index]
        for test in unit.tests {
          let result = await result(
            of: jobs[unit.job].tests[test], jobs[unit.job], runner, &bench, &table)
          share.results.append((unit.job, test, result))
        }
        index = next.take()
      }
      share.coverage[job.runner] = table
    }
    return share
  }

  private func result(
    of test: TestCase, _ job: Job, _ runner: TestRunner, _ bench: inout TestBench,
    _ table: inout CoverageTable
  ) async -> Result {
    let start = ContinuousClock.now
    var result = Result(test: test)
    let record = await record(of: test, job, runner, &bench)
    for event in record.events {
      table.add(event, of: runner, tracing: &bench.events.tracer)
      result.asked.formUnion(event.outcomes.rules)
    }
    let verdict = judged(test, record, job, runner, &bench)
    result.mismatches = verdict.mismatches
    result.snapshot = verdict.snapshot
    for suspect in result.mismatches.flatMap(\.suspects) where result.traces[suspect] == nil {
      let event = record.events[suspect.event]
      result.traces[suspect] = bench.events.tracer.trace(
        of: suspect.rule, event.json, now: event.now, knowing: event.views[suspect.rule])
    }
    result.duration = start.duration(to: .now)
    return result
  }

  private func judged(
    _ test: TestCase, _ record: TestRecord, _ job: Job, _ runner: TestRunner,
    _ bench: inout TestBench
  ) -> (mismatches: [Mismatch], snapshot: String?) {
    let snapshot = test.expectation.snapshot.flatMap { job.snapshots[$0.text] }
    var judge = Judge(test, record, runner, snapshot: snapshot, mask: mask)
    judge.judge(tracing: &bench.events.tracer)
    return (judge.mismatches, judge.snapshotText)
  }

  /// Runs a test's events.
  private func record(
    of test: TestCase, _ job: Job, _ runner: TestRunner, _ bench: inout TestBench
  ) async -> TestRecord {
    switch test.events {
    case .list(let events): return await runner.record(of: test, events, on: &bench)
    case .file(let file):
      let list = job.eventFiles[file.text] ?? EventFile(events: [], problems: [])
      let events = list.events.map { GivenEvent(json: $0, after: 0, range: file.range) }
      var record = await runner.record(of: test, events, on: &bench)
      record.problems = list.problems + record.problems
      return record
    }
  }

  /// Whether a test passes with other rules than its own.
  func passes(
    _ test: TestCase, of job: Job, with runner: TestRunner, on bench: inout TestBench
  ) async -> Bool {
    let record = await record(of: test, job, runner, &bench)
    return judged(test, record, job, runner, &bench).mismatches.isEmpty
  }
}

/// Gives each number once, to many tasks.
final class Counter: Sendable {
  private let next = Atomic<Int>(0)

  func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
}
