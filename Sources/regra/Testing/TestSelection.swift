import RuleTests

/// Which tests of a run are wanted.
struct TestSelection {
  private let pattern: [String]?
  /// Tests that failed before; absent where that does not matter.
  private let failed: Set<FailedTests.Name>?

  init(pattern: String?, failed: Set<FailedTests.Name>?) {
    self.pattern = pattern.map {
      $0.lowercased().split(separator: "*", omittingEmptySubsequences: true).map(String.init)
    }
    self.failed = failed
  }

  func chosen(of job: TestSession.Job) -> TestSession.Job {
    var job = job
    job.tests = job.tests.filter { test in
      isWanted("\(job.file.path) \(test.title)")
        && failed?.contains(FailedTests.Name(file: job.file.path, test: test.title)) ?? true
    }
    return job
  }

  /// Whether the pieces between `*` stand in a text, in their order.
  private func isWanted(_ text: String) -> Bool {
    guard let pattern else { return true }
    var rest = text.lowercased()[...]
    for piece in pattern {
      guard let range = rest.firstRange(of: piece) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
