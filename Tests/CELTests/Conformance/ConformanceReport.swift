/// Passed and failed cases by suite, printed with the id of every failure.
struct ConformanceReport: CustomStringConvertible {
  private(set) var count = 0
  private(set) var failureCount = 0
  private var lines: [String] = []

  var description: String {
    (lines + ["total: \(count - failureCount) passed, \(failureCount) failed"])
      .joined(separator: "\n")
  }

  /// Judges the cases of a suite; one that cannot be read fails.
  mutating func add(
    suite: String, _ cases: [[String: Any]], judge: (ConformanceCase) -> String?
  ) {
    var failures: [String] = []
    for json in cases {
      let id = json["id"] as? String ?? "a case without id"
      if let test = ConformanceCase(json) {
        if let failure = judge(test) { failures.append("  \(id): \(failure)") }
      } else {
        failures.append("  \(id): cannot be read")
      }
    }
    count += cases.count
    failureCount += failures.count
    lines.append("\(suite): \(cases.count - failures.count) passed, \(failures.count) failed")
    lines += failures
  }
}
