import RuleTests
import Rulesets
import Streams

/// Writes the snapshots of tests.
enum SnapshotWriter {
  /// Writes those that differ, and takes the tests that only wanted them for passed.
  static func write(_ outcome: inout TestOutcome) throws {
    for (number, job) in outcome.session.jobs.enumerated() {
      for (place, result) in outcome.report.results[number].enumerated() {
        guard let name = result.test.expectation.snapshot, let text = result.snapshot else {
          continue
        }
        do throws(SinkFailure) {
          try WholeFile.write(
            Array(text.utf8), to: FilePlace.joined(job.file.path, name.text))
        } catch {
          guard case .failed(let failure) = error else { continue }
          throw CommandFailure(failure)
        }
        outcome.report.results[number][place].mismatches.removeAll {
          $0.range == name.range
        }
      }
    }
  }
}
