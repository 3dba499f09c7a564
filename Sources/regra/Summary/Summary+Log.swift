import Engine
import Logging
import Planning
import Streams

extension Summary {
  /// The same as events of a log: the counts as one, and each thing to know as one more.
  func tell(to log: RunLog) {
    let statistics = report.statistics
    log.event(
      .notice, "events ended",
      [
        "events": .number(statistics.eventCount), "matched": .number(statistics.matchedCount),
        "repeats": .number(statistics.repeats), "bad_lines": .number(report.problemCount),
        "without_contact": .number(statistics.withoutContact),
        "mutations": .number(statistics.mutationCount),
        "writes_set_aside": .number(statistics.setAsideCount),
        "calls": .number(report.calls.total), "batches": .number(report.batchCount),
        "seconds": .seconds(.nanoseconds(report.nanoseconds)),
      ])
    let lines = notices.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    for line in lines { log.event(.notice, "\(line)") }
  }
}
