import Diagnostics
import Testing

@testable import Streams

@Suite("Monitor") struct MonitorTests {
  @Test("threads take their turns in order")
  func turns() {
    let order = Monitor([Int]())
    for index in [3, 1, 0, 2] {
      _ = WorkerThread.start {
        order.update(when: { $0.count == index }) { $0.append(index) }
      }
    }
    #expect(order.update(when: { $0.count == 4 }) { $0 } == [0, 1, 2, 3])
  }
}

@Suite("Progress") struct ProgressTests {
  @Test(
    "the line shows share, rate and the time left of files, and counts of streams",
    arguments: [
      (
        25, 100, 1_500, 2_000_000_000,
        "█████░░░░░░░░░░░░░░░ 25 % · 1,500 events · 750/s · 0:06 left"
      ),
      (5, nil, 1_234_567, 1_000_000_000, "1,234,567 events · 1,234,567/s"),
      (1, 7_200, 1, 1_000_000_000, "░░░░░░░░░░░░░░░░░░░░ 0 % · 1 events · 1/s · 1:59:59 left"),
    ] as [(Int, Int?, Int, Int64, String)])
  func lines(read: Int, total: Int?, events: Int, nanoseconds: Int64, line: String) {
    #expect(
      ProgressBar.line(read: read, of: total, events: events, nanoseconds: nanoseconds) == line)
  }

  @Test(
    "thousands are grouped",
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")])
  func groups(number: Int, text: String) {
    #expect(grouped(number) == text)
  }
}

@Suite("Sinks") struct SinkTests {
  private let directory = TemporaryDirectory()

  @Test("a directory gets a file for each batch")
  func directorySink() throws {
    let path = directory.path + "/calls"
    let sink = try DirectorySink(directory: path)
    try sink.write(Array("a\n".utf8), batch: 1)
    try sink.write(Array("b\n".utf8), batch: 12)
    #expect(
      try FileTree.files(below: path) { _ in true }
        == ["batch-000001.ndjson", "batch-000012.ndjson"])
    #expect(try FileTree.contents(of: path + "/batch-000012.ndjson") == Array("b\n".utf8))
  }

  @Test("the batches of two runs do not mix")
  func secondRun() throws {
    let sink = try DirectorySink(directory: directory.path)
    try sink.write(Array("a\n".utf8), batch: 1)
    #expect(throws: FileFailure.self) { try DirectorySink(directory: directory.path) }
  }
}

@Suite("Rule files") struct RuleFilesTests {
  private let directory = TemporaryDirectory()

  @Test("a directory stands for its rule files in the order of their paths' bytes")
  func order() throws {
    for name in ["b.yml", "a/z.yaml", "a.yaml", "a.test.yaml", "readme.md", "B.yaml"] {
      directory.write(name, Array(name.utf8))
    }
    let paths = try RuleFiles.read([directory.path]).map {
      String($0.path.dropFirst(directory.path.count + 1))
    }
    #expect(paths == ["B.yaml", "a.yaml", "a/z.yaml", "b.yml"])
  }

  @Test("a directory without rules and a missing file are refused by name")
  func refusals() {
    let path = directory.path
    #expect(
      throws: FileFailure(path: path, cause: "no rule files (*.yaml, *.yml) in this directory")
    ) { try RuleFiles.read([path]) }
    #expect(throws: FileFailure(path: "\(path)/x.yaml", cause: "No such file or directory")) {
      try RuleFiles.read(["\(path)/x.yaml"])
    }
  }
}
